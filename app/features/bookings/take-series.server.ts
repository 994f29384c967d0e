import { parseWithZod } from "@conform-to/zod/v4";
import { data, redirect, type ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";

import { COUPON_FIELD_BY_CODE } from "~/features/coupons/coupon-codes";
import { getViewer, signedOutReply } from "~/lib/auth.server";
import { replyWithRefusal } from "~/lib/form-refusal";
import { bookingCheckoutPath, seriesPath, welcomePath } from "~/lib/paths";
import { textSchema } from "~/lib/text-schema";
import { readTimeZone } from "~/lib/time-zone.server";

import { requestSeries } from "./series.server";
import { SKIP } from "./series-words";

// Shape only. Which dates are free, and how many there may be, is request_series' to say.
const SeriesSchema = z
  .object({
    /** How many weeks the form showed, and how many are wanted. */
    shown: z.coerce.number().int().min(1).max(99),
    weeks: z.coerce.number({ error: "Choose how many weeks." }).int(),
    dates: z
      .array(z.union([z.literal(SKIP), z.iso.datetime({ offset: true })]).optional(), {
        error: "Choose a time.",
      })
      .default([]),
    note: textSchema(),
    coupon: textSchema(),
  })
  .superRefine(({ shown, dates }, context) => {
    for (let week = 0; week < shown; week += 1) {
      if (dates[week] !== undefined) continue;
      context.addIssue({
        code: "custom",
        path: ["dates", week],
        message: "Choose a time, or skip this week.",
      });
    }
  });

/**
 * The action of the page that shows the dates of a series: takes those that were chosen, or shows
 * another number of weeks.
 *
 * @param args of the action
 * @param offer which offer, by the page's address
 * @returns a redirect to the payment, or to the page itself; or the form again with what is wrong
 */
export async function takeSeries(
  args: ActionFunctionArgs,
  offer: { slug: string; offerId: string },
) {
  const formData = await args.request.formData();
  const slot = new URL(args.request.url).searchParams.get("slot") ?? "";
  const here = (query: { weeks: string; note: string; coupon: string }) =>
    seriesPath(offer.slug, offer.offerId, { slot, ...query });

  // Other weeks than the page showed are shown first: nobody takes dates unseen.
  if (formData.get("weeks") !== formData.get("shown")) {
    return redirect(
      here({
        weeks: text(formData, "weeks"),
        note: text(formData, "note"),
        coupon: text(formData, "coupon"),
      }),
    );
  }

  const submission = parseWithZod(formData, { schema: SeriesSchema });
  const viewer = await getViewer(args);
  if (!viewer.signedIn) {
    return signedOutReply(viewer, (message) => submission.reply({ formErrors: [message] }));
  }
  if (submission.status !== "success") return data(submission.reply(), { status: 400 });

  const { dates, note, coupon, weeks } = submission.value;
  const booking = await requestSeries(viewer.db, {
    offerId: offer.offerId,
    starts: dates.flatMap((start) => (start === undefined || start === SKIP ? [] : start)),
    timeZone: readTimeZone(args.request, viewer).timeZone,
    note,
    coupon,
  });
  if (booking.ok) return redirect(bookingCheckoutPath(booking.value));
  if (booking.error.code === "UPONB") {
    return redirect(welcomePath(here({ weeks: String(weeks), note, coupon })));
  }
  return data(replyWithRefusal(submission, booking.error, COUPON_FIELD_BY_CODE), {
    status: booking.error.status,
  });
}

function text(formData: FormData, name: string): string {
  const value = formData.get(name);
  return typeof value === "string" ? value : "";
}
