import { FieldFrame } from "~/components/field-frame";
import { Button } from "~/components/ui/button";
import { Input } from "~/components/ui/input";
import { Select } from "~/components/ui/select";
import type { SearchChoice, SearchChoices } from "~/features/coaches/coach-search";
import { freeBeforePath } from "~/lib/paths";
import { timeZoneChoices } from "~/lib/time-zone";

import type { DeadlineSearch } from "./deadline.server";
import { timeOptions } from "./weekly-hours";

type DeadlineFormProps = {
  search: DeadlineSearch;
  errors: { date?: string; time?: string };
  choices: SearchChoices;
};

/** The moment, and what it is about: a GET form, so that every answer has an address. */
export function DeadlineForm({ search, errors, choices }: DeadlineFormProps) {
  return (
    <form method="get" action={freeBeforePath()} className="space-y-5">
      <FieldFrame
        id="deadline-date"
        label="Date"
        errors={errors.date ? [errors.date] : undefined}
        errorId="deadline-date-error"
      >
        <Input
          id="deadline-date"
          name="date"
          type="date"
          required
          defaultValue={search.date}
          aria-invalid={errors.date ? true : undefined}
          aria-describedby={errors.date ? "deadline-date-error" : undefined}
        />
      </FieldFrame>
      <Choice
        name="time"
        label="Time"
        value={search.time}
        error={errors.time}
        options={timeOptions(false, search.time)}
      />
      <Choice
        name="time_zone"
        label="Time zone"
        value={search.timeZone}
        options={timeZoneChoices(search.timeZone)}
      />
      <Choice
        name="specialty"
        label="About"
        any="Anything"
        value={search.specialty}
        options={choices.specialties}
      />
      <Choice
        name="state"
        label="State"
        any="Any state"
        value={search.state}
        options={choices.states}
      />
      <Button type="submit" className="w-full">
        Show who is free
      </Button>
    </form>
  );
}

type ChoiceProps = {
  name: string;
  label: string;
  /** The first line, which leaves it open. */
  any?: string;
  value: string | null;
  error?: string;
  options: readonly SearchChoice[];
};

function Choice({ name, label, any, value, error, options }: ChoiceProps) {
  const id = `deadline-${name}`;
  return (
    <FieldFrame id={id} label={label} errors={error ? [error] : undefined} errorId={`${id}-error`}>
      <Select
        id={id}
        name={name}
        defaultValue={value ?? ""}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
      >
        {any ? <option value="">{any}</option> : null}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </Select>
    </FieldFrame>
  );
}
