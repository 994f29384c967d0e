/** What a page may load, and where its forms may lead. */
export type SecurityPolicy = {
  /** Random for every response; scripts and styles without it don't run. */
  nonce: string;
  /** Whether people reach the site on https. */
  isSecure: boolean;
  /** Vite injects style elements without a nonce; only the dev server may. */
  allowsInjectedStyles: boolean;
  /** Origin of the database project: realtime sockets and stored images. */
  projectOrigin: string;
  /** Origins a form may end up at after our redirect, such as a payment page. */
  formTargets: readonly string[];
  /** What the page shows of another site: the one script that does, and the origin of its frames. */
  embed: { scriptUrl: string; origin: string } | null;
};

/**
 * @returns a nonce for one response: 128 random bits
 */
export function newNonce(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64url");
}

/**
 * The headers every answer of the site carries.
 *
 * @param policy what this answer may do
 * @returns names and values
 */
export function securityHeaders(policy: SecurityPolicy): Record<string, string> {
  return {
    "Content-Security-Policy": contentSecurityPolicy(policy),
    // Not no-referrer: with it browsers send `Origin: null` with forms, and those are refused.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy":
      "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    ...(policy.isSecure
      ? { "Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload" }
      : {}),
  };
}

function contentSecurityPolicy(policy: SecurityPolicy): string {
  const nonce = `'nonce-${policy.nonce}'`;
  const socket = policy.projectOrigin.replace(/^http/, "ws");
  const directives = [
    "default-src 'none'",
    ["script-src 'self'", nonce, ...(policy.embed ? [policy.embed.scriptUrl] : [])].join(" "),
    ...(policy.embed ? [`frame-src ${policy.embed.origin}`] : []),
    // A nonce in the list would switch 'unsafe-inline' off again.
    `style-src-elem 'self' ${policy.allowsInjectedStyles ? "'unsafe-inline'" : nonce}`,
    "style-src-attr 'none'",
    `img-src 'self' data: ${policy.projectOrigin}`,
    "font-src 'self'",
    `connect-src 'self' ${policy.projectOrigin} ${socket}`,
    "manifest-src 'self'",
    ["form-action 'self'", ...policy.formTargets].join(" "),
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
    ...(policy.isSecure ? ["upgrade-insecure-requests"] : []),
  ];
  return directives.join("; ");
}
