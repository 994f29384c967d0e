import { parseWithZod } from "@conform-to/zod/v4";
import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";

import { answerInvalid, answerStep } from "~/features/sign-in/answer-step.server";
import { CodeForm, ResendForm } from "~/features/sign-in/code-form";
import { CodeSchema } from "~/features/sign-in/forms.server";
import { readPending } from "~/features/sign-in/pending.server";
import { redirectToOf } from "~/features/sign-in/redirect-to";
import { SignInPage } from "~/features/sign-in/sign-in-page";
import { verifySignIn } from "~/features/sign-in/sign-in.server";
import { takeStep } from "~/features/sign-in/take-step.server";
import { pageTitle } from "~/lib/page-title";
import { sessionsPath, signInPath, signInResendPath, signInVerifyPath } from "~/lib/paths";
import type { RouteHandle } from "~/lib/route-handle";

export const handle: RouteHandle = { withoutScripts: true };

export const meta: MetaFunction = () => [{ title: pageTitle("Confirm it is you") }];

export async function loader({ request }: LoaderFunctionArgs) {
  const redirectTo = redirectToOf(request, "");
  const pending = await readPending(request, "sign-in");
  if (!pending) throw redirect(signInPath(redirectTo));
  return { email: pending.email, isMailed: pending.strategy === "email_code", redirectTo };
}

export async function action(args: ActionFunctionArgs) {
  const pending = await readPending(args.request, "sign-in");
  if (!pending) return redirect(signInPath(redirectToOf(args.request, "")));

  const submission = parseWithZod(await args.request.formData(), { schema: CodeSchema });
  if (submission.status !== "success") return answerInvalid(submission);

  const { code } = submission.value;
  const taken = await takeStep(args, {
    limit: "code",
    email: pending.email,
    run: (clerk) => verifySignIn(clerk, pending, code),
  });
  return answerStep(taken, submission, {
    codePath: signInVerifyPath(redirectToOf(args.request, "")),
    donePath: redirectToOf(args.request, sessionsPath()),
  });
}

export default function VerifySignInRoute() {
  const { email, isMailed, redirectTo } = useLoaderData<typeof loader>();
  return (
    <SignInPage
      title="Confirm it is you"
      lead={
        isMailed ? <MailedTo email={email} /> : "Enter the code that your authenticator app shows."
      }
      footer={
        <>
          {isMailed ? <ResendForm action={signInResendPath(redirectTo)} /> : null}
          <p>
            <Link className="text-link" to={signInPath(redirectTo)}>
              Start again
            </Link>
          </p>
        </>
      }
    >
      <CodeForm
        lastResult={useActionData<typeof action>()}
        hint={isMailed ? "Six digits. It can take a minute to arrive." : "Six digits."}
        submitLabel="Sign in"
      />
    </SignInPage>
  );
}

/** Who comes from Google is asked because they want it so; only Clerk knows their address. */
function MailedTo({ email }: { email: string | null }) {
  if (email === null) return "We sent a code to your e-mail.";
  return (
    <>
      You have not signed in on this device before, so we sent a code to{" "}
      <strong className="break-words text-foreground">{email}</strong>.
    </>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
