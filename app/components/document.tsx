import type { ReactNode } from "react";

import { Page } from "~/components/page";

type DocumentProps = {
  title: string;
  lead: ReactNode;
  /** When it last changed in substance, such as "November 23, 2026". */
  changed?: string;
  children: ReactNode;
};

/** A page to read: its parts under each other, each with its name at the left. */
export function Document({ title, lead, changed, children }: DocumentProps) {
  return (
    <Page>
      <header className="max-w-2xl pb-4">
        <h1 className="text-display-md sm:text-display-lg">{title}</h1>
        <p className="mt-4 text-lg leading-relaxed text-muted-foreground">{lead}</p>
        {changed ? (
          <p className="mt-4 text-[0.9375rem] text-muted-foreground">Last changed {changed}</p>
        ) : null}
      </header>
      {children}
    </Page>
  );
}

/** One part of a `<Document>`. `id` makes it a place that links can lead to. */
export function DocumentPart(props: { id: string; title: string; children: ReactNode }) {
  return (
    <section
      id={props.id}
      aria-labelledby={`${props.id}-title`}
      className="mt-8 grid scroll-mt-6 gap-x-12 gap-y-3 border-t pt-8 lg:grid-cols-[16rem_1fr]"
    >
      <h2 id={`${props.id}-title`} className="text-display-sm">
        {props.title}
      </h2>
      <div className="prose-plain max-w-prose">{props.children}</div>
    </section>
  );
}
