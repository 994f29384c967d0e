import { getFormProps, getTextareaProps, useForm, type SubmissionResult } from "@conform-to/react";
import { Form } from "@remix-run/react";
import SendHorizontal from "lucide-react/icons/send-horizontal";
import { useRef, type KeyboardEvent } from "react";

import { FormErrors } from "~/components/form-errors";
import { SubmitButton } from "~/components/submit-button";
import { Label } from "~/components/ui/label";
import { Textarea } from "~/components/ui/textarea";

type ComposerProps = {
  lastResult: SubmissionResult<string[]> | undefined;
  /** Made with the page: see messageIdOf. */
  draftId: string;
  /** To whom. */
  name: string;
  /** Sends without leaving the page, once scripts run. Left out, the form is always a plain one. */
  onWrite?: (body: string) => void;
};

/** Where one writes. A plain form, until a script takes what was written from it. */
export function Composer({ lastResult, draftId, name, onWrite }: ComposerProps) {
  const textarea = useRef<HTMLTextAreaElement>(null);
  const [form, fields] = useForm<{ body: string }>({
    lastResult,
    constraint: { body: { required: true } },
    defaultNoValidate: false,
    onSubmit(event) {
      if (!onWrite) return;
      event.preventDefault();
      const field = textarea.current;
      const body = field?.value.trim();
      if (field && body) {
        onWrite(body);
        field.value = "";
      }
      field?.focus();
    },
  });
  const { key, ...control } = getTextareaProps(fields.body);
  const errors = [...(form.errors ?? []), ...(fields.body.errors ?? [])];

  return (
    <Form
      method="post"
      {...getFormProps(form)}
      className="border-t p-3 first:border-t-0 sm:p-4 [&>[role=alert]:not(:empty)]:mb-3"
    >
      <FormErrors id={fields.body.errorId} errors={errors} />
      <input type="hidden" name="draftId" value={draftId} />
      <div className="flex items-end gap-3">
        <div className="min-w-0 flex-1">
          <Label htmlFor={fields.body.id} className="sr-only">
            Message to {name}
          </Label>
          <Textarea
            key={key}
            {...control}
            ref={textarea}
            rows={2}
            placeholder={`Write to ${name}`}
            onKeyDown={sendOnCommandEnter}
            className="block max-h-48 min-h-12 py-2.5"
          />
        </div>
        <SubmitButton pendingLabel="Sending…" className="h-12 px-4 sm:px-5">
          <SendHorizontal aria-hidden />
          <span className="sr-only sm:not-sr-only">Send</span>
        </SubmitButton>
      </div>
    </Form>
  );
}

/** Enter alone starts a new line, as in any text; with Ctrl or ⌘ it sends. */
function sendOnCommandEnter(event: KeyboardEvent<HTMLTextAreaElement>) {
  if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
  event.preventDefault();
  event.currentTarget.form?.requestSubmit();
}
