import { z } from "zod";

import { calendly } from "../../_shared/calendly.ts";
import { env } from "../../_shared/env.ts";
import { httpError } from "../../_shared/vendor-error.ts";
import type { SyncWork } from "./calendly-sync.ts";

const HookSchema = z.object({ uri: z.string(), callback_url: z.string(), state: z.string() });
const CreatedSchema = z.object({ resource: HookSchema });
const ListSchema = z.object({ collection: z.array(HookSchema) });

const EVENTS = ["invitee.created", "invitee.canceled"];

export type Subscription = { plan: "free" | "paid"; webhook_uri: string | null };

/**
 * Makes sure that Calendly tells us of what is booked and called off there. Calendly gives up a
 * subscription that it could not deliver to for a day: it is made anew. What the plan is,
 * Calendly says nowhere, but free ones may have no subscription.
 */
export async function keepSubscription(work: SyncWork): Promise<Subscription> {
  if (work.webhook_uri) {
    const response = await calendly(work.coach_id, work.webhook_uri);
    if (response.ok) {
      const { resource } = CreatedSchema.parse(await response.json());
      if (resource.state === "active") return { plan: "paid", webhook_uri: resource.uri };
      await remove(work.coach_id, resource.uri);
    } else if (response.status === 404 || response.status === 403) {
      await response.body?.cancel();
    } else {
      throw await httpError("calendly", response);
    }
  }
  return await subscribe(work);
}

async function subscribe(work: SyncWork, isSecondTry = false): Promise<Subscription> {
  const response = await calendly(work.coach_id, "/webhook_subscriptions", {
    method: "POST",
    body: {
      url: callbackUrl(),
      events: EVENTS,
      organization: work.organization_uri,
      user: work.user_uri,
      scope: "user",
    },
  });
  if (response.ok) {
    const { resource } = CreatedSchema.parse(await response.json());
    return { plan: "paid", webhook_uri: resource.uri };
  }
  if (response.status === 403) {
    await response.body?.cancel();
    return { plan: "free", webhook_uri: null };
  }
  if (response.status === 409 && !isSecondTry) {
    await response.body?.cancel();
    return await adopt(work);
  }
  throw await httpError("calendly", response);
}

/** There is one for our address, of a time that we lost: it is taken over, or replaced. */
async function adopt(work: SyncWork): Promise<Subscription> {
  const query = new URLSearchParams({
    organization: work.organization_uri,
    user: work.user_uri,
    scope: "user",
  });
  const response = await calendly(work.coach_id, `/webhook_subscriptions?${query}`);
  if (!response.ok) throw await httpError("calendly", response);

  const { collection } = ListSchema.parse(await response.json());
  const own = collection.find(({ callback_url }) => callback_url === callbackUrl());
  if (own?.state === "active") return { plan: "paid", webhook_uri: own.uri };
  if (own) await remove(work.coach_id, own.uri);
  return await subscribe(work, true);
}

async function remove(coachId: string, uri: string): Promise<void> {
  const response = await calendly(coachId, uri, { method: "DELETE" });
  if (!response.ok && response.status !== 404) throw await httpError("calendly", response);
  await response.body?.cancel();
}

function callbackUrl(): string {
  return `${env.SUPABASE_URL}/functions/v1/calendly-webhook`;
}
