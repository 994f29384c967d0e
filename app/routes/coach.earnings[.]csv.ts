import { redirect, type LoaderFunctionArgs } from "@remix-run/node";

import { earningsCsv } from "~/features/payouts/earnings-csv";
import { allEarnings } from "~/features/payouts/earnings.server";
import { requirePractice } from "~/features/practice/require-practice.server";
import { coachEarningsFilePath, signInPath } from "~/lib/paths";

/** A coach's earnings as a file, for their books. */
export async function loader(args: LoaderFunctionArgs) {
  const { viewer, coachId, timeZone } = await requirePractice(args);
  if (!coachId) throw redirect(signInPath(coachEarningsFilePath()));

  return new Response(earningsCsv(await allEarnings(viewer.db), timeZone), {
    headers: {
      "Cache-Control": "private, no-store",
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": 'attachment; filename="earnings.csv"',
    },
  });
}
