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

import type { Words } from "./words.ts";

const INK = "#1d2a26";
const MUTED = "#5b6762";
const ACCENT = "#14594a";

type LetterProps = {
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

/** The one layout of all our mail: plain, one column, one button, readable without images. */
export function Letter({ greeting, words, href, items = [], because, choices }: LetterProps) {
  return (
    <Html lang="en">
      <Head />
      <Preview>{words.paragraphs[0] ?? words.subject}</Preview>
      <Body
        style={{
          backgroundColor: "#f6f4ef",
          fontFamily: "Helvetica, Arial, sans-serif",
          margin: 0,
          padding: "32px 12px",
        }}
      >
        <Container
          style={{
            backgroundColor: "#ffffff",
            borderRadius: 12,
            maxWidth: 560,
            padding: "32px 32px 24px",
          }}
        >
          <Text
            style={{ color: ACCENT, fontSize: 15, fontWeight: 700, letterSpacing: 0.2, margin: 0 }}
          >
            Walkthrough
          </Text>
          <Heading
            as="h1"
            style={{
              color: INK,
              fontFamily: "Georgia, serif",
              fontSize: 24,
              fontWeight: 600,
              lineHeight: "32px",
              margin: "16px 0 8px",
            }}
          >
            {words.subject}
          </Heading>
          <Text style={{ color: INK, fontSize: 16, lineHeight: "26px", margin: "8px 0" }}>
            {greeting}
          </Text>
          {words.paragraphs.map((paragraph) => (
            <Text
              key={paragraph}
              style={{ color: INK, fontSize: 16, lineHeight: "26px", margin: "8px 0" }}
            >
              {paragraph}
            </Text>
          ))}
          {items.map((item) => (
            <Text
              key={item.href + item.text}
              style={{ color: INK, fontSize: 16, lineHeight: "26px", margin: "16px 0" }}
            >
              {item.text}
              <br />
              <Link href={item.href} style={{ color: ACCENT }}>
                {item.label}
              </Link>
            </Text>
          ))}
          <Button
            href={href}
            style={{
              backgroundColor: ACCENT,
              borderRadius: 8,
              color: "#ffffff",
              fontSize: 16,
              fontWeight: 600,
              margin: "16px 0 8px",
              padding: "12px 20px",
            }}
          >
            {words.action.label}
          </Button>
          <Hr style={{ borderColor: "#e5e1d8", margin: "24px 0 16px" }} />
          <Text style={{ color: MUTED, fontSize: 13, lineHeight: "20px", margin: 0 }}>
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
    <Text style={{ color: MUTED, fontSize: 13, lineHeight: "20px", margin: "8px 0 0" }}>
      <Link href={changeHref} style={{ color: ACCENT }}>
        Change what you get
      </Link>
      {unsubscribeHref ? (
        <>
          <br />
          <Link href={unsubscribeHref} style={{ color: ACCENT }}>
            Stop mails like this one
          </Link>
        </>
      ) : null}
    </Text>
  );
}
