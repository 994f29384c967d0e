import { Link } from "@remix-run/react";
import { useRef } from "react";

import { SubmitButton } from "~/components/submit-button";
import { Label } from "~/components/ui/label";
import { Select } from "~/components/ui/select";
import { savedAnswersPath } from "~/lib/paths";

export type SavedAnswer = { id: string; title: string; body: string };

type AnswerPickerProps = {
  answers: SavedAnswer[];
  /** Takes the words, where scripts run. */
  onPick: (body: string) => void;
};

/**
 * Puts a saved answer behind what is written so far, to be changed and sent. Its button sends the form it
 * stands in; a script needs no server for it.
 */
export function AnswerPicker({ answers, onPick }: AnswerPickerProps) {
  const select = useRef<HTMLSelectElement>(null);

  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <Label htmlFor="saved-answer" className="sr-only">
        Saved answer
      </Label>
      <div className="min-w-0 flex-1 sm:max-w-xs">
        <Select
          ref={select}
          id="saved-answer"
          name="answerId"
          className="h-11 text-[0.9375rem]"
          defaultValue={answers[0]?.id}
        >
          {answers.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </Select>
      </div>
      <SubmitButton
        variant="outline"
        size="sm"
        name="insert"
        value="answer"
        formNoValidate
        onClick={(event) => {
          event.preventDefault();
          const answer = answers.find(({ id }) => id === select.current?.value);
          if (answer) onPick(answer.body);
        }}
      >
        Insert<span className="sr-only"> the saved answer</span>
      </SubmitButton>
      <Link to={savedAnswersPath()} className="px-1 text-[0.9375rem] hover:underline">
        Edit<span className="sr-only"> saved answers</span>
      </Link>
    </div>
  );
}
