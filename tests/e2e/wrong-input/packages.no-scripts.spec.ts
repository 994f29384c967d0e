import { PACKAGE_FORMS } from "./packages-forms.ts";
import { tryWrongly } from "./wrong-form.ts";

tryWrongly(PACKAGE_FORMS);
