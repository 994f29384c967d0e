import { Form } from "@remix-run/react";

import { SubmitButton } from "~/components/submit-button";
import { signInWithGooglePath } from "~/lib/paths";

import { GoogleMark } from "./google-mark";

/** The other way to sign in or up, and the line between it and the form below. */
export function GoogleButton({ redirectTo }: { redirectTo: string }) {
  const action = signInWithGooglePath(redirectTo);
  return (
    <>
      <Form method="post" action={action}>
        <SubmitButton
          variant="outline"
          size="lg"
          className="w-full"
          pendingLabel="Opening Google…"
          formTarget={action}
        >
          <GoogleMark /> Continue with Google
        </SubmitButton>
      </Form>
      <p className="my-6 flex items-center gap-4 text-sm text-muted-foreground before:h-px before:flex-1 before:bg-border after:h-px after:flex-1 after:bg-border">
        or
      </p>
    </>
  );
}
