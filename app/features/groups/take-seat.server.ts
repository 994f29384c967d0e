import { parseWithZod } from "@conform-to/zod/v4";
import { data, redirect, type ActionFunctionArgs } from "@remix-run/node";

import { COUPON_FIELD_BY_CODE } from "~/features/coupons/coupon-codes";
import { getViewer, signedOutReply } from "~/lib/auth.server";
import { replyWithRefusal } from "~/lib/form-refusal";
import { bookingCheckoutPath, groupDatesPath, signInPath, welcomePath } from "~/lib/paths";
import { readTimeZone } from "~/lib/time-zone.server";

import { takeSeat } from "./groups.server";
import { SeatSchema } from "./seat-schema";

/** Longer addresses are refused by some servers in between, and by sign-in as a destination. */
const LONGEST_RETURN_PATH = 1000;

/**
 * The action of the page on which a client takes a seat.
 *
 * @param args of the action
 * @param offer which offer, by the page's address
 * @returns a redirect to the payment, or to sign-in and back with what was chosen and written; or
 *   the form again with what is wrong
 */
export async function takeDateSeat(
  args: ActionFunctionArgs,
  offer: { slug: string; offerId: string },
) {
  const submission = parseWithZod(await args.request.formData(), { schema: SeatSchema });
  const viewer = await getViewer(args);

  const returnPath = () =>
    submission.status === "success"
      ? groupDatesPath(offer.slug, offer.offerId, {
          date: submission.value.date,
          note: submission.value.note,
          coupon: submission.value.coupon,
        })
      : null;

  if (!viewer.signedIn) {
    const path = returnPath();
    // Whoever was signed in a moment ago may have written a lot: they get it back right here.
    return viewer.because === "none" && path && path.length <= LONGEST_RETURN_PATH
      ? redirect(signInPath(path))
      : signedOutReply(viewer, (message) => submission.reply({ formErrors: [message] }));
  }
  if (submission.status !== "success") return data(submission.reply(), { status: 400 });

  const { date, note, coupon, showName } = submission.value;
  const seat = await takeSeat(viewer.db, {
    dateId: date,
    timeZone: readTimeZone(args.request, viewer).timeZone,
    note,
    isNameShown: showName,
    coupon,
  });
  if (seat.ok) return redirect(bookingCheckoutPath(seat.value));
  if (seat.error.code === "UPONB") return redirect(welcomePath(returnPath()));

  return data(
    replyWithRefusal(submission, seat.error, {
      OGFUL: "date",
      OGOVR: "date",
      OGTWO: "date",
      ...COUPON_FIELD_BY_CODE,
    }),
    { status: seat.error.status },
  );
}
