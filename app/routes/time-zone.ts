import { redirect, type ActionFunctionArgs } from "@remix-run/node";

import { safeRedirectTo } from "~/features/sign-in/redirect-to";
import { homePath } from "~/lib/paths";
import { serializeTimeZone } from "~/lib/time-zone.server";

export async function action({ request }: ActionFunctionArgs) {
  const form = await request.formData();
  const headers = { "Set-Cookie": serializeTimeZone(form.get("time_zone")) };
  return redirect(safeRedirectTo(form.get("redirect_to")), { status: 303, headers });
}

// Somebody who opens the address itself.
export function loader() {
  return redirect(homePath());
}
