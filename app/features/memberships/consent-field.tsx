import { getInputProps, type FieldMetadata } from "@conform-to/react";
import { z } from "zod";

import { Checkbox } from "~/components/ui/checkbox";

/** What a form with a consent sends: which words were shown, and whether the box was ticked. */
export const ConsentSchema = z.object({
  agree: z.boolean().default(false),
  wordsSha256: z.string().max(64).default(""),
});

export type ConsentFields = { agree?: boolean; wordsSha256?: string };

type ConsentFieldProps = {
  field: FieldMetadata<boolean | undefined, ConsentFields, string[]>;
  words: string;
  wordsSha256: string;
};

/**
 * The box by which somebody agrees to be charged again and again: on its own, never ticked before,
 * with all that it means beside it.
 */
export function ConsentField({ field, words, wordsSha256 }: ConsentFieldProps) {
  const { key, ...control } = getInputProps(field, { type: "checkbox", ariaAttributes: true });
  return (
    <div className="space-y-2">
      <input type="hidden" name="wordsSha256" value={wordsSha256} />
      <label className="flex cursor-pointer items-start gap-3 rounded-md border border-input/60 bg-card px-4 py-3.5 leading-relaxed has-[:checked]:border-primary has-[:checked]:bg-accent has-[:focus-visible]:outline has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-offset-2 has-[:focus-visible]:outline-ring">
        <Checkbox key={key} {...control} defaultChecked={false} className="mt-1" />
        <span>{words}</span>
      </label>
      <p id={field.errorId} className="text-[0.9375rem] font-medium text-destructive">
        {field.errors}
      </p>
    </div>
  );
}
