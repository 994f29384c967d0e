import { ACCOUNT_FORMS } from "./accounts-forms.ts";
import { tryWrongly } from "./wrong-form.ts";

tryWrongly(ACCOUNT_FORMS);
