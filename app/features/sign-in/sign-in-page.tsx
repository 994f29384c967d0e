import type { ReactNode } from "react";

import { Page, PageHeader } from "~/components/page";

type SignInPageProps = {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
  /** The other ways out: "No account yet?" */
  footer: ReactNode;
};

/** The frame of every page of sign-up, sign-in and password reset. */
export function SignInPage({ title, lead, children, footer }: SignInPageProps) {
  return (
    <Page width="form">
      <PageHeader title={title} lead={lead} />
      {children}
      <div className="mt-8 space-y-2 text-muted-foreground">{footer}</div>
    </Page>
  );
}
