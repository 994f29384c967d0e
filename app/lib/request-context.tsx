import { createContext, useContext } from "react";

/**
 * What the server knows about this request and every component may need while rendering: the nonce
 * that our scripts carry, and the id that log lines carry.
 */
export type RequestContextValue = { nonce: string | undefined; requestId: string | undefined };

const RequestContext = createContext<RequestContextValue>({
  nonce: undefined,
  requestId: undefined,
});

export const RequestContextProvider = RequestContext.Provider;

/** The nonce and id of the request that rendered this document. */
export function useRequestContext(): RequestContextValue {
  return useContext(RequestContext);
}
