import { getFormProps, getTextareaProps, useForm, type SubmissionResult } from "@conform-to/react";
import { Form } from "@remix-run/react";
import Paperclip from "lucide-react/icons/paperclip";
import SendHorizontal from "lucide-react/icons/send-horizontal";
import { useRef, useState, type KeyboardEvent } from "react";

import { FormErrors } from "~/components/form-errors";
import { SubmitButton } from "~/components/submit-button";
import { Label } from "~/components/ui/label";
import { Textarea } from "~/components/ui/textarea";

import { joinWords } from "./join-words";
import { AnswerPicker, type SavedAnswer } from "./answer-picker";
import { ACCEPTED, findExcess } from "./attachment-rules";

type ComposerProps = {
  lastResult: SubmissionResult<string[]> | undefined;
  /** Made with the page: see messageIdOf. */
  draftId: string;
  /** To whom. */
  name: string;
  /** What the writer says often. */
  answers?: SavedAnswer[];
  /** Sends without leaving the page, once scripts run. Left out, the form is always a plain one. */
  onWrite?: (body: string, files: File[]) => void;
  /** Nothing can be sent now: what is written stays to be read. */
  isClosed?: boolean;
  /** Called with what is in the field whenever the writer changes it. */
  onType?: (words: string) => void;
};

/** Where one writes. A plain form, until a script takes what was written from it. */
export function Composer(props: ComposerProps) {
  const { lastResult, draftId, name, answers = [], isClosed = false, onWrite, onType } = props;
  const textarea = useRef<HTMLTextAreaElement>(null);
  const fileInput = useRef<HTMLInputElement>(null);
  const [excess, setExcess] = useState<string | null>(null);
  const [form, fields] = useForm<{ body: string; files: File[] }>({
    lastResult,
    defaultNoValidate: false,
    onSubmit(event) {
      if (isClosed) return event.preventDefault(); // the button is off, ⌘ and Enter are not
      const field = textarea.current;
      const files = [...(fileInput.current?.files ?? [])];
      const problem = findExcess(files);
      setExcess(problem);
      if (problem) return event.preventDefault();
      if (!onWrite) return;

      event.preventDefault();
      const body = field?.value.trim() ?? "";
      if (field && (body || files.length > 0)) {
        onWrite(body, files);
        field.value = "";
        if (fileInput.current) fileInput.current.value = "";
      }
      field?.focus();
    },
  });
  function insert(answer: string) {
    const field = textarea.current;
    if (!field) return;
    field.value = joinWords(field.value, answer);
    field.focus();
  }

  const { key, ...control } = getTextareaProps(fields.body);
  const errors = [...(form.errors ?? []), ...(fields.body.errors ?? [])];
  const fileErrors = excess ? [excess] : fields.files.errors;

  return (
    <Form
      method="post"
      encType="multipart/form-data"
      {...getFormProps(form)}
      className="border-t p-3 first:border-t-0 sm:p-4 [&>[role=alert]:not(:empty)]:mb-3"
    >
      <FormErrors id={fields.body.errorId} errors={errors} />
      <input type="hidden" name="draftId" value={draftId} />
      {answers.length > 0 ? <AnswerPicker answers={answers} onPick={insert} /> : null}
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
            onInput={(event) => onType?.(event.currentTarget.value)}
            className="block max-h-48 min-h-12 py-2.5"
          />
        </div>
        <SubmitButton pendingLabel="Sending…" disabled={isClosed} className="h-12 px-4 sm:px-5">
          <SendHorizontal aria-hidden />
          <span className="sr-only sm:not-sr-only">Send</span>
        </SubmitButton>
      </div>
      <div className="mt-2">
        <label
          htmlFor={fields.files.id}
          className="flex items-center gap-2 text-[0.9375rem] text-muted-foreground"
        >
          <Paperclip aria-hidden className="size-4 shrink-0" />
          <span className="sr-only">Attach files</span>
          <input
            type="file"
            name="files"
            multiple
            accept={ACCEPTED}
            ref={fileInput}
            id={fields.files.id}
            aria-describedby={`${fields.files.id}-hint ${fields.files.errorId}`}
            aria-invalid={fileErrors ? true : undefined}
            onChange={(event) => setExcess(findExcess([...(event.target.files ?? [])]))}
            className="min-w-0 flex-1 py-1.5 text-[0.8125rem] file:mr-3 file:min-h-8 file:cursor-pointer file:rounded-md file:border file:border-solid file:border-input file:bg-card file:px-3 file:text-card-foreground hover:file:border-foreground/60"
          />
        </label>
        <p id={`${fields.files.id}-hint`} className="text-[0.8125rem] text-muted-foreground">
          Up to 10 files of 10 MB: pictures, PDF, text, Office.
        </p>
        <div id={fields.files.errorId} aria-live="polite">
          {fileErrors?.map((error) => (
            <p key={error} className="mt-1 text-[0.9375rem] font-medium text-destructive">
              {error}
            </p>
          ))}
        </div>
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
