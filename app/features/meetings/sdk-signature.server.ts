import { createHmac } from "node:crypto";

/** Zoom takes no shorter one than half an hour, and advises against more than 48. */
const LASTS_SECONDS = 2 * 3600;

/** Zoom's clock may be a little behind ours. */
const EARLY_SECONDS = 30;

/**
 * Signs the way into a meeting for Zoom's Meeting SDK: a JWT (HS256) that lets a browser join this
 * one meeting as a guest. Nobody gets role 1 by it: the host comes by the start link.
 * https://developers.zoom.us/docs/meeting-sdk/auth/
 *
 * @param app the SDK app's client id and secret
 * @param meetingNumber digits
 * @param nowSeconds since 1970
 * @returns the signature
 */
export function signForSdk(
  app: { clientId: string; clientSecret: string },
  meetingNumber: string,
  nowSeconds: number,
): string {
  const iat = nowSeconds - EARLY_SECONDS;
  const exp = iat + LASTS_SECONDS;
  const claims = { appKey: app.clientId, mn: meetingNumber, role: 0, iat, exp, tokenExp: exp };
  const text = [{ alg: "HS256", typ: "JWT" }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
  const mac = createHmac("sha256", app.clientSecret).update(text).digest("base64url");
  return `${text}.${mac}`;
}
