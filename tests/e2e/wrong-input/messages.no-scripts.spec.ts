import { MESSAGE_FORMS } from "./messages-forms.ts";
import { tryWrongly } from "./wrong-form.ts";

tryWrongly(MESSAGE_FORMS);
