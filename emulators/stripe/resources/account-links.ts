import type Stripe from "stripe";

import { invalidRequest, missingParam, notEmulated } from "../api/failure.ts";
import { newId } from "../api/new-id.ts";
import { onlyEmulated } from "../api/only-emulated.ts";
import { refuseBadUrl } from "../api/refuse-bad-url.ts";
import { route, type Emulator, type Resource } from "../emulator.ts";

/** A way into Stripe's pages for the holder of a connected account. */
export type AccountLink = {
  id: string;
  account: string;
  /** `onboarding` asks what is missing, `dashboard` shows what was earned. */
  leadsTo: "onboarding" | "dashboard";
  refreshUrl: string;
  returnUrl: string;
  /** Seconds since 1970. */
  expiresAt: number;
  isUsed: boolean;
};

const LIFE_SECONDS = 5 * 60;

/** Links to the pages of connected accounts. Each can be opened once, for five minutes. */
export const accountLinks: Resource = {
  routes: [
    route<Stripe.AccountLinkCreateParams>("POST /v1/account_links", createOnboardingLink),
    route<Stripe.AccountCreateLoginLinkParams>(
      "POST /v1/accounts/{id}/login_links",
      createLoginLink,
    ),
  ],
};

/** The links that were made, by their secret ids. */
export function links(emulator: Emulator) {
  return emulator.records<AccountLink>("account link");
}

function createOnboardingLink(
  emulator: Emulator,
  params: Stripe.AccountLinkCreateParams,
): Stripe.AccountLink {
  onlyEmulated(params, ["account", "type", "refresh_url", "return_url", "collection_options"]);
  emulator.records<Stripe.Account>("account").get(params.account, "account");
  if (params.type !== "account_onboarding") {
    throw notEmulated(`account links of type ${params.type}`, "type");
  }
  if (!params.refresh_url) throw missingParam("refresh_url");
  if (!params.return_url) throw missingParam("return_url");
  refuseBadUrl(params.refresh_url, "refresh_url");
  refuseBadUrl(params.return_url, "return_url");

  const created = emulator.clock.seconds();
  const link = links(emulator).add({
    id: newId("", 24),
    account: params.account,
    leadsTo: "onboarding",
    refreshUrl: params.refresh_url,
    returnUrl: params.return_url,
    expiresAt: created + LIFE_SECONDS,
    isUsed: false,
  });
  return {
    object: "account_link",
    created,
    expires_at: link.expiresAt,
    url: `${emulator.url()}/setup/s/${link.account}/${link.id}`,
  };
}

function createLoginLink(emulator: Emulator, _params: object, id: string): Stripe.LoginLink {
  const account = emulator.records<Stripe.Account>("account").get(id);
  if (!account.details_submitted) {
    throw invalidRequest(
      "Cannot create a login link for an account that has not completed onboarding.",
    );
  }
  const created = emulator.clock.seconds();
  const link = links(emulator).add({
    id: newId("", 24),
    account: id,
    leadsTo: "dashboard",
    refreshUrl: "",
    returnUrl: "",
    expiresAt: created + LIFE_SECONDS,
    isUsed: false,
  });
  return {
    object: "login_link",
    created,
    url: `${emulator.url()}/express/${id}/${link.id}`,
  };
}
