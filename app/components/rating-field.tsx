import { getCollectionProps, type FieldMetadata } from "@conform-to/react";
import Star from "lucide-react/icons/star";
import type { ReactNode } from "react";

import { FieldsetFrame } from "~/components/field-frame";

const WORDS = ["1", "2", "3", "4", "5"];

type RatingFieldProps<Value, Form extends Record<string, unknown>> = {
  field: FieldMetadata<Value, Form, string[]>;
  legend: ReactNode;
  hint?: ReactNode;
};

/** One to five stars, as radio buttons: arrow keys move, every star says its number. */
export function RatingField<Value, Form extends Record<string, unknown>>(
  props: RatingFieldProps<Value, Form>,
) {
  const { field, legend, hint } = props;
  const controls = getCollectionProps(field, {
    type: "radio",
    options: WORDS,
    ariaAttributes: false,
  });

  return (
    <FieldsetFrame
      id={`${field.id}-group`}
      legend={legend}
      hint={hint}
      errors={field.errors}
      errorId={field.errorId}
    >
      <div className="-ml-2.5 flex pt-1">
        {controls.map(({ key, ...control }) => (
          // Filled when it is chosen, or when one after it is.
          <label
            key={key}
            className="group grid size-12 cursor-pointer place-items-center rounded-md text-muted-foreground hover:bg-accent has-[:focus-visible]:outline has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-ring [&_svg]:has-[:checked]:fill-lamp [&_svg]:has-[~label_:checked]:fill-lamp [&_svg]:has-[:checked]:text-foreground [&_svg]:has-[~label_:checked]:text-foreground"
          >
            <input {...control} className="sr-only" />
            <Star aria-hidden className="size-7" />
            <span className="sr-only">
              {control.value} {control.value === "1" ? "star" : "stars"}
            </span>
          </label>
        ))}
      </div>
    </FieldsetFrame>
  );
}
