import { refusals } from "./errors.ts";
import { createId } from "./ids.ts";
import type { Caller, Instance } from "./instance.ts";
import type { Client, Session, SessionStatus, User } from "./model.ts";
import { userJson } from "./present-user.ts";
import { forgiveFailures } from "./users.ts";

const ABANDON_MILLISECONDS = 30 * 24 * 3600 * 1000;

/**
 * Signs a user in on a browser, which is trusted with this user from now on.
 *
 * @param usedSecondFactor whether a second proof was given
 */
export function createSession(
  instance: Instance,
  client: Client,
  user: User,
  caller: Caller,
  usedSecondFactor = false,
): Session {
  const now = instance.clock.now();
  const session: Session = {
    id: createId("sess"),
    clientId: client.id,
    userId: user.id,
    status: "active",
    signedInAtSeconds: Math.floor(Date.now() / 1000),
    firstFactorAt: now,
    secondFactorAt: usedSecondFactor ? now : null,
    lastActiveAt: now,
    expireAt: now + instance.settings.sessionLifetimeSeconds * 1000,
    abandonAt: now + ABANDON_MILLISECONDS,
    createdAt: now,
    updatedAt: now,
  };
  instance.state.sessions[session.id] = session;
  client.lastActiveSessionId = session.id;
  client.updatedAt = now;
  if (!client.trustedUserIds.includes(user.id)) client.trustedUserIds.push(user.id);
  user.lastSignInAt = now;
  user.lastActiveAt = now;
  forgiveFailures(user);

  instance.changed();
  instance.emit("session.created", sessionEventJson(instance, session), caller);
  return session;
}

/** The sessions of a browser that are still good, oldest first. */
export function activeSessions(instance: Instance, client: Client): Session[] {
  return Object.values(instance.state.sessions).filter(
    (session) => session.clientId === client.id && isActive(instance, session),
  );
}

/** Whether the session is good at this moment; one whose time is over becomes expired. */
export function isActive(instance: Instance, session: Session): boolean {
  if (session.status === "active" && instance.clock.now() >= session.expireAt) {
    session.status = "expired";
    instance.changed();
  }
  return session.status === "active";
}

/** @throws ClerkError 404 when there is no such session */
export function getSession(instance: Instance, id: string): Session {
  const session = instance.state.sessions[id];
  if (!session) throw refusals.sessionNotFound(id);
  return session;
}

/** Ends a session for good and tells the webhook; one that has ended already stays as it is. */
export function endSession(
  instance: Instance,
  session: Session,
  status: Extract<SessionStatus, "ended" | "removed" | "revoked">,
  caller: Caller,
): void {
  if (!isActive(instance, session)) return;
  session.status = status;
  session.updatedAt = instance.clock.now();
  const client = instance.state.clients[session.clientId];
  if (client?.lastActiveSessionId === session.id) client.lastActiveSessionId = null;
  instance.changed();
  instance.emit(`session.${status}`, sessionEventJson(instance, session), caller);
}

/** Ends every session of a user, except perhaps one. */
export function endSessionsOf(
  instance: Instance,
  userId: string,
  caller: Caller,
  exceptSessionId?: string,
): void {
  for (const session of Object.values(instance.state.sessions)) {
    if (session.userId === userId && session.id !== exceptSessionId) {
      endSession(instance, session, "revoked", caller);
    }
  }
}

/** A session as the Backend API shows it. */
export function sessionJson(session: Session) {
  return {
    object: "session",
    id: session.id,
    client_id: session.clientId,
    user_id: session.userId,
    status: session.status,
    last_active_organization_id: null,
    actor: null,
    last_active_at: session.lastActiveAt,
    expire_at: session.expireAt,
    abandon_at: session.abandonAt,
    created_at: session.createdAt,
    updated_at: session.updatedAt,
  };
}

function sessionEventJson(instance: Instance, session: Session) {
  const user = instance.state.users[session.userId];
  return { ...sessionJson(session), user: user ? userJson(instance, user) : null };
}
