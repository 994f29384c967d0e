import { BOOKING_FORMS } from "./bookings-forms.ts";
import { tryWrongly } from "./wrong-form.ts";

tryWrongly(BOOKING_FORMS);
