import type Stripe from "stripe";

type FailureBody = {
  type: "invalid_request_error" | "card_error" | "idempotency_error" | "api_error";
  message: string;
  code?: string;
  param?: string;
  decline_code?: string;
  /** The payment that failed, as it is now. */
  payment_intent?: Stripe.PaymentIntent;
};

/** A refusal in Stripe's form. Throw it anywhere while a call is handled. */
export class StripeFailure extends Error {
  readonly status: number;
  readonly body: FailureBody;

  constructor(status: number, body: FailureBody) {
    super(body.message);
    this.name = "StripeFailure";
    this.status = status;
    this.body = body;
  }
}

/** The JSON that Stripe answers for a refusal; every code has its page in the documentation. */
export function failureJson(body: FailureBody) {
  return {
    error: body.code
      ? {
          ...body,
          doc_url: `https://stripe.com/docs/error-codes/${body.code.replaceAll("_", "-")}`,
        }
      : body,
  };
}

/**
 * The caller asked for something that can't be.
 *
 * @param details the parameter at fault as `a[b]`, and Stripe's code when it has one
 */
export function invalidRequest(
  message: string,
  details: { param?: string; code?: string } = {},
): StripeFailure {
  return new StripeFailure(400, { type: "invalid_request_error", message, ...details });
}

/** A parameter that this call can't do without was left out. */
export function missingParam(param: string): StripeFailure {
  return invalidRequest(`Missing required param: ${param}.`, { param, code: "parameter_missing" });
}

/**
 * There is no such object. Stripe answers 404 when the path names it, 400 when a parameter does.
 *
 * @param param the parameter that named it; left out when the path did
 */
export function noSuch(kind: string, id: string, param?: string): StripeFailure {
  return new StripeFailure(param ? 400 : 404, {
    type: "invalid_request_error",
    message: `No such ${kind}: '${id}'`,
    code: "resource_missing",
    param: param ?? "id",
  });
}

/** Stripe can do this and the emulator can't: say so instead of pretending. */
export function notEmulated(what: string, param?: string): StripeFailure {
  return invalidRequest(`The local Stripe emulator does not know ${what} yet.`, { param });
}

/** What Stripe answers when it is overloaded or broken; for faults that tests switch on. */
export function outageJson(status: number) {
  if (status === 429) {
    return failureJson({
      type: "invalid_request_error",
      code: "rate_limit",
      message: "Request rate limit exceeded.",
    });
  }
  return failureJson({ type: "api_error", message: "An error occurred on Stripe's side." });
}
