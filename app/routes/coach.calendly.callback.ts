import type { LoaderFunctionArgs } from "@remix-run/node";

import { forgetAttempt, readAccount, readAttempt } from "~/features/calendly/oauth.server";
import { requireSignedIn } from "~/lib/auth.server";
import type { Flash } from "~/lib/flash";
import { redirectWithFlash } from "~/lib/flash.server";
import { coachCalendlyPath } from "~/lib/paths";
import { connectCalendly } from "~/lib/service-db.server";

const DENIED: Flash = {
  kind: "info",
  title: "Nothing was connected.",
  description: "You did not allow it at Calendly.",
};
const STALE: Flash = {
  kind: "error",
  title: "That took too long, or began in another browser.",
  description: "Please connect once more.",
};

/** Where Calendly sends the browser back to. A GET that changes something: `state` guards it. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = await requireSignedIn(args);
  const attempt = await readAttempt(args.request, viewer.profile.id);
  const query = new URL(args.request.url).searchParams;
  const code = query.get("code");

  const flash =
    attempt && code
      ? await connect(viewer.profile.id, code, attempt.verifier)
      : attempt && query.has("error")
        ? DENIED
        : STALE;
  return redirectWithFlash(coachCalendlyPath(), flash, {
    headers: { "Set-Cookie": await forgetAttempt() },
  });
}

async function connect(profileId: string, code: string, verifier: string): Promise<Flash> {
  const account = await readAccount(code, verifier);
  if (!account) return STALE;

  const connected = await connectCalendly(profileId, account);
  return connected.ok
    ? { kind: "success", title: "Your Calendly account is connected." }
    : { kind: "error", title: connected.error.message };
}
