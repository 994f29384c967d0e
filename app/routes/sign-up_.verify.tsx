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
import { verifySignUp } from "~/features/sign-in/sign-up.server";
import { takeStep } from "~/features/sign-in/take-step.server";
import { pageTitle } from "~/lib/page-title";
import { signUpPath, signUpResendPath, signUpVerifyPath, welcomePath } from "~/lib/paths";
import type { RouteHandle } from "~/lib/route-handle";

export const handle: RouteHandle = { withoutScripts: true };

export const meta: MetaFunction = () => [{ title: pageTitle("Confirm your e-mail") }];

export async function loader({ request }: LoaderFunctionArgs) {
  const redirectTo = redirectToOf(request, "");
  const pending = await readPending(request, "sign-up");
  if (!pending) throw redirect(signUpPath(redirectTo));
  return { email: pending.email, redirectTo };
}

export async function action(args: ActionFunctionArgs) {
  const redirectTo = redirectToOf(args.request, "");
  const pending = await readPending(args.request, "sign-up");
  if (!pending) return redirect(signUpPath(redirectTo));

  const submission = parseWithZod(await args.request.formData(), { schema: CodeSchema });
  if (submission.status !== "success") return answerInvalid(submission);

  const { code } = submission.value;
  const taken = await takeStep(args, {
    limit: "code",
    email: pending.email,
    run: (clerk) => verifySignUp(clerk, pending, code),
  });
  return answerStep(taken, submission, {
    codePath: signUpVerifyPath(redirectTo),
    donePath: welcomePath(redirectTo),
  });
}

export default function VerifySignUpRoute() {
  const { email, redirectTo } = useLoaderData<typeof loader>();
  return (
    <SignInPage
      title="Confirm your e-mail"
      lead={
        <>
          We sent a code to <strong className="break-words text-foreground">{email}</strong>.
        </>
      }
      footer={
        <>
          <ResendForm action={signUpResendPath(redirectTo)} />
          <p>
            Wrong address?{" "}
            <Link className="text-link" to={signUpPath(redirectTo)}>
              Start again
            </Link>
          </p>
        </>
      }
    >
      <CodeForm
        lastResult={useActionData<typeof action>()}
        hint="Six digits. It can take a minute to arrive; look in your spam folder too."
        submitLabel="Confirm and continue"
      />
    </SignInPage>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
