import type { Topic } from "./handler.ts";
import { calendlyCancelEvent } from "./topics/calendly-cancel-event.ts";
import { calendlyCheckHold } from "./topics/calendly-check-hold.ts";
import { calendlyCreateEvent } from "./topics/calendly-create-event.ts";
import { calendlyRevoke } from "./topics/calendly-revoke.ts";
import { calendlySync } from "./topics/calendly-sync.ts";
import { chargeCard } from "./topics/charge-card.ts";
import { createMeeting } from "./topics/create-meeting.ts";
import { deleteMeeting } from "./topics/delete-meeting.ts";
import { endSubscription } from "./topics/end-subscription.ts";
import { expireCheckout } from "./topics/expire-checkout.ts";
import { deleteRecording } from "./topics/delete-recording.ts";
import { moveMeeting } from "./topics/move-meeting.ts";
import { readAttendance } from "./topics/read-attendance.ts";
import {
  readAccount,
  readDispute,
  readPayment,
  readPayout,
  readRefund,
} from "./topics/read-again.ts";
import { readBalance } from "./topics/read-balance.ts";
import { readCharge } from "./topics/read-charge.ts";
import { readSubscription } from "./topics/read-subscription.ts";
import { removeFiles } from "./topics/remove-files.ts";
import { refund } from "./topics/refund.ts";
import { reverseTransfer } from "./topics/reverse-transfer.ts";
import { submitEvidence } from "./topics/submit-evidence.ts";
import { sweep } from "./topics/sweep.ts";
import { cancelPayment, capturePayment } from "./topics/settle-payment.ts";
import { setRecording } from "./topics/set-recording.ts";
import { sendAdminMail } from "./topics/send-admin-mail.ts";
import { sendDigest } from "./topics/send-digest.ts";
import { sendGuestMail } from "./topics/send-guest-mail.ts";
import { sendNotification } from "./topics/send-notification.ts";
import { writeNotice } from "./topics/write-notice.ts";
import { transfer } from "./topics/transfer.ts";

/** Everything the outbox can ask for; the names are those that SQL enqueues. */
export const topics: Record<string, Topic> = {
  "calendly.cancel_booking": calendlyCancelEvent,
  "calendly.cancel_event": calendlyCancelEvent,
  "calendly.check_hold": calendlyCheckHold,
  "calendly.create_event": calendlyCreateEvent,
  "calendly.revoke": calendlyRevoke,
  "calendly.sync": calendlySync,
  in_app: writeNotice,
  mail: sendNotification,
  mail_admins: sendAdminMail,
  mail_digest: sendDigest,
  mail_guest: sendGuestMail,
  "storage.remove_files": removeFiles,
  "stripe.cancel_payment": cancelPayment,
  "stripe.capture": capturePayment,
  "stripe.charge_card": chargeCard,
  "stripe.end_subscription": endSubscription,
  "stripe.expire_checkout": expireCheckout,
  "stripe.read_account": readAccount,
  "stripe.read_balance": readBalance,
  "stripe.read_charge": readCharge,
  "stripe.read_dispute": readDispute,
  "stripe.read_payment": readPayment,
  "stripe.read_payout": readPayout,
  "stripe.read_refund": readRefund,
  "stripe.read_subscription": readSubscription,
  "stripe.refund": refund,
  "stripe.reverse_transfer": reverseTransfer,
  "stripe.transfer": transfer,
  "stripe.submit_evidence": submitEvidence,
  "zoom.create_meeting": createMeeting,
  "zoom.delete_meeting": deleteMeeting,
  "zoom.delete_orphan": deleteMeeting,
  "zoom.delete_recording": deleteRecording,
  "zoom.move_meeting": moveMeeting,
  "zoom.read_attendance": readAttendance,
  "zoom.set_recording": setRecording,
  "zoom.sweep": sweep,
};
