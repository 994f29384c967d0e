import type Stripe from "stripe";

import { invalidRequest, noSuch, notEmulated } from "../api/failure.ts";
import { listPage } from "../api/list.ts";
import { changeMetadata } from "../api/metadata.ts";
import { onlyEmulated } from "../api/only-emulated.ts";
import { businessProfile, newAccount } from "../connect/account-object.ts";
import {
  accountFiles,
  capabilityObject,
  updateAccount,
  type Capability,
} from "../connect/account-state.ts";
import { route, type Emulator, type Resource } from "../emulator.ts";
import { balanceOf } from "./balance-transactions.ts";

type CreateParams = Stripe.AccountCreateParams;
type UpdateParams = Stripe.AccountUpdateParams;

const CAPABILITIES: readonly Capability[] = ["transfers", "card_payments"];
const CHANGEABLE = ["business_profile", "business_type", "capabilities", "email", "metadata"];
const SUPPORTED = [...CHANGEABLE, "controller", "country", "default_currency", "settings"];

/** Connected accounts: people whom the platform pays. */
export const accounts: Resource = {
  routes: [
    route<CreateParams>("POST /v1/accounts", create),
    route<Stripe.AccountRetrieveParams>("GET /v1/accounts/{id}", (emulator, _params, id) =>
      records(emulator).get(id),
    ),
    route<UpdateParams>("POST /v1/accounts/{id}", update),
    route<Stripe.AccountDeleteParams>("DELETE /v1/accounts/{id}", remove),
    route<Stripe.AccountListParams>("GET /v1/accounts", (emulator, params) =>
      listPage(records(emulator).all(), params, "/v1/accounts"),
    ),
    route<Stripe.AccountListCapabilitiesParams>(
      "GET /v1/accounts/{id}/capabilities",
      (emulator, _params, id) => {
        const account = records(emulator).get(id);
        const file = accountFiles(emulator).get(id);
        const all = file.requested.map((each) => capabilityObject(account, file, each));
        return listPage(all, {}, `/v1/accounts/${id}/capabilities`);
      },
    ),
    route<Stripe.AccountRetrieveCapabilityParams>(
      "GET /v1/accounts/{id}/capabilities/{id}",
      (emulator, _params, id, name) => {
        const account = records(emulator).get(id);
        const capability = CAPABILITIES.find((each) => each === name);
        if (!capability) throw noSuch("capability", name);
        return capabilityObject(account, accountFiles(emulator).get(id), capability);
      },
    ),
  ],
};

function records(emulator: Emulator) {
  return emulator.records<Stripe.Account>("account");
}

function create(emulator: Emulator, params: CreateParams): Stripe.Account {
  onlyEmulated(params, SUPPORTED);
  checkController(params.controller);
  if (params.country && params.country !== "US") {
    throw notEmulated(`accounts in ${params.country}`, "country");
  }
  const account = records(emulator).add(newAccount(params, emulator.clock.seconds()));
  accountFiles(emulator).add({
    id: account.id,
    answered: params.business_type ? ["business_type"] : [],
    alsoAsked: [],
    isBeingVerified: false,
    requested: requestedOf(params.capabilities),
  });
  return updateAccount(emulator, account.id, {});
}

/** The one kind of account that the emulator knows: Stripe onboards, the platform answers for it. */
function checkController(controller: CreateParams["controller"]): void {
  const expected = {
    "controller[stripe_dashboard][type]": [controller?.stripe_dashboard?.type, "express"],
    "controller[fees][payer]": [controller?.fees?.payer, "application"],
    "controller[losses][payments]": [controller?.losses?.payments, "application"],
    "controller[requirement_collection]": [
      controller?.requirement_collection ?? "stripe",
      "stripe",
    ],
  };
  for (const [param, [given, emulated]] of Object.entries(expected)) {
    if (given !== emulated) {
      throw notEmulated(`accounts with ${param} other than ${emulated}`, param);
    }
  }
}

function requestedOf(params: CreateParams["capabilities"] = {}): Capability[] {
  onlyEmulated(params, CAPABILITIES, "capabilities");
  return CAPABILITIES.filter((capability) => params[capability]?.requested);
}

function update(emulator: Emulator, params: UpdateParams, id: string): Stripe.Account {
  onlyEmulated(params, CHANGEABLE);
  const account = records(emulator).get(id);
  const file = accountFiles(emulator).get(id);
  const requested = params.capabilities ? requestedOf(params.capabilities) : [];
  return updateAccount(
    emulator,
    id,
    {
      requested: CAPABILITIES.filter(
        (each) => requested.includes(each) || file.requested.includes(each),
      ),
      answered: params.business_type ? [...file.answered, "business_type"] : file.answered,
    },
    {
      business_profile: businessProfile(params.business_profile, account.business_profile),
      business_type: params.business_type || account.business_type,
      email: params.email ?? account.email,
      metadata: changeMetadata(account.metadata ?? {}, params.metadata),
    },
  );
}

/** Stripe keeps the accounts that still have money, or owe some. */
function remove(emulator: Emulator, _params: object, id: string) {
  records(emulator).get(id);
  const own = emulator.actingFor(id);
  if (balanceOf(own, "available") !== 0 || balanceOf(own, "pending") !== 0) {
    throw invalidRequest(
      "This account cannot be deleted because its balance is not zero. Pay out or reverse what is left first.",
    );
  }
  records(emulator).remove(id);
  return { id, object: "account", deleted: true };
}
