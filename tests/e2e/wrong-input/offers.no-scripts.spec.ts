import { OFFER_FORMS } from "./offers-forms.ts";
import { tryWrongly } from "./wrong-form.ts";

tryWrongly(OFFER_FORMS);
