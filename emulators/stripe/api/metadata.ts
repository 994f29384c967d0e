import { invalidRequest } from "./failure.ts";

type MetadataChange = Record<string, string | number | null> | "" | null | undefined;

const MOST_KEYS = 50;
const LONGEST_KEY = 40;
const LONGEST_VALUE = 500;

/**
 * Applies a `metadata` parameter: keys are added or replaced, an empty value removes its key, an
 * empty text removes all.
 *
 * @throws StripeFailure when Stripe's limits are passed
 */
export function changeMetadata(
  current: Record<string, string>,
  change: MetadataChange,
): Record<string, string> {
  if (change === undefined) return current;
  if (change === "" || change === null) return {};

  const result = { ...current };
  for (const [key, value] of Object.entries(change)) {
    if (value === "" || value === null) {
      delete result[key];
      continue;
    }
    refuseLong(key, String(value));
    result[key] = String(value);
  }
  if (Object.keys(result).length > MOST_KEYS) {
    throw invalidRequest(`You can have up to ${MOST_KEYS} keys of metadata.`, {
      param: "metadata",
    });
  }
  return result;
}

function refuseLong(key: string, value: string): void {
  if (key.length > LONGEST_KEY) {
    throw invalidRequest(
      `Metadata keys can have up to ${LONGEST_KEY} characters, but you passed in a key that is ${key.length} characters. Invalid key: ${key}`,
      { param: "metadata" },
    );
  }
  if (value.length > LONGEST_VALUE) {
    throw invalidRequest(
      `Metadata values can have up to ${LONGEST_VALUE} characters, but you passed in a value that is ${value.length} characters. Invalid value: ${value}`,
      { param: `metadata[${key}]` },
    );
  }
}
