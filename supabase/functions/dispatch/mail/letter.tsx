import {
  Body,
  Button,
  Container,
  Head,
  Heading,
  Hr,
  Html,
  Link,
  Preview,
  Text,
} from "@react-email/components";
import type { ReactNode } from "react";

import { DARK_STYLES, STYLES } from "./letter-styles.ts";
import type { Words } from "./words.ts";

export type LetterProps = {
  greeting: string;
  words: Words;
  href: string;
  /** Things that are listed before the button, each with where it leads. */
  items?: { text: string; label: string; href: string }[];
  /** Why the reader gets it, a sentence. */
  because: string;
  /** Where they choose what comes, for who has an account, and stop this at once, if it need not come. */
  choices?: { changeHref: string; unsubscribeHref: string | null };
};

/** The one layout of all our mail: plain, one column, one button, readable without images, light or dark. */
export function Letter({ greeting, words, href, items = [], because, choices }: LetterProps) {
  return (
    <Html lang="en">
      <Head>
        {/* Without these a mail program in the dark turns our colours into its own. */}
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <style dangerouslySetInnerHTML={{ __html: DARK_STYLES }} />
      </Head>
      <Body className="page" style={STYLES.page}>
        <Preview>{words.paragraphs[0] ?? words.subject}</Preview>
        <Container className="sheet" style={STYLES.sheet}>
          <Text className="ink" style={STYLES.name}>
            Walkthrough
          </Text>
          <Heading as="h1" className="ink" style={STYLES.title}>
            {words.subject}
          </Heading>
          <Paragraph>{greeting}</Paragraph>
          {words.paragraphs.map((paragraph) => (
            <Paragraph key={paragraph}>{paragraph}</Paragraph>
          ))}
          {items.map((item) => (
            <Paragraph key={item.href + item.text}>
              {item.text}
              <br />
              <Accent href={item.href}>{item.label}</Accent>
            </Paragraph>
          ))}
          <Button href={href} className="button" style={STYLES.button}>
            {words.action.label}
          </Button>
          <Hr className="line" style={STYLES.line} />
          <Text className="muted" style={STYLES.small}>
            {because} If the button does not work, open {href}
          </Text>
          {choices ? <Choices {...choices} /> : null}
        </Container>
      </Body>
    </Html>
  );
}

function Choices({ changeHref, unsubscribeHref }: NonNullable<LetterProps["choices"]>) {
  return (
    <Text className="muted" style={STYLES.choices}>
      <Accent href={changeHref}>{CHANGE}</Accent>
      {unsubscribeHref ? (
        <>
          <br />
          <Accent href={unsubscribeHref}>{STOP}</Accent>
        </>
      ) : null}
    </Text>
  );
}

/** What the links of the footer say, in HTML and in text. */
export const CHANGE = "Change what you get";
export const STOP = "Stop mails like this one";

function Paragraph({ children }: { children: ReactNode }) {
  return (
    <Text className="ink" style={STYLES.paragraph}>
      {children}
    </Text>
  );
}

function Accent({ href, children }: { href: string; children: string }) {
  return (
    <Link href={href} className="accent" style={STYLES.link}>
      {children}
    </Link>
  );
}
