import { MEMBERSHIP_FORMS } from "./memberships-forms.ts";
import { tryWrongly } from "./wrong-form.ts";

tryWrongly(MEMBERSHIP_FORMS);
