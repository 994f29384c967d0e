/** The part of JSON Schema that the Stripe contract is written in. */
export type Schema =
  | { $ref: string }
  | { anyOf: Schema[] }
  | { enum: (string | number | boolean)[] }
  | { type: "string" | "integer" | "number" | "boolean" | "null" | "decimal" }
  | { type: "array"; items: Schema }
  | ObjectSchema
  | { type: "any" };

export type ObjectSchema = {
  type: "object";
  properties: Record<string, Schema>;
  required: string[];
  /** What keys beyond `properties` may hold (metadata); without it they are refused. */
  additional?: Schema;
};

/** What one call of the API takes and gives back. */
export type Operation = {
  /** The method of the SDK it was read from, for messages: `Checkout/Sessions.create`. */
  source: string;
  params: Schema;
  result: Schema;
};

/** Everything the emulator knows about the shape of the API. */
export type Contract = {
  /** Raised when the generator changes, so that a cached file of an older one is not used. */
  format: number;
  sdkVersion: string;
  apiVersion: string;
  /** By `<METHOD> <path>`, ids written as `{id}`. */
  operations: Record<string, Operation>;
  definitions: Record<string, Schema>;
};
