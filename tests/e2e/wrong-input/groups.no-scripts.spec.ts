import { GROUP_FORMS } from "./groups-forms.ts";
import { tryWrongly } from "./wrong-form.ts";

tryWrongly(GROUP_FORMS);
