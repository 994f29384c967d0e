import { Hono } from "hono";
import { z } from "zod";

import type { EmulatorEnv } from "../shared/serve.ts";
import { listUsers } from "./backend-user-list.ts";
import { refusals } from "./errors.ts";
import { answerError, callerOf, json, parseBody, readPage, type ClerkContext } from "./http.ts";
import type { Instance } from "./instance.ts";
import type { User } from "./model.ts";
import { checkPasswordRules, hashPassword, verifyPassword } from "./passwords.ts";
import { userJson } from "./present-user.ts";
import { endSessionsOf } from "./sessions.ts";
import {
  addUser,
  changeUser,
  checkEmail,
  countFailure,
  findUserByEmail,
  getUser,
} from "./users.ts";

const MetadataSchema = z.record(z.string(), z.unknown());

const UpdateSchema = z.strictObject({
  external_id: z.string().nullable().optional(),
  first_name: z.string().nullable().optional(),
  last_name: z.string().nullable().optional(),
  password: z.string().optional(),
  skip_password_checks: z.boolean().optional(),
  sign_out_of_other_sessions: z.boolean().optional(),
  public_metadata: MetadataSchema.optional(),
  private_metadata: MetadataSchema.optional(),
  unsafe_metadata: MetadataSchema.optional(),
  bypass_client_trust: z.boolean().optional(),
  created_at: z.iso.datetime({ offset: true }).optional(),
});

const CreateSchema = UpdateSchema.extend({
  email_address: z.array(z.string()).min(1),
  skip_password_requirement: z.boolean().optional(),
});

const MetadataUpdateSchema = UpdateSchema.pick({
  public_metadata: true,
  private_metadata: true,
  unsafe_metadata: true,
});

/** /v1/users */
export function backendUsers(instance: Instance) {
  const app = new Hono<EmulatorEnv>();
  app.onError(answerError);
  const find = (context: ClerkContext) => getUser(instance.state, context.req.param("id") ?? "");
  const answer = (user: User) => json(userJson(instance, user));

  app.get("/", (context) => {
    const { limit, offset } = readPage(context);
    const users = listUsers(instance.state, new URL(context.req.url).searchParams);
    return json(users.slice(offset, offset + limit).map((user) => userJson(instance, user)));
  });
  app.get("/count", (context) => {
    const users = listUsers(instance.state, new URL(context.req.url).searchParams);
    return json({ object: "total_count", total_count: users.length });
  });

  app.post("/", async (context) => {
    const body = await parseBody(context, CreateSchema);
    const emailAddresses = body.email_address.map(checkEmail);
    if (emailAddresses.some((email) => findUserByEmail(instance.state, email))) {
      throw refusals.emailTaken();
    }
    if (body.password === undefined && !body.skip_password_requirement) {
      throw refusals.missing("password");
    }
    const changes = await changesOf(body);
    const createdAt = body.created_at ? Date.parse(body.created_at) : undefined;
    return answer(addUser(instance, { ...changes, emailAddresses, createdAt }, callerOf(context)));
  });

  app.get("/:id", (context) => answer(find(context)));
  app.patch("/:id", async (context) => {
    const user = find(context);
    const body = await parseBody(context, UpdateSchema);
    changeUser(instance, user, await changesOf(body), callerOf(context));
    if (body.sign_out_of_other_sessions) endSessionsOf(instance, user.id, callerOf(context));
    return answer(user);
  });
  app.patch("/:id/metadata", async (context) => {
    const user = find(context);
    const body = await parseBody(context, MetadataUpdateSchema);
    const changes = {
      publicMetadata: { ...user.publicMetadata, ...body.public_metadata },
      privateMetadata: { ...user.privateMetadata, ...body.private_metadata },
      unsafeMetadata: { ...user.unsafeMetadata, ...body.unsafe_metadata },
    };
    return answer(changeUser(instance, user, changes, callerOf(context)));
  });
  app.delete("/:id", (context) => {
    const user = find(context);
    endSessionsOf(instance, user.id, callerOf(context));
    delete instance.state.users[user.id];
    instance.changed();
    const deleted = { id: user.id, object: "user", deleted: true };
    instance.emit(
      "user.deleted",
      user.externalId ? { ...deleted, external_id: user.externalId } : deleted,
      callerOf(context),
    );
    return json(deleted);
  });

  app.post("/:id/ban", (context) => {
    const user = find(context);
    endSessionsOf(instance, user.id, callerOf(context));
    return answer(changeUser(instance, user, { isBanned: true }, callerOf(context)));
  });
  app.post("/:id/unban", (context) =>
    answer(changeUser(instance, find(context), { isBanned: false }, callerOf(context))),
  );
  app.post("/:id/lock", (context) => {
    const lockedUntil = instance.clock.now() + instance.settings.lockoutSeconds * 1000;
    return answer(changeUser(instance, find(context), { lockedUntil }, callerOf(context)));
  });
  app.post("/:id/unlock", (context) => {
    const changes = { lockedUntil: null, failedAttempts: 0 };
    return answer(changeUser(instance, find(context), changes, callerOf(context)));
  });

  app.post("/:id/verify_password", async (context) => {
    const user = find(context);
    const { password } = await parseBody(context, z.strictObject({ password: z.string() }));
    if (!user.passwordHash) throw refusals.noPassword();
    if (!(await verifyPassword(password, user.passwordHash))) {
      countFailure(instance, user);
      throw refusals.wrongPassword();
    }
    return json({ verified: true });
  });

  return app;
}

/** What of the body is stored as it is; fields that were left out stay out. */
async function changesOf(body: z.output<typeof UpdateSchema>): Promise<Partial<User>> {
  if (body.password !== undefined && !body.skip_password_checks) checkPasswordRules(body.password);
  const changes: Partial<User> = {
    externalId: body.external_id,
    firstName: body.first_name,
    lastName: body.last_name,
    publicMetadata: body.public_metadata,
    privateMetadata: body.private_metadata,
    unsafeMetadata: body.unsafe_metadata,
    bypassClientTrust: body.bypass_client_trust,
    ...(body.password !== undefined && {
      passwordHash: await hashPassword(body.password),
      passwordUpdatedAt: Date.now(),
    }),
  };
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}
