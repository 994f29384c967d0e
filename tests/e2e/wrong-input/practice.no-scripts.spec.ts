import { PRACTICE_FORMS } from "./practice-forms.ts";
import { tryWrongly } from "./wrong-form.ts";

tryWrongly(PRACTICE_FORMS);
