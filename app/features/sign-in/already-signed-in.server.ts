import { redirect, type LoaderFunctionArgs } from "@remix-run/node";

import { getSessionToken } from "~/lib/auth.server";

import { redirectToOf } from "./redirect-to";

/**
 * Keeps signed-in people off the pages that would sign them in. Not after a form was posted: then
 * the page must show the answer.
 *
 * @param args of the loader
 * @param fallback where they go when the address names no destination
 * @throws Response a redirect
 */
export async function passSignedIn(args: LoaderFunctionArgs, fallback: string): Promise<void> {
  if (args.context.method === "POST") return;
  if (await getSessionToken(args)) throw redirect(redirectToOf(args.request, fallback));
}
