import { errors, jwtVerify, SignJWT } from "jose";

import { createJwtSecret } from "../keys.ts";
import { REFUSALS } from "./refusal.ts";

/**
 * Makes and checks the addresses that open an object for whoever has them, until they expire. The
 * secret lives as long as the service.
 */
export function createAddressSigner(now: () => Date) {
  const secret = new TextEncoder().encode(createJwtSecret());

  /** @returns the address below /storage/v1 */
  async function sign(bucketId: string, name: string, seconds: number): Promise<string> {
    const url = `${bucketId}/${name}`;
    const issuedAt = Math.floor(now().getTime() / 1_000);
    const token = await new SignJWT({ url })
      .setProtectedHeader({ alg: "HS256" })
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + seconds)
      .sign(secret);
    return `/object/sign/${url}?token=${token}`;
  }

  /**
   * @returns when the address expires
   * @throws StorageRefusal for a token that is forged, of another object, or past its time
   */
  async function verify(bucketId: string, name: string, token: string): Promise<Date> {
    const { payload } = await jwtVerify(token, secret, {
      algorithms: ["HS256"],
      requiredClaims: ["exp"],
      currentDate: now(),
    }).catch((error: unknown) => {
      if (error instanceof errors.JOSEError) throw REFUSALS.invalidJwt(error.message);
      throw error;
    });
    if (payload.url !== `${bucketId}/${name}`) throw REFUSALS.invalidSignature();
    return new Date(Number(payload.exp) * 1_000);
  }

  return { sign, verify };
}

export type AddressSigner = ReturnType<typeof createAddressSigner>;
