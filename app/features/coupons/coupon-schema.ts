import { z } from "zod";

import type { FieldByCode } from "~/lib/form-refusal";
import { textSchema } from "~/lib/text-schema";

const WHAT_OFF = "Enter a percent such as 10%, or dollars such as $20.";

/** What a code takes off, as people type it: "10%", "10 %", "$20", "$19.50". */
const Off = z
  .string({ error: WHAT_OFF })
  .trim()
  .regex(/^(\d{1,3}\s?%|\$\s?\d{1,5}(\.\d{1,2})?)$/, WHAT_OFF)
  .transform((typed) =>
    typed.endsWith("%")
      ? { percent: Number(typed.replace(/[%\s]/g, "")) }
      : { cents: Math.round(Number(typed.replace(/[$\s]/g, "")) * 100) },
  );

const count = () =>
  z.number({ error: "Enter a number." }).int("Enter a whole number.").max(1_000_000).optional();

/** Shape only: what a coupon may take off, and its limits, are make_coupon's to say. */
export const CouponSchema = z.object({
  code: textSchema("Enter a code."),
  off: Off,
  lastDay: z.iso.date({ error: "Enter a date." }).optional(),
  maxRedemptions: count(),
  maxPerClient: count(),
  /** In whole dollars. */
  minimum: count(),
  /** A checkbox: absent when it isn't checked. */
  isFirstOrder: z.boolean().default(false),
});

export type CouponValues = z.output<typeof CouponSchema>;

/** What make_coupon refuses, and the field it is about. */
export const COUPON_FORM_FIELD_BY_CODE: FieldByCode<keyof CouponValues> = {
  QCCOD: "code",
  QCDUP: "code",
  QCOFF: "off",
  QCDAY: "lastDay",
};
