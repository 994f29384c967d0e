import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";

import { findPlan, stopPlan } from "~/features/instalments/instalments.server";
import { requireSignedIn } from "~/lib/auth.server";
import { redirectWithFlash } from "~/lib/flash.server";
import { parseParams } from "~/lib/params.server";
import { ownPackagePath } from "~/lib/paths";

const ParamsSchema = z.object({ orderId: z.uuid() });

/** Somebody opens the address itself, or comes back to it from sign-in. */
export function loader({ params }: LoaderFunctionArgs) {
  return redirect(ownPackagePath(parseParams(params, ParamsSchema).orderId));
}

export async function action(args: ActionFunctionArgs) {
  const { orderId } = parseParams(args.params, ParamsSchema);
  const { db } = await requireSignedIn(args);

  const plan = await findPlan(db, orderId);
  if (!plan) throw new Response("Not found", { status: 404 });
  const stopped = await stopPlan(db, plan.plan_id);
  return redirectWithFlash(
    ownPackagePath(orderId),
    stopped.ok
      ? {
          kind: "success",
          title: "The payments are stopped.",
          description: "Nothing more is charged. The sessions that you have paid for stay yours.",
        }
      : { kind: "error", title: stopped.error.message },
  );
}
