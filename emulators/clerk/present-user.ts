import type { Instance } from "./instance.ts";
import type { User, Verification } from "./model.ts";

/** A verification as both APIs show it. The code itself never is. */
export function verificationJson(verification: Verification | null) {
  if (!verification) return null;
  return {
    object: "verification",
    status: verification.status,
    strategy: verification.strategy,
    attempts: verification.attempts,
    expire_at: verification.expireAt,
    error: verification.error ?? null,
    ...(verification.externalRedirectUrl && {
      external_verification_redirect_url: verification.externalRedirectUrl,
    }),
  };
}

/** A user with what only the Backend API and webhooks tell. */
export function userJson(instance: Instance, user: User) {
  const { maximumFailedAttempts } = instance.settings;
  const lockedSeconds =
    user.lockedUntil === null
      ? 0
      : Math.max(0, Math.ceil((user.lockedUntil - instance.clock.now()) / 1000));
  return {
    ...publicUserJson(instance, user),
    private_metadata: user.privateMetadata,
    banned: user.isBanned,
    locked: lockedSeconds > 0,
    lockout_expires_in_seconds: lockedSeconds || null,
    verification_attempts_remaining:
      lockedSeconds > 0 ? 0 : Math.max(0, maximumFailedAttempts - user.failedAttempts),
    bypass_client_trust: user.bypassClientTrust,
  };
}

/** A user as the Frontend API shows it to the person. */
export function publicUserJson(instance: Instance, user: User) {
  return {
    id: user.id,
    object: "user",
    external_id: user.externalId,
    username: null,
    first_name: user.firstName,
    last_name: user.lastName,
    locale: null,
    image_url: `${instance.url()}/image/${user.id}`,
    has_image: false,
    primary_email_address_id: user.emailAddresses[0]?.id ?? null,
    primary_phone_number_id: null,
    primary_web3_wallet_id: null,
    password_enabled: user.passwordHash !== null,
    two_factor_enabled: false,
    totp_enabled: false,
    backup_code_enabled: false,
    email_addresses: user.emailAddresses.map((email) => ({
      id: email.id,
      object: "email_address",
      email_address: email.address,
      reserved: false,
      verification: {
        object: "verification_otp",
        status: email.isVerified ? "verified" : "unverified",
        strategy: "email_code",
        attempts: 1,
        expire_at: null,
      },
      linked_to: [],
      matches_sso_connection: false,
      created_at: user.createdAt,
      updated_at: user.createdAt,
    })),
    phone_numbers: [],
    web3_wallets: [],
    passkeys: [],
    external_accounts: user.externalAccounts.map((account) => externalAccountJson(user, account)),
    saml_accounts: [],
    enterprise_accounts: [],
    organization_memberships: [],
    password_last_updated_at: user.passwordUpdatedAt,
    public_metadata: user.publicMetadata,
    unsafe_metadata: user.unsafeMetadata,
    last_sign_in_at: user.lastSignInAt,
    last_active_at: user.lastActiveAt,
    created_at: user.createdAt,
    updated_at: user.updatedAt,
    create_organization_enabled: false,
    create_organizations_limit: null,
    delete_self_enabled: true,
    legal_accepted_at: user.legalAcceptedAt,
  };
}

function externalAccountJson(user: User, account: User["externalAccounts"][number]) {
  return {
    id: account.id,
    object: "google_account",
    provider: account.provider,
    identification_id: account.id,
    provider_user_id: account.providerUserId,
    approved_scopes: "email profile",
    email_address: user.emailAddresses[0]?.address ?? "",
    first_name: user.firstName ?? "",
    last_name: user.lastName ?? "",
    username: null,
    phone_number: null,
    public_metadata: {},
    label: null,
    verification: {
      object: "verification_oauth",
      status: "verified",
      strategy: account.provider,
      attempts: null,
      expire_at: null,
    },
  };
}
