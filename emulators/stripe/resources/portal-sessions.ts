import type Stripe from "stripe";

import { missingParam, notEmulated } from "../api/failure.ts";
import { newId } from "../api/new-id.ts";
import { onlyEmulated } from "../api/only-emulated.ts";
import { refuseBadUrl } from "../api/refuse-bad-url.ts";
import { route, type Emulator, type Resource } from "../emulator.ts";

type PortalSession = Stripe.BillingPortal.Session;
type CreateParams = Stripe.BillingPortal.SessionCreateParams;

/** The only portal there is: everything it can do is switched on. */
const CONFIGURATION = "bpc_1LocalPortal";

/** Ways for customers into the page where they see to their memberships, card and invoices. */
export const portalSessions: Resource = {
  routes: [route<CreateParams>("POST /v1/billing_portal/sessions", create)],
};

function create(emulator: Emulator, params: CreateParams): PortalSession {
  onlyEmulated(params, ["customer", "return_url", "flow_data", "locale"]);
  if (!params.customer) throw missingParam("customer");
  emulator.records("customer").get(params.customer, "customer");
  if (params.return_url) refuseBadUrl(params.return_url, "return_url");

  const id = newId("bps_1");
  const session = emulator.records<PortalSession>("billing_portal.session").add({
    id,
    object: "billing_portal.session",
    configuration: CONFIGURATION,
    created: emulator.clock.seconds(),
    customer: params.customer,
    customer_account: null,
    flow: flowOf(params.flow_data),
    livemode: false,
    locale: params.locale ?? null,
    on_behalf_of: null,
    return_url: params.return_url ?? null,
    url: `${emulator.url()}/p/session/${id}`,
  });
  emulator.emit("billing_portal.session.created", session);
  return session;
}

/** What the page is opened for, when it is one thing only. */
function flowOf(data: CreateParams["flow_data"]): PortalSession["flow"] {
  if (!data) return null;
  if (data.type !== "payment_method_update") {
    throw notEmulated(`the portal's flow ${data.type}`, "flow_data[type]");
  }
  const after = data.after_completion;
  return {
    after_completion: {
      hosted_confirmation: null,
      redirect: after?.redirect ? { return_url: after.redirect.return_url } : null,
      type: after?.redirect ? "redirect" : "portal_homepage",
    },
    customer_update: null,
    subscription_cancel: null,
    subscription_pause: null,
    subscription_update: null,
    subscription_update_confirm: null,
    type: data.type,
  };
}
