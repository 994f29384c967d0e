import type { ReactNode } from "react";

import { Page } from "~/components/page";

/** A page of the desk that is mainly a form: as narrow as reading wants, under the desk's links. */
export function DeskFormPage({ children }: { children: ReactNode }) {
  return (
    <Page>
      <div className="max-w-narrow">{children}</div>
    </Page>
  );
}
