import type { errorJson } from "./errors.ts";

/** Proof that a person holds an e-mail address: a six-digit code that was sent there. */
export type Verification = {
  strategy: "email_code" | "reset_password_email_code" | "password" | "oauth_google";
  /** transferable: a Google account without a user; a sign-up can take it over. */
  status: "unverified" | "verified" | "failed" | "expired" | "transferable";
  code: string | null;
  attempts: number;
  /** Milliseconds, by the emulator's clock. */
  sentAt: number;
  expireAt: number;
  /** Only for oauth_google: where the browser goes to consent. */
  externalRedirectUrl?: string;
  /** Only for oauth_google: the page of the site where it comes back. */
  returnUrl?: string;
  /** Only for oauth_google: where it comes back when it is signed in; `returnUrl` when left out. */
  completeUrl?: string;
  /** Only for oauth_google: who consented, kept for the attempt that takes it over. */
  profile?: GoogleProfile;
  /** Why it came to nothing. */
  error?: ReturnType<typeof errorJson>;
};

/** What Google tells about somebody who consents. */
export type GoogleProfile = { email: string; firstName: string; lastName: string };

export type EmailAddress = { id: string; address: string; isVerified: boolean };

export type ExternalAccount = { id: string; provider: "oauth_google"; providerUserId: string };

/** All times are milliseconds, by the emulator's clock. */
export type User = {
  id: string;
  externalId: string | null;
  emailAddresses: EmailAddress[];
  externalAccounts: ExternalAccount[];
  firstName: string | null;
  lastName: string | null;
  passwordHash: string | null;
  passwordUpdatedAt: number | null;
  publicMetadata: Record<string, unknown>;
  privateMetadata: Record<string, unknown>;
  unsafeMetadata: Record<string, unknown>;
  isBanned: boolean;
  /** Device Trust does not ask this user for a code. */
  bypassClientTrust: boolean;
  failedAttempts: number;
  lockedUntil: number | null;
  legalAcceptedAt: number | null;
  lastSignInAt: number | null;
  lastActiveAt: number | null;
  createdAt: number;
  updatedAt: number;
};

/** A browser, as Clerk knows it by its `__client` cookie. It outlives sign-outs. */
export type Client = {
  id: string;
  rotatingToken: string;
  /** Users who proved on this browser that they read their mail (Device Trust). */
  trustedUserIds: string[];
  signInId: string | null;
  signUpId: string | null;
  lastActiveSessionId: string | null;
  createdAt: number;
  updatedAt: number;
};

export type SessionStatus = "active" | "ended" | "removed" | "revoked" | "expired";

export type Session = {
  id: string;
  clientId: string;
  userId: string;
  status: SessionStatus;
  /** Seconds of the real clock, which is the one that verifiers of tokens have. */
  signedInAtSeconds: number;
  firstFactorAt: number;
  secondFactorAt: number | null;
  lastActiveAt: number;
  expireAt: number;
  abandonAt: number;
  createdAt: number;
  updatedAt: number;
};

export type SignInStatus =
  | "needs_identifier"
  | "needs_first_factor"
  | "needs_client_trust"
  | "needs_new_password"
  | "complete";

export type SignIn = {
  id: string;
  clientId: string;
  userId: string | null;
  identifier: string | null;
  status: SignInStatus;
  firstFactor: Verification | null;
  secondFactor: Verification | null;
  createdSessionId: string | null;
  createdAt: number;
};

export type SignUp = {
  id: string;
  clientId: string;
  emailAddress: string | null;
  passwordHash: string | null;
  firstName: string | null;
  lastName: string | null;
  unsafeMetadata: Record<string, unknown>;
  legalAcceptedAt: number | null;
  emailVerification: Verification | null;
  externalAccount: Verification | null;
  createdSessionId: string | null;
  createdUserId: string | null;
  createdAt: number;
  abandonAt: number;
};

/** A code that went out, for tests and for the console page. */
export type SentCode = { email: string; code: string; purpose: string; sentAt: number };

/** What Clerk stores. Plain JSON, so that it survives a restart as a snapshot. */
export type State = {
  users: Record<string, User>;
  clients: Record<string, Client>;
  sessions: Record<string, Session>;
  signIns: Record<string, SignIn>;
  signUps: Record<string, SignUp>;
  /** Newest first. */
  codes: SentCode[];
};

/** The state of an instance nobody has used. */
export function emptyState(): State {
  return { users: {}, clients: {}, sessions: {}, signIns: {}, signUps: {}, codes: [] };
}
