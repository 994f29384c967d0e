import { redirect, type ActionFunctionArgs } from "@remix-run/node";

import { safeRedirectTo } from "~/features/sign-in/redirect-to";
import { homePath } from "~/lib/paths";
import { serializeTheme, toTheme } from "~/lib/theme.server";

export async function action({ request }: ActionFunctionArgs) {
  const form = await request.formData();
  const headers = { "Set-Cookie": await serializeTheme(toTheme(form.get("theme"))) };
  return redirect(safeRedirectTo(form.get("redirect_to")), { status: 303, headers });
}

// Somebody who opens the address itself.
export function loader() {
  return redirect(homePath());
}
