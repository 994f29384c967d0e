import { parseWithZod } from "@conform-to/zod/v4";
import { data, redirect, type ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";

import { COUPON_FIELD_BY_CODE } from "~/features/coupons/coupon-codes";
import { getViewer, signedOutReply } from "~/lib/auth.server";
import { localDay } from "~/lib/format-date";
import { replyWithRefusal } from "~/lib/form-refusal";
import {
  bookingCheckoutPath,
  bookOfferPath,
  seriesPath,
  signInPath,
  welcomePath,
} from "~/lib/paths";
import { textSchema } from "~/lib/text-schema";
import { readTimeZone } from "~/lib/time-zone.server";

import { requestBooking } from "./bookings.server";

// Shape only. Whether the time is offered, and free, is request_booking's to say.
const BookSchema = z.object({
  slot: z.iso.datetime({ offset: true, error: "Choose a time." }),
  note: textSchema(),
  coupon: textSchema(),
  /** There when the time is wanted every week: its dates are shown before any is taken. */
  repeat: z.literal("weekly").optional(),
});

/** Longer addresses are refused by some servers in between, and by sign-in as a destination. */
const LONGEST_RETURN_PATH = 1000;

/**
 * The action of the page on which a client chooses a time.
 *
 * @param args of the action
 * @param offer which offer, by the page's address
 * @returns a redirect to the payment, to the dates of a series, or to sign-in and back with what was chosen and written; or
 *   the form again with what is wrong
 */
export async function takeTime(args: ActionFunctionArgs, offer: { slug: string; offerId: string }) {
  const submission = parseWithZod(await args.request.formData(), { schema: BookSchema });
  const viewer = await getViewer(args);
  const { timeZone } = readTimeZone(args.request, viewer);

  const returnPath = () => {
    if (submission.status !== "success") return null;
    const { repeat, slot, note, coupon } = submission.value;
    return repeat
      ? seriesPath(offer.slug, offer.offerId, { slot, note, coupon })
      : bookOfferPath(offer.slug, offer.offerId, {
          week: localDay(slot, timeZone),
          slot,
          note,
          coupon,
        });
  };

  if (!viewer.signedIn) {
    const path = returnPath();
    // Whoever was signed in a moment ago may have written a lot: they get it back right here.
    return viewer.because === "none" && path && path.length <= LONGEST_RETURN_PATH
      ? redirect(signInPath(path))
      : signedOutReply(viewer, (message) => submission.reply({ formErrors: [message] }));
  }
  if (submission.status !== "success") return data(submission.reply(), { status: 400 });

  const { slot, note, coupon, repeat } = submission.value;
  if (repeat) return redirect(seriesPath(offer.slug, offer.offerId, { slot, note, coupon }));

  const booking = await requestBooking(viewer.db, {
    offerId: offer.offerId,
    startsAt: slot,
    timeZone,
    note,
    coupon,
  });
  if (booking.ok) return redirect(bookingCheckoutPath(booking.value));
  if (booking.error.code === "UPONB") return redirect(welcomePath(returnPath()));

  return data(
    replyWithRefusal(submission, booking.error, {
      OBTKN: "slot",
      OBTIM: "slot",
      ...COUPON_FIELD_BY_CODE,
    }),
    { status: booking.error.status },
  );
}
