import { html } from "hono/html";

const SENDER = "Walkthrough <accounts@walkthrough.example>";
const TIMEOUT_MILLISECONDS = 3_000;

/**
 * Mails a code through the local mail service, as Clerk mails it itself.
 * A mail that can't be sent is only logged: the code is on the console page too.
 *
 * @param mail address of a service that speaks Resend's API, and its key
 * @param purpose what the code is, such as "verification code"
 */
export async function mailCode(
  mail: { url: string; apiKey: string },
  to: string,
  code: string,
  purpose: string,
): Promise<void> {
  const note = `If you didn't ask for it, you can ignore this message.`;
  try {
    const response = await fetch(new URL("/emails", mail.url), {
      method: "POST",
      headers: { authorization: `Bearer ${mail.apiKey}`, "content-type": "application/json" },
      body: JSON.stringify({
        from: SENDER,
        to: [to],
        subject: `${code} is your ${purpose}`,
        text: `Your ${purpose} is ${code}. It works for 10 minutes.\n\n${note}`,
        html: String(
          await html`<p>Your ${purpose} is</p>
            <p style="font-size: 2rem; letter-spacing: .2em"><strong>${code}</strong></p>
            <p>It works for 10 minutes. ${note}</p>`,
        ),
      }),
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    });
    if (!response.ok) console.error(`clerk emulator: mail service answered ${response.status}`);
  } catch (error) {
    console.error(
      "clerk emulator: code not mailed:",
      error instanceof Error ? error.message : error,
    );
  }
}
