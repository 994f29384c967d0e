/**
 * What the server knows about the session before Remix runs.
 *
 * - `none`: the browser sent no session
 * - `fresh`: it carries a session token that has not expired
 * - `ended`: it had a session, and Clerk says it is over
 * - `unavailable`: its token expired and Clerk can't be asked for the next one
 */
export type SessionState = "none" | "fresh" | "ended" | "unavailable";

/** What loaders and actions of one request share. */
export type LoadContext = {
  cspNonce: string;
  requestId: string;
  clientIp: string;
  /** The method the browser used. On a document POST, loaders see a GET in their own `request`. */
  method: string;
  session: SessionState;
  /** Set by the loader of a page that shows a coach's Calendly: its policy lets it. */
  embedsCalendly: boolean;
  /** Fields for this request's log line, filled in as they become known. */
  logFields: { profileId?: string };
};

declare module "@remix-run/server-runtime" {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- only an interface can be merged into Remix's
  interface AppLoadContext extends LoadContext {}
}
