type PlainPage = { status: number; title: string; text: string; requestId: string; nonce: string };

/**
 * A page for when the application can't or mustn't answer. It depends on nothing that could fail.
 *
 * @param page its words, which must be ours: they are not escaped beyond the basics
 * @returns an HTML response that nobody caches
 */
export function plainPage({ status, title, text, requestId, nonce }: PlainPage): Response {
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style nonce="${nonce}">
:root { color-scheme: light dark }
body { font: 1.0625rem/1.6 system-ui, sans-serif; max-width: 34rem; margin: 18vh auto 0; padding: 0 1.5rem }
h1 { font-size: 1.75rem; line-height: 1.2 }
small { opacity: .7 }
</style>
</head>
<body>
<main>
<h1>${escape(title)}</h1>
<p>${escape(text)}</p>
<p><a href="/">Go to the home page</a></p>
<p><small>Request ${escape(requestId)}</small></p>
</main>
</body>
</html>
`;
  return new Response(html, {
    status,
    headers: { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" },
  });
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
