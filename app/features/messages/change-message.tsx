import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";
import { Form, Link } from "@remix-run/react";

import { TextareaField } from "~/components/field";
import { FormErrors } from "~/components/form-errors";
import { SubmitButton } from "~/components/submit-button";
import { conversationPath, deleteMessagePath } from "~/lib/paths";

type ChangeMessageProps = {
  conversationId: string;
  messageId: string;
  /** Null for somebody who was signed out while writing, and once it was deleted. */
  message: { body: string; is_changeable: boolean; file_count: number } | null;
  lastResult: SubmissionResult<string[]> | undefined;
};

/** A message of one's own: its words to change while that is possible, and a way to take it back. */
export function ChangeMessage(props: ChangeMessageProps) {
  const { conversationId, messageId, message, lastResult } = props;
  // What was typed is kept, whatever became of the message meanwhile.
  const hasForm = message?.is_changeable === true || lastResult !== undefined;
  return (
    <div className="space-y-8 overflow-y-auto p-4 sm:p-6">
      <div className="space-y-2">
        <h1 className="text-display-sm">{hasForm ? "Change your message" : "Your message"}</h1>
        <Link to={conversationPath(conversationId)} className="text-link">
          Back to the conversation
        </Link>
      </div>
      {hasForm ? (
        <EditForm body={message?.body ?? ""} lastResult={lastResult} />
      ) : (
        <div className="space-y-2">
          <p className="whitespace-pre-wrap break-words rounded-lg border px-4 py-2.5">
            {message?.body || "A message without words"}
          </p>
          <p className="text-muted-foreground">
            It was sent a while ago, so its words can’t be changed any more.
          </p>
        </div>
      )}
      {message ? (
        <Form
          method="post"
          action={deleteMessagePath(conversationId, messageId)}
          className="space-y-3 border-t pt-6"
        >
          <h2 className="text-lg font-semibold">Take it back</h2>
          <p className="text-muted-foreground">
            {message.file_count > 0
              ? "It disappears for both of you, with its files."
              : "It disappears for both of you."}{" "}
            That a message was deleted stays to be seen.
          </p>
          <SubmitButton variant="outline" pendingLabel="Deleting…">
            Delete for both
          </SubmitButton>
        </Form>
      ) : null}
    </div>
  );
}

type EditFormProps = Pick<ChangeMessageProps, "lastResult"> & { body: string };

function EditForm({ body, lastResult }: EditFormProps) {
  const [form, fields] = useForm<{ body: string }>({
    lastResult,
    defaultValue: { body },
    defaultNoValidate: false,
  });
  return (
    <Form method="post" {...getFormProps(form)} className="space-y-4">
      <FormErrors id={form.errorId} errors={form.errors} />
      <TextareaField
        field={fields.body}
        label="What it says"
        hint="The other one sees that it was changed."
        rows={5}
      />
      <SubmitButton pendingLabel="Saving…">Save</SubmitButton>
    </Form>
  );
}
