import { createHmac } from "node:crypto";

import { z } from "zod";

const HeaderSchema = z.strictObject({ alg: z.literal("HS256"), typ: z.literal("JWT") });

const ClaimsSchema = z.strictObject({
  appKey: z.string().min(1),
  mn: z.string().regex(/^\d+$/),
  role: z.union([z.literal(0), z.literal(1)]),
  iat: z.number().int(),
  exp: z.number().int(),
  tokenExp: z.number().int(),
});

const SHORTEST_SECONDS = 1800;
const LONGEST_SECONDS = 48 * 3600;

/**
 * What Zoom would find wrong with a signature of the Meeting SDK.
 *
 * @param nowSeconds by the emulator's clock
 * @returns nothing when it is good
 */
export function problemsOfSignature(
  signature: string,
  clientSecret: string,
  nowSeconds: number,
): string[] {
  const [header = "", claims = "", mac] = signature.split(".");
  const expected = createHmac("sha256", clientSecret)
    .update(`${header}.${claims}`)
    .digest("base64url");
  if (mac !== expected) return ["the signature was made with another secret"];

  const head = HeaderSchema.safeParse(decode(header));
  const body = ClaimsSchema.safeParse(decode(claims));
  if (!head.success || !body.success) return ["header or claims are not Zoom's"];

  const { iat, exp, tokenExp } = body.data;
  const problems: string[] = [];
  if (iat > nowSeconds) problems.push("it is not good yet");
  if (exp <= nowSeconds || tokenExp <= nowSeconds) problems.push("it has expired");
  for (const end of [exp, tokenExp]) {
    if (end < iat + SHORTEST_SECONDS) problems.push("it lasts less than 1,800 seconds");
    if (end > iat + LONGEST_SECONDS) problems.push("it lasts more than 48 hours");
  }
  return problems;
}

function decode(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString());
  } catch {
    return null;
  }
}
