import { getFormProps, getInputProps, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";

import { Field } from "~/components/field";
import { FormErrors } from "~/components/form-errors";
import { SubmitButton } from "~/components/submit-button";
import { passSignedIn } from "~/features/sign-in/already-signed-in.server";
import { answerInvalid, answerStep } from "~/features/sign-in/answer-step.server";
import { SignUpSchema } from "~/features/sign-in/forms.server";
import { GoogleButton } from "~/features/sign-in/google-button";
import { redirectToOf } from "~/features/sign-in/redirect-to";
import { SignInPage } from "~/features/sign-in/sign-in-page";
import { startSignUp } from "~/features/sign-in/sign-up.server";
import { takeStep } from "~/features/sign-in/take-step.server";
import { TermsNotice } from "~/features/sign-in/terms-notice";
import { pageTitle } from "~/lib/page-title";
import { signInPath, signUpVerifyPath, welcomePath } from "~/lib/paths";
import type { RouteHandle } from "~/lib/route-handle";

export const handle: RouteHandle = { withoutScripts: true };

export const meta: MetaFunction = () => [{ title: pageTitle("Create your account") }];

export async function loader(args: LoaderFunctionArgs) {
  await passSignedIn(args, welcomePath());
  return { redirectTo: redirectToOf(args.request, "") };
}

export async function action(args: ActionFunctionArgs) {
  const submission = parseWithZod(await args.request.formData(), { schema: SignUpSchema });
  if (submission.status !== "success") return answerInvalid(submission);

  const { email, password } = submission.value;
  const taken = await takeStep(args, {
    limit: "sign_up",
    email,
    run: (clerk) => startSignUp(clerk, { email, password }),
  });
  const redirectTo = redirectToOf(args.request, "");
  return answerStep(taken, submission, {
    codePath: signUpVerifyPath(redirectTo),
    donePath: welcomePath(redirectTo),
  });
}

export default function SignUpRoute() {
  const { redirectTo } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<{ email: string; password: string; nickname?: string }>({
    lastResult: useActionData<typeof action>(),
    constraint: { email: { required: true }, password: { required: true } },
    defaultNoValidate: false,
  });
  const { key: nicknameKey, ...nickname } = getInputProps(fields.nickname, { type: "text" });

  return (
    <SignInPage
      title="Create your account"
      lead="Book sessions, keep your notes and write to your coach in one place."
      footer={
        <p>
          Have an account?{" "}
          <Link className="text-link" to={signInPath(redirectTo)}>
            Sign in
          </Link>
        </p>
      }
    >
      <GoogleButton redirectTo={redirectTo} />
      <Form method="post" {...getFormProps(form)} className="space-y-6">
        <FormErrors id={form.errorId} errors={form.errors} />
        <Field field={fields.email} label="E-mail" type="email" autoComplete="email" />
        <Field
          field={fields.password}
          label="Password"
          hint="At least 8 characters. A few words in a row are easy to remember."
          type="password"
          autoComplete="new-password"
        />
        <div className="sr-only" aria-hidden="true">
          <label htmlFor={nickname.id}>Leave this empty</label>
          <input key={nicknameKey} {...nickname} tabIndex={-1} autoComplete="off" />
        </div>
        <SubmitButton size="lg" className="w-full" pendingLabel="Creating your account…">
          Create account
        </SubmitButton>
        <TermsNotice act="By creating an account" />
      </Form>
    </SignInPage>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
