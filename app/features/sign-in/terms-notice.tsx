import { Link } from "@remix-run/react";

import { privacyPath, termsPath } from "~/lib/paths";

/** What an account commits to. `act` is how one is made: "By creating an account". */
export function TermsNotice({ act }: { act: string }) {
  return (
    <p className="text-sm text-muted-foreground">
      {act} you agree to our{" "}
      <Link className="text-link" to={termsPath()}>
        terms
      </Link>{" "}
      and{" "}
      <Link className="text-link" to={privacyPath()}>
        privacy notice
      </Link>
      .
    </p>
  );
}
