/**
 * What a form says that was sent by somebody whose session had ended. `<FormErrors>` puts a way to
 * sign in beside it, which leaves the form and what was typed where they are.
 */
export const SIGN_IN_AGAIN =
  "You are signed out, so nothing was saved. Sign in again in another tab, come back here and send this once more.";
