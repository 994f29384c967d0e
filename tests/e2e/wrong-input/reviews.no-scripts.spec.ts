import { REVIEW_FORMS } from "./reviews-forms.ts";
import { tryWrongly } from "./wrong-form.ts";

tryWrongly(REVIEW_FORMS);
