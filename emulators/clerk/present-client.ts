import type { Caller, Instance } from "./instance.ts";
import type { Client, Session, SignIn, SignUp, User } from "./model.ts";
import { publicUserJson, verificationJson } from "./present-user.ts";
import { activeSessions } from "./sessions.ts";
import { missingFields, signUpStatus, unverifiedFields } from "./sign-up-requirements.ts";
import { mintSessionToken } from "./tokens.ts";

/** A browser as the Frontend API shows it, with a fresh token in each session. */
export function clientJson(instance: Instance, client: Client, caller: Caller) {
  const { signIns, signUps } = instance.state;
  const signIn = client.signInId ? signIns[client.signInId] : undefined;
  const signUp = client.signUpId ? signUps[client.signUpId] : undefined;
  return {
    object: "client",
    id: client.id,
    sessions: activeSessions(instance, client).map((session) =>
      clientSessionJson(instance, session, caller),
    ),
    sign_in: signIn ? signInJson(instance, signIn) : null,
    sign_up: signUp ? signUpJson(instance, signUp) : null,
    last_active_session_id: client.lastActiveSessionId,
    last_authentication_strategy: null,
    cookie_expires_at: null,
    captcha_bypass: false,
    created_at: client.createdAt,
    updated_at: client.updatedAt,
  };
}

/** A session as the Frontend API shows it. */
export function clientSessionJson(instance: Instance, session: Session, caller: Caller) {
  const user = instance.state.users[session.userId];
  const isActive = session.status === "active";
  return {
    object: "session",
    id: session.id,
    status: session.status,
    factor_verification_age: [0, session.secondFactorAt === null ? -1 : 0],
    expire_at: session.expireAt,
    abandon_at: session.abandonAt,
    last_active_at: session.lastActiveAt,
    last_active_token: isActive
      ? { object: "token", jwt: mintSessionToken(instance, session, caller.origin) }
      : null,
    last_active_organization_id: null,
    actor: null,
    tasks: null,
    user: user ? publicUserJson(instance, user) : null,
    public_user_data: user ? publicUserData(instance, user) : null,
    created_at: session.createdAt,
    updated_at: session.updatedAt,
  };
}

/** A sign-in attempt, with the ways forward that this user has. */
export function signInJson(instance: Instance, signIn: SignIn) {
  const user = signIn.userId ? instance.state.users[signIn.userId] : undefined;
  const needsSecond = signIn.status === "needs_client_trust";
  return {
    object: "sign_in_attempt",
    id: signIn.id,
    status: signIn.status,
    ...(needsSecond && { client_trust_state: "new" }),
    supported_identifiers: ["email_address"],
    identifier: signIn.identifier,
    user_data: user ? publicUserData(instance, user) : null,
    supported_first_factors: user ? firstFactors(user) : [],
    supported_second_factors: user && needsSecond ? [emailFactor(user, "email_code")] : [],
    first_factor_verification: verificationJson(signIn.firstFactor),
    second_factor_verification: verificationJson(signIn.secondFactor),
    created_session_id: signIn.createdSessionId,
    created_at: signIn.createdAt,
  };
}

/** A sign-up attempt, with what is still missing. */
export function signUpJson(instance: Instance, signUp: SignUp) {
  const { settings } = instance;
  const names = ["first_name", "last_name"];
  return {
    object: "sign_up_attempt",
    id: signUp.id,
    status: signUpStatus(settings, signUp),
    required_fields: ["email_address", "password", ...(settings.namesRequired ? names : [])],
    optional_fields: settings.namesRequired ? ["oauth_google"] : [...names, "oauth_google"],
    missing_fields: missingFields(settings, signUp),
    unverified_fields: unverifiedFields(signUp),
    verifications: {
      email_address: {
        ...verificationJson(signUp.emailVerification),
        next_action: nextAction(signUp),
        supported_strategies: ["email_code"],
      },
      phone_number: null,
      web3_wallet: null,
      external_account: verificationJson(signUp.externalAccount),
    },
    username: null,
    email_address: signUp.emailAddress,
    phone_number: null,
    web3_wallet: null,
    password_enabled: signUp.passwordHash !== null,
    has_password: signUp.passwordHash !== null,
    first_name: signUp.firstName,
    last_name: signUp.lastName,
    unsafe_metadata: signUp.unsafeMetadata,
    public_metadata: {},
    custom_action: false,
    external_id: null,
    external_account: null,
    external_account_strategy: signUp.externalAccount?.strategy ?? null,
    created_session_id: signUp.createdSessionId,
    created_user_id: signUp.createdUserId,
    abandon_at: signUp.abandonAt,
    legal_accepted_at: signUp.legalAcceptedAt,
    locale: null,
  };
}

function nextAction(signUp: SignUp): string {
  if (!signUp.emailAddress || signUp.emailVerification?.status === "verified") return "";
  return signUp.emailVerification ? "needs_attempt" : "needs_prepare";
}

function firstFactors(user: User) {
  return [
    ...(user.passwordHash ? [{ strategy: "password" }] : []),
    { ...emailFactor(user, "email_code"), primary: true },
    ...(user.passwordHash
      ? [{ ...emailFactor(user, "reset_password_email_code"), primary: true }]
      : []),
  ];
}

function emailFactor(user: User, strategy: string) {
  const [email] = user.emailAddresses;
  return {
    strategy,
    safe_identifier: email ? maskEmail(email.address) : "",
    email_address_id: email?.id ?? "",
  };
}

function publicUserData(instance: Instance, user: User) {
  return {
    first_name: user.firstName,
    last_name: user.lastName,
    image_url: `${instance.url()}/image/${user.id}`,
    has_image: false,
    identifier: user.emailAddresses[0]?.address ?? "",
    user_id: user.id,
  };
}

/** ada@example.com becomes a**@example.com: whoever stands before the screen may not be Ada. */
function maskEmail(address: string): string {
  const [name = "", domain = ""] = address.split("@");
  return `${name.slice(0, 1)}${"*".repeat(Math.max(1, name.length - 1))}@${domain}`;
}
