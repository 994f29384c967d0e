import { redirect, type ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";

import { removeOutOfOffice } from "~/features/availability/plans.server";
import { removePlan } from "~/features/availability/remove-plan.server";
import { parseParams } from "~/lib/params.server";
import { coachOutOfOfficePath } from "~/lib/paths";

const ParamsSchema = z.object({ id: z.uuid() });

export async function action(args: ActionFunctionArgs) {
  const { id } = parseParams(args.params, ParamsSchema);
  return removePlan(args, coachOutOfOfficePath(), (db) => removeOutOfOffice(db, id));
}

// Somebody who opens the address itself, or comes back to it from sign-in.
export function loader() {
  return redirect(coachOutOfOfficePath());
}
