import { z } from "zod";

import type { FieldByCode } from "~/lib/form-refusal";
import { textSchema } from "~/lib/text-schema";

/** Shape only: which states, zones and numbers are good is complete_profile's to say. */
export const ProfileSchema = z.object({
  kind: z.enum(["realtor", "loan_officer", "coach"], { error: "Choose what you do." }),
  firstName: textSchema("Enter your first name."),
  lastName: textSchema("Enter your last name."),
  homeState: textSchema("Choose your state."),
  company: textSchema().default(""),
  credentialNumber: textSchema().default(""),
  timeZone: textSchema("Choose your time zone."),
});

export type ProfileValues = z.output<typeof ProfileSchema>;

/** What complete_profile refuses, and the field it is about. */
export const PROFILE_FIELD_BY_CODE: FieldByCode<keyof ProfileValues> = {
  UPNAM: "firstName",
  UPSTA: "homeState",
  UPZON: "timeZone",
  UPLIC: "credentialNumber",
  UPNML: "credentialNumber",
};
