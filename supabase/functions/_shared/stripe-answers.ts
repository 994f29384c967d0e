import type Stripe from "stripe";

type HttpClient = NonNullable<Stripe.StripeConfig["httpClient"]>;

/**
 * A way to Stripe that takes no body for an answer that is none: the SDK takes any without an `error` key for a
 * success, whatever the status. Here, for every call there is, it is to the SDK like a body that is no JSON,
 * which it throws, without a status: it says nothing about what became of the call.
 */
export function answersOnly(client: HttpClient): HttpClient {
  return {
    getClientName: () => client.getClientName(),
    async makeRequest(...request) {
      const response = await client.makeRequest(...request);
      const toJSON = response.toJSON.bind(response);
      response.toJSON = async () => {
        const body: unknown = await toJSON();
        if (!isAnswer(response.getStatusCode(), body)) throw new Error("not an answer of Stripe");
        return body;
      };
      return response;
    },
  };
}

function isAnswer(status: number, body: unknown): boolean {
  if (typeof body !== "object" || body === null) return false;
  return "error" in body ? Boolean(body.error) : status < 400 && "object" in body;
}
