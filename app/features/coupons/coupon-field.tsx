import { FieldFrame, hintIdOf } from "~/components/field-frame";
import { Input } from "~/components/ui/input";

type CouponFieldProps = {
  /** What was typed and refused. */
  sent: string | undefined;
  errors: string[] | undefined;
};

/** Where a code is typed that takes something off. The price with it is on the next page. */
export function CouponField({ sent, errors }: CouponFieldProps) {
  const errorId = "coupon-error";
  return (
    <FieldFrame
      id="coupon"
      label="Coupon code"
      hint="The next page shows the price with it."
      errors={errors}
      errorId={errorId}
      optional
    >
      <Input
        id="coupon"
        name="coupon"
        defaultValue={sent ?? ""}
        aria-describedby={errors ? `${errorId} ${hintIdOf("coupon")}` : hintIdOf("coupon")}
        aria-invalid={errors ? true : undefined}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
      />
    </FieldFrame>
  );
}
