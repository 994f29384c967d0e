/** In whose name a Clerk instance signs its tokens: its address, which its public key encodes. */
export function clerkIssuer(publishableKey: string): string {
  const encoded = publishableKey.split("_").at(-1) ?? "";
  return `https://${Buffer.from(encoded, "base64").toString().replace(/\$$/, "")}`;
}
