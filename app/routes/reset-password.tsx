import { getFormProps, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";

import { Field } from "~/components/field";
import { FormErrors } from "~/components/form-errors";
import { SubmitButton } from "~/components/submit-button";
import { answerInvalid, answerStep } from "~/features/sign-in/answer-step.server";
import { ResendForm } from "~/features/sign-in/code-form";
import { ResetPasswordSchema } from "~/features/sign-in/forms.server";
import { finishReset } from "~/features/sign-in/password-reset.server";
import { readPending } from "~/features/sign-in/pending.server";
import { redirectToOf } from "~/features/sign-in/redirect-to";
import { SignInPage } from "~/features/sign-in/sign-in-page";
import { takeStep } from "~/features/sign-in/take-step.server";
import { pageTitle } from "~/lib/page-title";
import {
  forgotPasswordPath,
  resetPasswordResendPath,
  sessionsPath,
  signInVerifyPath,
} from "~/lib/paths";
import type { RouteHandle } from "~/lib/route-handle";

export const handle: RouteHandle = { withoutScripts: true };

export const meta: MetaFunction = () => [{ title: pageTitle("New password") }];

export async function loader({ request }: LoaderFunctionArgs) {
  const redirectTo = redirectToOf(request, "");
  const pending = await readPending(request, "reset");
  if (!pending) throw redirect(forgotPasswordPath(redirectTo));
  return { email: pending.email, redirectTo };
}

export async function action(args: ActionFunctionArgs) {
  const pending = await readPending(args.request, "reset");
  if (!pending) return redirect(forgotPasswordPath(redirectToOf(args.request, "")));

  const submission = parseWithZod(await args.request.formData(), { schema: ResetPasswordSchema });
  if (submission.status !== "success") return answerInvalid(submission);

  const given = submission.value;
  const taken = await takeStep(args, {
    limit: "code",
    email: pending.email,
    run: (clerk) => finishReset(clerk, pending, given),
  });
  return answerStep(taken, submission, {
    codePath: signInVerifyPath(redirectToOf(args.request, "")),
    donePath: redirectToOf(args.request, sessionsPath()),
  });
}

export default function ResetPasswordRoute() {
  const { email, redirectTo } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<{ code: string; password: string }>({
    lastResult: useActionData<typeof action>(),
    constraint: { code: { required: true }, password: { required: true } },
    defaultNoValidate: false,
  });

  return (
    <SignInPage
      title="New password"
      lead={
        <>
          If <strong className="break-words text-foreground">{email}</strong> has an account, a code
          is on its way there.
        </>
      }
      footer={
        <>
          <ResendForm action={resetPasswordResendPath(redirectTo)} />
          <p>
            Wrong address?{" "}
            <Link className="text-link" to={forgotPasswordPath(redirectTo)}>
              Start again
            </Link>
          </p>
        </>
      }
    >
      <Form method="post" {...getFormProps(form)} className="space-y-6">
        <FormErrors id={form.errorId} errors={form.errors} />
        <Field
          field={fields.code}
          label="Code"
          hint="Six digits. It can take a minute to arrive."
          inputMode="numeric"
          autoComplete="one-time-code"
        />
        <Field
          field={fields.password}
          label="New password"
          hint="At least 8 characters. You will be signed out on all other devices."
          type="password"
          autoComplete="new-password"
        />
        <SubmitButton size="lg" className="w-full" pendingLabel="Saving…">
          Save and sign in
        </SubmitButton>
      </Form>
    </SignInPage>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
