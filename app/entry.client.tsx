import { RemixBrowser } from "@remix-run/react";
import { StrictMode, startTransition } from "react";
import { hydrateRoot } from "react-dom/client";

import { RequestContextProvider } from "~/lib/request-context";

// Browsers show scripts an empty nonce, so that is what the first render here must find.
const nonce = "";
const requestId = document.querySelector<HTMLMetaElement>('meta[name="request-id"]')?.content;

startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <RequestContextProvider value={{ nonce, requestId }}>
        <RemixBrowser />
      </RequestContextProvider>
    </StrictMode>,
  );
});
