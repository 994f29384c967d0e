import {
  getFormProps,
  getInputProps,
  useForm,
  type FieldMetadata,
  type SubmissionResult,
} from "@conform-to/react";
import { Form } from "@remix-run/react";
import type { z } from "zod";

import { SwitchCard } from "~/components/choice-field";
import { Field, SelectField } from "~/components/field";
import { FormErrors } from "~/components/form-errors";
import { SubmitButton } from "~/components/submit-button";

import type { SettingsGroup } from "./notifications.server";
import type { NotificationSettings, NotificationSettingsSchema } from "./settings-schema";

const AT_ONCE = { value: "at_once", label: "At once" };
const NEVER = { value: "never", label: "Never" };
const DIGESTS = [
  { value: "daily", label: "In one mail a day, in the morning" },
  { value: "weekly", label: "In one mail a week, on Monday" },
];

type Input = z.input<typeof NotificationSettingsSchema>;
type GroupField = FieldMetadata<Input["groups"][number], Input, string[]>;

type SettingsFormProps = {
  groups: SettingsGroup[];
  quietFrom: string;
  quietUntil: string;
  /** The reader's zone in words. */
  zone: string;
  lastResult: SubmissionResult<string[]> | undefined;
};

/** All that can be chosen about being told, saved at once. */
export function SettingsForm({
  groups,
  quietFrom,
  quietUntil,
  zone,
  lastResult,
}: SettingsFormProps) {
  const [form, fields] = useForm<Input, NotificationSettings>({
    lastResult,
    defaultValue: {
      groups: groups.map(({ group_name, mail, in_app }) => ({ group_name, mail, in_app })),
      quiet_from: quietFrom,
      quiet_until: quietUntil,
    },
    defaultNoValidate: false,
  });
  const listed = fields.groups.getFieldList();

  return (
    <Form method="post" {...getFormProps(form)} className="space-y-10">
      <FormErrors
        id={form.errorId}
        errors={[...(form.errors ?? []), ...(fields.groups.errors ?? [])]}
      />
      {listed.map((field) => {
        const name = field.getFieldset().group_name.initialValue;
        const group = groups.find(({ group_name }) => group_name === name);
        return group ? (
          <GroupFields key={field.key} group={group} field={field} />
        ) : (
          <KeptChoice key={field.key} field={field} />
        );
      })}
      <fieldset className="space-y-5">
        <legend className="text-display-sm">Quiet hours</legend>
        <p className="text-muted-foreground">
          Between these times, in {zone}, we mail only what cannot wait: a session that starts
          within the hour. The rest comes when they end. Leave both empty for none.
        </p>
        <div className="grid gap-5 sm:grid-cols-2">
          <Field field={fields.quiet_from} type="time" label="Quiet from" />
          <Field field={fields.quiet_until} type="time" label="Quiet until" />
        </div>
      </fieldset>
      <SubmitButton size="lg" pendingLabel="Saving…" className="w-full sm:w-auto">
        Save
      </SubmitButton>
    </Form>
  );
}

/** What was chosen of a group that can't be shown, as to somebody who was signed out meanwhile: sent again as it is. */
function KeptChoice({ field }: { field: GroupField }) {
  const { group_name, mail, in_app } = field.getFieldset();
  return [group_name, mail, in_app].map(({ key, name, initialValue }) =>
    initialValue ? <input key={key} type="hidden" name={name} value={initialValue} /> : null,
  );
}

function GroupFields({ group, field }: { group: SettingsGroup; field: GroupField }) {
  const fields = field.getFieldset();
  const { key, ...name } = getInputProps(fields.group_name, { type: "hidden" });
  return (
    <fieldset className="space-y-4">
      <legend className="text-display-sm">{group.title}</legend>
      <p className="text-muted-foreground">{group.description}</p>
      <input key={key} {...name} value={group.group_name} />
      <div className="grid items-end gap-4 sm:grid-cols-2">
        {group.is_required ? (
          <p className="self-center">
            By mail, always: the law wants you to have these in writing, so they can’t be switched
            off.
          </p>
        ) : (
          <SelectField
            field={fields.mail}
            label={
              <>
                By mail<span className="sr-only">: {group.title}</span>
              </>
            }
            options={[AT_ONCE, ...(group.is_transactional ? [] : DIGESTS), NEVER]}
          />
        )}
        <SwitchCard
          field={fields.in_app}
          label={
            <>
              On Walkthrough<span className="sr-only">: {group.title}</span>
            </>
          }
        />
      </div>
    </fieldset>
  );
}
