import {
  getFormProps,
  getSelectProps,
  useForm,
  type FieldMetadata,
  type SubmissionResult,
} from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { Form } from "@remix-run/react";
import Plus from "lucide-react/icons/plus";
import type { z } from "zod";

import { FormErrors } from "~/components/form-errors";
import { SubmitButton } from "~/components/submit-button";
import { Select } from "~/components/ui/select";

import {
  blockFields,
  POSITIONS,
  timeOptions,
  WEEKDAYS,
  WeeklyHoursSchema,
  type HoursBlock,
} from "./weekly-hours";

type Fields = z.input<typeof WeeklyHoursSchema>;
type TimeField = FieldMetadata<string | undefined, Fields, string[]>;
type Times = Record<string, TimeField | undefined>;

type WeeklyHoursFormProps = {
  lastResult: SubmissionResult<string[]> | undefined;
  defaultValue: Fields;
};

const ORDINALS = ["first", "second", "third"] as const;

/** A working week: for each day up to three blocks of hours, each from one time to another. */
export function WeeklyHoursForm({ lastResult, defaultValue }: WeeklyHoursFormProps) {
  const [form, fields] = useForm<Fields, HoursBlock[]>({
    lastResult,
    defaultValue,
    defaultNoValidate: false, // the browser validates until our script takes over
    shouldRevalidate: "onInput",
    onValidate: ({ formData }) => parseWithZod(formData, { schema: WeeklyHoursSchema }),
  });

  return (
    <Form method="post" {...getFormProps(form)} className="space-y-6">
      <FormErrors id={form.errorId} errors={form.errors} />
      <div className="divide-y rounded-lg border bg-card">
        {WEEKDAYS.map(({ weekday, name }) => (
          <DayHours key={weekday} weekday={weekday} name={name} fields={fields} />
        ))}
      </div>
      <SubmitButton size="lg" pendingLabel="Saving…" className="w-full sm:w-auto">
        Save hours
      </SubmitButton>
    </Form>
  );
}

type DayHoursProps = { weekday: number; name: string; fields: Times };

function DayHours({ weekday, name, fields }: DayHoursProps) {
  const used = POSITIONS.filter((position) => {
    const { from, to } = blockFields(weekday, position);
    return [fields[from], fields[to]].some((field) => field?.initialValue ?? field?.errors);
  });
  // Most days need one block or two; a details element opens the others without a script.
  const shown = POSITIONS.filter((position) => position <= Math.max(1, ...used));
  const more = POSITIONS.filter((position) => !shown.includes(position));

  return (
    <fieldset className="px-4 py-4 sm:px-6">
      <legend className="float-left mb-2 w-full font-semibold sm:mb-0 sm:w-36 sm:pt-3">
        {name}
      </legend>
      <div className="clear-left space-y-2 sm:clear-none sm:ml-36">
        {shown.map((position) => (
          <BlockTimes key={position} {...{ weekday, position, fields }} dayName={name} />
        ))}
        {more.length > 0 ? (
          <details className="group">
            <summary className="inline-flex min-h-9 items-center gap-1.5 rounded-sm text-[0.9375rem] font-medium text-muted-foreground underline-offset-4 hover:text-foreground hover:underline group-open:sr-only">
              <Plus aria-hidden className="size-4" /> More hours
              <span className="sr-only"> on {name}</span>
            </summary>
            <div className="space-y-2">
              {more.map((position) => (
                <BlockTimes key={position} {...{ weekday, position, fields }} dayName={name} />
              ))}
            </div>
          </details>
        ) : null}
      </div>
    </fieldset>
  );
}

type BlockTimesProps = { weekday: number; dayName: string; position: number; fields: Times };

function BlockTimes({ weekday, dayName, position, fields }: BlockTimesProps) {
  const names = blockFields(weekday, position);
  const label = `${dayName}, ${ORDINALS[position - 1]} block`;
  const from = fields[names.from]!;
  const to = fields[names.to]!;
  return (
    <div>
      <div className="grid max-w-sm grid-cols-[1fr_auto_1fr] items-center gap-2">
        <TimeSelect
          field={from}
          label={`${label}, from`}
          none={position === 1 ? "Day off" : "–"}
          isEnd={false}
        />
        <span aria-hidden className="text-muted-foreground">
          to
        </span>
        <TimeSelect field={to} label={`${label}, to`} none="–" isEnd />
      </div>
      {[from, to].map((field) =>
        field.errors?.length ? (
          <p
            key={field.name}
            id={field.errorId}
            className="mt-1 text-[0.9375rem] font-medium text-destructive"
          >
            {field.errors.join(" ")}
          </p>
        ) : null,
      )}
    </div>
  );
}

type TimeSelectProps = {
  field: TimeField;
  label: string;
  /** What the line that chooses nothing says. */
  none: string;
  isEnd: boolean;
};

function TimeSelect({ field, label, none, isEnd }: TimeSelectProps) {
  const { key, ...control } = getSelectProps(field);
  return (
    <Select key={key} {...control} aria-label={label}>
      <option value="">{none}</option>
      {timeOptions(isEnd, field.initialValue).map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </Select>
  );
}
