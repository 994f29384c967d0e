import { getAuth } from "@clerk/remix/ssr.server";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";

import type { LoadContext } from "../server/load-context.ts";
import type { Database } from "./database.types.ts";
import { createDb, type Db } from "./db.server.ts";
import { toResult } from "./domain-error.ts";
import { getEnv } from "./env.server.ts";
import { signInPath, welcomePath } from "./paths.ts";
import { SIGN_IN_AGAIN } from "./signed-out.ts";

type Args = LoaderFunctionArgs | ActionFunctionArgs;

type ProfileRow = Database["public"]["Functions"]["ensure_profile"]["Returns"][number];
type Unknown = "kind" | "home_state" | "onboarded_at" | "coach_id" | "coach_status";

/** A person's own profile. The generated type of a function's row doesn't know what may be null. */
export type Profile = Omit<ProfileRow, Unknown> & { [Key in Unknown]: ProfileRow[Key] | null };

export type SignedIn = { signedIn: true; db: Db; profile: Profile };

/** Why nobody is signed in decides what to tell them. See `SessionState`. */
export type SignedOut = {
  signedIn: false;
  db: Db;
  profile: null;
  because: Exclude<LoadContext["session"], "fresh">;
};

/** Who is reading: a person with a profile, or a visitor. `db` acts with exactly their rights. */
export type Viewer = SignedIn | SignedOut;

const viewers = new WeakMap<object, Promise<Viewer>>();

/**
 * Who is asking. Loaders and the action of one request share one answer and one database call.
 * A profile is made when its person is first seen: the page never waits for Clerk's webhook.
 *
 * @param args of the loader or action
 * @returns the viewer
 */
export function getViewer(args: Args): Promise<Viewer> {
  const known = viewers.get(args.context);
  if (known) return known;

  const viewer = findViewer(args);
  viewers.set(args.context, viewer);
  return viewer;
}

/**
 * For loaders of pages that hold a form and need an account.
 *
 * A signed-out GET is sent to sign-in. After a document POST it is not: the redirect would throw
 * away the action's answer and what the person typed. The loader then sees `signedIn: false` and
 * returns what the form alone needs.
 *
 * @param args of the loader
 * @returns the viewer
 * @throws Response redirect to sign-in, or 503 when sign-in can't be checked
 */
export async function requireProfile(args: LoaderFunctionArgs): Promise<Viewer> {
  const viewer = await getViewer(args);
  if (!viewer.signedIn && args.context.method !== "POST") throw refusal(viewer, args.request);
  return viewer;
}

/**
 * For loaders of pages without a form of their own: nothing typed can be lost.
 *
 * @param args of the loader
 * @returns the signed-in viewer
 * @throws Response redirect to sign-in, or 503 when sign-in can't be checked
 */
export async function requireSignedIn(args: LoaderFunctionArgs): Promise<SignedIn> {
  const viewer = await getViewer(args);
  if (!viewer.signedIn) throw refusal(viewer, args.request);
  return viewer;
}

/**
 * As `requireProfile`, for pages that make sense only once a person has said who they are.
 *
 * @param args of the loader
 * @returns the viewer; onboarded when signed in
 * @throws Response redirect to sign-in or to the welcome page, which leads back
 */
export async function requireOnboarded(args: LoaderFunctionArgs): Promise<Viewer> {
  const viewer = await requireProfile(args);
  if (viewer.signedIn && !viewer.profile.onboarded_at && args.context.method !== "POST") {
    throw redirect(welcomePath(currentPath(args.request)));
  }
  return viewer;
}

/**
 * What an action answers to somebody who turns out to be signed out: the form again, with what
 * they typed and what to do about it.
 *
 * @param viewer the signed-out viewer
 * @param reply makes the form's answer from a message, such as
 *   `(message) => submission.reply({ formErrors: [message] })`
 * @returns 401, or 503 when sign-in can't be checked
 */
export function signedOutReply<Reply>(viewer: SignedOut, reply: (message: string) => Reply) {
  return viewer.because === "unavailable"
    ? data(reply(UNAVAILABLE), { status: 503 })
    : data(reply(SIGN_IN_AGAIN), { status: 401 });
}

const UNAVAILABLE =
  "We can’t check your sign-in right now, so nothing was saved. Please send this again in a minute.";

/**
 * The session token, for the browser's own connection to live updates.
 *
 * @param args of the loader
 * @returns the token, or null for a visitor
 */
export async function getSessionToken(args: Args): Promise<string | null> {
  if (args.context.session !== undefined && args.context.session !== "fresh") return null;
  // The SDK checks `azp` against this but its type doesn't name the option.
  const options: object = { authorizedParties: [getEnv().APP_ORIGIN] };
  try {
    const auth = await getAuth(args, options);
    return auth.userId ? await auth.getToken() : null;
  } catch (thrown) {
    // The SDK answers doubts with a redirect to Clerk, which a posted form does not survive.
    if (thrown instanceof Response) return null;
    throw thrown;
  }
}

async function findViewer(args: Args): Promise<Viewer> {
  const token = await getSessionToken(args);
  const db = createDb(token);
  if (!token) {
    const { session } = args.context;
    return { signedIn: false, db, profile: null, because: session === "fresh" ? "ended" : session };
  }

  // Its one refusal (UPSGN) is a person who was deleted while their token still lives.
  const profile = toResult(await db.rpc("ensure_profile").single());
  if (!profile.ok) return { signedIn: false, db: createDb(null), profile: null, because: "ended" };

  args.context.logFields.profileId = profile.value.id;
  return { signedIn: true, db, profile: profile.value };
}

function refusal(viewer: SignedOut, request: Request): Response {
  return viewer.because === "unavailable"
    ? new Response(UNAVAILABLE, { status: 503 })
    : redirect(signInPath(currentPath(request)));
}

function currentPath(request: Request): string {
  const { pathname, search } = new URL(request.url);
  return pathname + search;
}
