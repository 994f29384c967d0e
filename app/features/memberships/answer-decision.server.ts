import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";

import { requireSignedIn } from "~/lib/auth.server";
import { redirectWithFlash } from "~/lib/flash.server";
import { formatMediumDate } from "~/lib/format-date";
import { parseParams } from "~/lib/params.server";
import { membershipPath } from "~/lib/paths";

import { askStripe } from "./decide.server";
import { decide, findMembership, type Decision, type Membership } from "./memberships.server";

const ParamsSchema = z.object({ membershipId: z.uuid() });

/**
 * What a client decides about their membership, with one click: written down, then asked of Stripe.
 *
 * @param args of the action
 * @param decision what
 * @returns a redirect to the membership's page, which says how it stands
 */
export async function answerDecision(args: ActionFunctionArgs, decision: Decision) {
  const { membershipId } = parseParams(args.params, ParamsSchema);
  const { db } = await requireSignedIn(args);

  const decided = await decide(db, membershipId, decision);
  if (!decided.ok && decided.error.code === "MBNFD") {
    throw new Response("Not found", { status: 404 });
  }
  if (!decided.ok) {
    return redirectWithFlash(membershipPath(membershipId), {
      kind: "error",
      title: decided.error.message,
    });
  }
  const isTold = await askStripe(db, membershipId);
  const membership = await findMembership(db, membershipId);
  return redirectWithFlash(membershipPath(membershipId), {
    kind: "success",
    title: TITLES[decision],
    description: isTold ? (membership ? explain(decision, membership) : undefined) : TOLD_LATER,
  });
}

/** What is said when Stripe does not answer: it will be done all the same. */
export const TOLD_LATER =
  "Stripe does not answer right now. We tell them as soon as they do, within minutes; you need not do anything.";

const TITLES: Record<Decision, string> = {
  pause: "Your membership is paused.",
  resume: "Your membership goes on.",
  cancel: "Your membership is cancelled.",
  keep: "Your membership stays as it was.",
};

function explain(decision: Decision, { period_ends_at, time_zone }: Membership): string {
  const day = formatMediumDate(period_ends_at, time_zone);
  switch (decision) {
    case "pause":
      return `Nothing is charged until you resume it. What you have left can be used until ${day}.`;
    case "resume":
      return `The next payment is due on ${day}.`;
    case "cancel":
      return `It works until ${day}, and nothing more is charged.`;
    case "keep":
      return `It renews on ${day}.`;
  }
}

/** Leads to the membership that an address is about. */
export function toMembership({ params }: LoaderFunctionArgs) {
  const { membershipId } = parseParams(params, ParamsSchema);
  return redirect(membershipPath(membershipId));
}
