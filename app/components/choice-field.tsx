import { getCollectionProps, getInputProps, type FieldMetadata } from "@conform-to/react";
import type { ReactNode } from "react";

import { FieldsetFrame } from "~/components/field-frame";
import { Checkbox } from "~/components/ui/checkbox";
import { cn } from "~/lib/class-names";

type FormShape = Record<string, unknown>;

/** One of a few things to choose from, with room to explain it. */
export type DescribedChoice = { value: string; label: ReactNode; description?: ReactNode };

type ChoiceFieldProps<Value, Form extends FormShape> = {
  field: FieldMetadata<Value, Form, string[]>;
  legend: ReactNode;
  hint?: ReactNode;
  options: readonly DescribedChoice[];
  className?: string;
};

/** A choice of one, each option a card that can be pressed anywhere. */
export function RadioCards<Value, Form extends FormShape>(props: ChoiceFieldProps<Value, Form>) {
  const columns = props.options.length % 3 === 0 ? "sm:grid-cols-3" : "sm:grid-cols-2";
  return <ChoiceField {...props} type="radio" grid={cn("grid gap-3", columns)} />;
}

type CheckboxGroupProps<Value, Form extends FormShape> = ChoiceFieldProps<Value, Form> & {
  /** Dozens of options, in a box that scrolls. */
  isLong?: boolean;
};

/** A choice of any number, in columns. */
export function CheckboxGroup<Value, Form extends FormShape>(
  props: CheckboxGroupProps<Value, Form>,
) {
  const { isLong = false, ...choice } = props;
  const columns = "grid gap-2 sm:grid-cols-2 lg:grid-cols-3";
  const box = "max-h-72 overflow-y-auto overscroll-contain rounded-md border bg-muted/40 p-2";
  return <ChoiceField {...choice} type="checkbox" grid={isLong ? cn(columns, box) : columns} />;
}

type SwitchCardProps<Form extends FormShape> = {
  field: FieldMetadata<boolean | undefined, Form, string[]>;
  label: ReactNode;
  description?: ReactNode;
};

/** One thing that is on or off, with room to explain it. */
export function SwitchCard<Form extends FormShape>(props: SwitchCardProps<Form>) {
  const { field, ...choice } = props;
  const { key, ...control } = getInputProps(field, { type: "checkbox", ariaAttributes: false });
  return (
    <ChoiceCard choice={{ value: "on", ...choice }}>
      <Checkbox key={key} {...control} className="mt-0.5" />
    </ChoiceCard>
  );
}

type Looks = { type: "radio" | "checkbox"; grid: string };

function ChoiceField<Value, Form extends FormShape>(props: ChoiceFieldProps<Value, Form> & Looks) {
  const { field, legend, hint, options, className, type, grid } = props;
  const controls = getCollectionProps(field, {
    type,
    options: options.map((option) => option.value),
    ariaAttributes: false,
  });

  return (
    <FieldsetFrame
      id={`${field.id}-group`}
      legend={legend}
      hint={hint}
      errors={field.errors}
      errorId={field.errorId}
      className={className}
    >
      <div className={cn("mt-1", grid)}>
        {controls.map(({ key, ...control }, index) => (
          <ChoiceCard key={key} choice={options[index]!}>
            <Checkbox {...control} className="mt-0.5" />
          </ChoiceCard>
        ))}
      </div>
    </FieldsetFrame>
  );
}

function ChoiceCard({ choice, children }: { choice: DescribedChoice; children: ReactNode }) {
  return (
    <label className="flex min-h-11 cursor-pointer items-start gap-3 rounded-md border border-input/60 bg-card px-4 py-2.5 transition-colors hover:border-input has-[:checked]:border-primary has-[:checked]:bg-accent has-[:focus-visible]:outline has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-offset-2 has-[:focus-visible]:outline-ring">
      {children}
      <span>
        <span className="font-medium">{choice.label}</span>
        {choice.description ? (
          <span className="block text-[0.9375rem] text-muted-foreground">{choice.description}</span>
        ) : null}
      </span>
    </label>
  );
}
