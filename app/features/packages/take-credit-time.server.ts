import { parseWithZod } from "@conform-to/zod/v4";
import { data, type ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";

import { getViewer, signedOutReply } from "~/lib/auth.server";
import { redirectWithFlash } from "~/lib/flash.server";
import { replyWithRefusal } from "~/lib/form-refusal";
import { bookingPath } from "~/lib/paths";
import { textSchema } from "~/lib/text-schema";
import { readTimeZone } from "~/lib/time-zone.server";

import { bookWithCredit, findPackage } from "./packages.server";

// Shape only. Whether the time is offered, and paid for, is request_booking_with_credit's to say.
const TimeSchema = z.object({
  slot: z.iso.datetime({ offset: true, error: "Choose a time." }),
  note: textSchema(),
});

/**
 * The action of the page on which a client chooses a time for a session of a package.
 *
 * @param args of the action
 * @param orderId the package's order
 * @returns a redirect to the session; or the form again with what is wrong
 */
export async function takeCreditTime(args: ActionFunctionArgs, orderId: string) {
  const submission = parseWithZod(await args.request.formData(), { schema: TimeSchema });
  const viewer = await getViewer(args);
  if (!viewer.signedIn) {
    return signedOutReply(viewer, (message) => submission.reply({ formErrors: [message] }));
  }
  if (submission.status !== "success") return data(submission.reply(), { status: 400 });

  const { slot, note } = submission.value;
  const { timeZone } = readTimeZone(args.request, viewer);
  const booking = await bookWithCredit(viewer.db, { orderId, startsAt: slot, timeZone, note });
  if (!booking.ok) {
    return data(
      replyWithRefusal(submission, booking.error, { OBTKN: "slot", OBTIM: "slot", OKLAT: "slot" }),
      { status: booking.error.status },
    );
  }

  const own = await findPackage(viewer.db, orderId);
  return redirectWithFlash(bookingPath(booking.value), {
    kind: "success",
    title: own?.is_instant ? "You’re booked." : "Your request is sent.",
    description: own?.is_instant
      ? "The details are in your inbox, with a file for your calendar."
      : `${own?.coach_name ?? "Your coach"} has been asked, and you get a mail with the answer.`,
  });
}
