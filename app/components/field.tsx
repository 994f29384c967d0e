import {
  getInputProps,
  getSelectProps,
  getTextareaProps,
  type FieldMetadata,
} from "@conform-to/react";
import type { ComponentPropsWithoutRef, ReactNode } from "react";

import { FieldFrame, hintIdOf } from "~/components/field-frame";
import { Input } from "~/components/ui/input";
import { Select } from "~/components/ui/select";
import { Textarea } from "~/components/ui/textarea";

type FormShape = Record<string, unknown>;

type SharedProps<Value, Form extends FormShape> = {
  /** conform's field: gives id, name, constraints, kept value and errors. */
  field: FieldMetadata<Value, Form, string[]>;
  label: ReactNode;
  hint?: ReactNode;
  className?: string;
};

type FieldProps<Value, Form extends FormShape> = SharedProps<Value, Form> & {
  type?: "text" | "email" | "password" | "tel" | "url" | "number" | "date" | "time";
} & Pick<
    ComponentPropsWithoutRef<"input">,
    "autoComplete" | "autoFocus" | "inputMode" | "placeholder" | "autoCapitalize" | "spellCheck"
  >;

/** A line of text with its label; errors beside it, what was typed kept (never a password). */
export function Field<Value, Form extends FormShape>(props: FieldProps<Value, Form>) {
  const { field, label, hint, className, type = "text", ...inputProps } = props;
  const { key, ...control } = getInputProps(field, {
    type,
    ...describedBy(field.id, hint),
    value: type !== "password",
  });
  return (
    <FieldFrame {...frameProps(props)}>
      <Input key={key} {...control} {...inputProps} />
    </FieldFrame>
  );
}

type TextareaFieldProps<Value, Form extends FormShape> = SharedProps<Value, Form> &
  Pick<ComponentPropsWithoutRef<"textarea">, "rows" | "placeholder">;

/** Several lines of text. */
export function TextareaField<Value, Form extends FormShape>(
  props: TextareaFieldProps<Value, Form>,
) {
  const { field, label, hint, className, ...textareaProps } = props;
  const { key, ...control } = getTextareaProps(field, describedBy(field.id, hint));
  return (
    <FieldFrame {...frameProps(props)}>
      <Textarea key={key} {...control} {...textareaProps} />
    </FieldFrame>
  );
}

/** One line of a list to choose from. */
export type Choice = { value: string; label: string };

type SelectFieldProps<Value, Form extends FormShape> = SharedProps<Value, Form> & {
  options: readonly Choice[];
  /** The first line, which chooses nothing. */
  placeholder?: string;
  autoComplete?: string;
};

/** A choice from a list too long for radio buttons. */
export function SelectField<Value, Form extends FormShape>(props: SelectFieldProps<Value, Form>) {
  const { field, hint, options, placeholder, autoComplete } = props;
  const { key, ...control } = getSelectProps(field, describedBy(field.id, hint));
  return (
    <FieldFrame {...frameProps(props)}>
      <Select key={key} {...control} autoComplete={autoComplete}>
        {placeholder === undefined ? null : <option value="">{placeholder}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </Select>
    </FieldFrame>
  );
}

function frameProps<Value, Form extends FormShape>(props: SharedProps<Value, Form>) {
  const { field, label, hint, className } = props;
  return {
    id: field.id,
    label,
    hint,
    className,
    errors: field.errors,
    errorId: field.errorId,
    optional: field.required === false,
  };
}

function describedBy(id: string, hint: ReactNode) {
  return hint ? { ariaDescribedBy: hintIdOf(id) } : {};
}
