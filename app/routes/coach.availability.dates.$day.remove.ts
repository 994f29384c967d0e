import { redirect, type ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";

import { isDay } from "~/features/availability/plan-schemas";
import { removeOverride } from "~/features/availability/plans.server";
import { removePlan } from "~/features/availability/remove-plan.server";
import { parseParams } from "~/lib/params.server";
import { coachOverridesPath } from "~/lib/paths";

const ParamsSchema = z.object({ day: z.string().refine((day) => isDay(day)) });

export async function action(args: ActionFunctionArgs) {
  const { day } = parseParams(args.params, ParamsSchema);
  return removePlan(args, coachOverridesPath(), (db) => removeOverride(db, day));
}

// Somebody who opens the address itself, or comes back to it from sign-in.
export function loader() {
  return redirect(coachOverridesPath());
}
