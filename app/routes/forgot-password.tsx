import { getFormProps, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";

import { Field } from "~/components/field";
import { FormErrors } from "~/components/form-errors";
import { SubmitButton } from "~/components/submit-button";
import { answerInvalid, answerStep } from "~/features/sign-in/answer-step.server";
import { ForgotPasswordSchema } from "~/features/sign-in/forms.server";
import { startReset } from "~/features/sign-in/password-reset.server";
import { redirectToOf } from "~/features/sign-in/redirect-to";
import { SignInPage } from "~/features/sign-in/sign-in-page";
import { takeStep } from "~/features/sign-in/take-step.server";
import { pageTitle } from "~/lib/page-title";
import { resetPasswordPath, sessionsPath, signInPath } from "~/lib/paths";
import type { RouteHandle } from "~/lib/route-handle";

export const handle: RouteHandle = { withoutScripts: true };

export const meta: MetaFunction = () => [{ title: pageTitle("Forgotten password") }];

export function loader({ request }: LoaderFunctionArgs) {
  return { redirectTo: redirectToOf(request, "") };
}

export async function action(args: ActionFunctionArgs) {
  const submission = parseWithZod(await args.request.formData(), { schema: ForgotPasswordSchema });
  if (submission.status !== "success") return answerInvalid(submission);

  const { email } = submission.value;
  const taken = await takeStep(args, {
    limit: "send_code",
    email,
    run: (clerk) => startReset(clerk, email),
  });
  return answerStep(taken, submission, {
    codePath: resetPasswordPath(redirectToOf(args.request, "")),
    donePath: sessionsPath(),
  });
}

export default function ForgotPasswordRoute() {
  const { redirectTo } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<{ email: string }>({
    lastResult: useActionData<typeof action>(),
    constraint: { email: { required: true } },
    defaultNoValidate: false,
  });

  return (
    <SignInPage
      title="Forgotten password"
      lead="Tell us your e-mail. If it has an account, we send you a code for a new password."
      footer={
        <p>
          <Link className="text-link" to={signInPath(redirectTo)}>
            Back to sign-in
          </Link>
        </p>
      }
    >
      <Form method="post" {...getFormProps(form)} className="space-y-6">
        <FormErrors id={form.errorId} errors={form.errors} />
        <Field field={fields.email} label="E-mail" type="email" autoComplete="username" />
        <SubmitButton size="lg" className="w-full" pendingLabel="Sending…">
          Send the code
        </SubmitButton>
      </Form>
    </SignInPage>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
