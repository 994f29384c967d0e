import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  createSign,
  createVerify,
  createHash,
  type KeyObject,
} from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

export type PublicJwk = {
  use: "sig";
  kty: string;
  kid: string;
  alg: "RS256";
  n: string;
  e: string;
};

export type Keys = {
  /** What /v1/jwks and /.well-known/jwks.json publish. */
  jwks: { keys: PublicJwk[] };
  /** For CLERK_JWT_KEY. */
  publicPem: string;
  /** Signs claims as an RS256 token. */
  sign(claims: Record<string, unknown>): string;
  /** The claims of a token that this key signed, or null. Expiry is the caller's to judge. */
  read(token: string): Record<string, unknown> | null;
};

/**
 * Opens the instance's signing key.
 *
 * @param path PEM file of the private key, made on the first start. Keep it: the gateway and every
 *   cached key set trust this very key. Without a path the key lives as long as the process.
 */
export function openKeys(path?: string): Keys {
  const privateKey = path ? readOrCreate(path) : createPrivate();
  const publicKey = createPublicKey(privateKey);
  const jwk = publicJwk(publicKey);
  const header = encode({ alg: "RS256", cat: "cl_B7d4PD111AAA", kid: jwk.kid, typ: "JWT" });

  return {
    jwks: { keys: [jwk] },
    publicPem: publicKey.export({ type: "spki", format: "pem" }).toString(),
    sign(claims) {
      const content = `${header}.${encode(claims)}`;
      return `${content}.${createSign("RSA-SHA256").update(content).sign(privateKey, "base64url")}`;
    },
    read(token) {
      const [head, body, signature] = token.split(".");
      if (!head || !body || !signature) return null;
      const isOurs = createVerify("RSA-SHA256")
        .update(`${head}.${body}`)
        .verify(publicKey, signature, "base64url");
      if (!isOurs) return null;
      return JSON.parse(Buffer.from(body, "base64url").toString()) as Record<string, unknown>;
    },
  };
}

function readOrCreate(path: string): KeyObject {
  try {
    return createPrivateKey(readFileSync(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const key = createPrivate();
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, key.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  return key;
}

function createPrivate(): KeyObject {
  return generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
}

function publicJwk(key: KeyObject): PublicJwk {
  const { n = "", e = "" } = key.export({ format: "jwk" });
  const kid = `ins_${createHash("sha256").update(n).digest("base64url").slice(0, 27)}`;
  return { use: "sig", kty: "RSA", kid, alg: "RS256", n, e };
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
