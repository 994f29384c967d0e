import { Hono } from "hono";
import { z } from "zod";

import type { EmulatorEnv } from "../shared/serve.ts";
import { callerOf } from "./http.ts";
import type { Instance } from "./instance.ts";
import { SettingsSchema } from "./settings.ts";
import { seedUsers, SeedUserSchema } from "./seed.ts";
import { normalizeEmail } from "./users.ts";

const SeedSchema = z.union([SeedUserSchema, z.array(SeedUserSchema)]);

/**
 * What Clerk's control panel has beside the common one; mount it at `/__admin`.
 *
 * POST users (one or many; existing ids are replaced), GET codes?email= (newest first),
 * GET and POST settings (POST changes some of them)
 */
export function clerkAdmin(instance: Instance) {
  const app = new Hono<EmulatorEnv>();
  app.onError((error, context) => {
    if (error instanceof z.ZodError) return context.json({ error: z.prettifyError(error) }, 400);
    throw error;
  });

  app.post("/users", async (context) => {
    const body = SeedSchema.parse(await context.req.json());
    const users = await seedUsers(instance, [body].flat(), callerOf(context));
    return context.json({ users: users.map(({ id }) => ({ id })) }, 201);
  });

  app.get("/codes", (context) => {
    const email = context.req.query("email");
    const wanted = email && normalizeEmail(email);
    const codes = instance.state.codes.filter((sent) => !wanted || sent.email === wanted);
    return context.json({ codes });
  });

  app.get("/settings", (context) => context.json(instance.settings));
  app.post("/settings", async (context) => {
    // Not a partial schema: defaults would put back what is not named.
    const changes = z.record(z.string(), z.unknown()).parse(await context.req.json());
    const settings = SettingsSchema.parse({ ...instance.settings, ...changes });
    return context.json(Object.assign(instance.settings, settings));
  });

  return app;
}
