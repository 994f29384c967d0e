import CircleAlert from "lucide-react/icons/circle-alert";

import { signInPath } from "~/lib/paths";
import { SIGN_IN_AGAIN } from "~/lib/signed-out";

type FormErrorsProps = {
  /** conform's `form.errorId`. */
  id: string;
  errors: string[] | undefined;
};

/** What is wrong with the form as a whole, above its fields. Read out when it appears. */
export function FormErrors({ id, errors }: FormErrorsProps) {
  return (
    <div id={id} role="alert">
      {errors?.length ? (
        <div className="flex items-start gap-3 rounded-md border border-l-4 border-l-destructive bg-card px-4 py-3.5 text-[0.9375rem]">
          <CircleAlert aria-hidden className="mt-0.5 size-5 shrink-0 text-destructive" />
          <div className="space-y-1 font-medium">
            {errors.map((error) => (
              <p key={error}>{error}</p>
            ))}
            {errors.includes(SIGN_IN_AGAIN) ? (
              <p>
                <a href={signInPath()} target="_blank" rel="noreferrer" className="text-link">
                  Sign in in a new tab
                </a>
              </p>
            ) : null}
          </div>
        </div>
      ) : null}
    </div>
  );
}
