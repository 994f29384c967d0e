import { getFormProps, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";

import { Field } from "~/components/field";
import { FormErrors } from "~/components/form-errors";
import { SubmitButton } from "~/components/submit-button";
import { passSignedIn } from "~/features/sign-in/already-signed-in.server";
import { answerInvalid, answerStep } from "~/features/sign-in/answer-step.server";
import { SignInSchema } from "~/features/sign-in/forms.server";
import { GoogleButton } from "~/features/sign-in/google-button";
import { redirectToOf } from "~/features/sign-in/redirect-to";
import { SignInPage } from "~/features/sign-in/sign-in-page";
import { startSignIn } from "~/features/sign-in/sign-in.server";
import { takeStep } from "~/features/sign-in/take-step.server";
import { TermsNotice } from "~/features/sign-in/terms-notice";
import { pageTitle } from "~/lib/page-title";
import { forgotPasswordPath, sessionsPath, signInVerifyPath, signUpPath } from "~/lib/paths";
import type { RouteHandle } from "~/lib/route-handle";

export const handle: RouteHandle = { withoutScripts: true };

export const meta: MetaFunction = () => [{ title: pageTitle("Sign in") }];

export async function loader(args: LoaderFunctionArgs) {
  await passSignedIn(args, sessionsPath());
  return { redirectTo: redirectToOf(args.request, "") };
}

export async function action(args: ActionFunctionArgs) {
  const submission = parseWithZod(await args.request.formData(), { schema: SignInSchema });
  if (submission.status !== "success") return answerInvalid(submission);

  const credentials = submission.value;
  const taken = await takeStep(args, {
    limit: "sign_in",
    email: credentials.email,
    run: (clerk) => startSignIn(clerk, credentials),
  });
  return answerStep(taken, submission, {
    codePath: signInVerifyPath(redirectToOf(args.request, "")),
    donePath: redirectToOf(args.request, sessionsPath()),
  });
}

export default function SignInRoute() {
  const { redirectTo } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<{ email: string; password: string }>({
    lastResult: useActionData<typeof action>(),
    constraint: { email: { required: true }, password: { required: true } },
    defaultNoValidate: false,
  });

  return (
    <SignInPage
      title="Sign in"
      footer={
        <>
          <p>
            <Link className="text-link" to={forgotPasswordPath(redirectTo)}>
              Forgot your password?
            </Link>
          </p>
          <p>
            No account yet?{" "}
            <Link className="text-link" to={signUpPath(redirectTo)}>
              Create one
            </Link>
          </p>
        </>
      }
    >
      <GoogleButton redirectTo={redirectTo} />
      <Form method="post" {...getFormProps(form)} className="space-y-6">
        <FormErrors id={form.errorId} errors={form.errors} />
        <Field field={fields.email} label="E-mail" type="email" autoComplete="username" />
        <Field
          field={fields.password}
          label="Password"
          type="password"
          autoComplete="current-password"
        />
        <SubmitButton size="lg" className="w-full" pendingLabel="Signing in…">
          Sign in
        </SubmitButton>
        <TermsNotice act="If you are new here, by continuing with Google" />
      </Form>
    </SignInPage>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
