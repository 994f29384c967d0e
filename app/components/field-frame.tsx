import CircleAlert from "lucide-react/icons/circle-alert";
import type { ReactNode } from "react";

import { Label } from "~/components/ui/label";
import { cn } from "~/lib/class-names";

type FieldFrameProps = {
  /** The control's id. */
  id: string;
  label: ReactNode;
  /** What to write, and why we ask, below the label. Its element has the id `<id>-hint`. */
  hint?: ReactNode;
  errors?: string[] | undefined;
  /** The id of the element that holds the errors, for aria-describedby. */
  errorId: string;
  /** Says "optional" beside the label. Fields are required unless they say so. */
  optional?: boolean;
  children: ReactNode;
  className?: string;
};

/** Label, hint, control and errors, in the order in which they are read. */
export function FieldFrame(props: FieldFrameProps) {
  const { id, label, hint, errors, errorId, optional = false, children, className } = props;
  return (
    <div className={cn("space-y-2", className)}>
      <div className="space-y-0.5">
        <Label htmlFor={id}>
          {label}
          {optional ? <span className="font-normal text-muted-foreground"> (optional)</span> : null}
        </Label>
        {hint ? <FieldHint id={hintIdOf(id)}>{hint}</FieldHint> : null}
      </div>
      {children}
      <FieldErrors id={errorId} errors={errors} />
    </div>
  );
}

type FieldsetFrameProps = Omit<FieldFrameProps, "label"> & { legend: ReactNode };

/** The same for a group of radio buttons or checkboxes. */
export function FieldsetFrame(props: FieldsetFrameProps) {
  const { id, legend, hint, errors, errorId, optional = false, children, className } = props;
  const describedBy = [hint ? hintIdOf(id) : "", errors?.length ? errorId : ""].filter(Boolean);
  return (
    <fieldset
      id={id}
      aria-describedby={describedBy.join(" ") || undefined}
      className={cn("min-w-0 space-y-2", className)}
    >
      <legend className="text-[0.9375rem] font-semibold">
        {legend}
        {optional ? <span className="font-normal text-muted-foreground"> (optional)</span> : null}
      </legend>
      {hint ? <FieldHint id={hintIdOf(id)}>{hint}</FieldHint> : null}
      {children}
      <FieldErrors id={errorId} errors={errors} />
    </fieldset>
  );
}

/** The id of a control's hint. */
export function hintIdOf(id: string): string {
  return `${id}-hint`;
}

function FieldHint({ id, children }: { id: string; children: ReactNode }) {
  return (
    <p id={id} className="text-[0.9375rem] text-muted-foreground">
      {children}
    </p>
  );
}

function FieldErrors({ id, errors }: { id: string; errors: string[] | undefined }) {
  if (!errors?.length) return null;
  return (
    <p id={id} className="flex items-start gap-1.5 text-[0.9375rem] font-medium text-destructive">
      <CircleAlert aria-hidden className="mt-[0.2em] size-4 shrink-0" />
      <span>{errors.join(" ")}</span>
    </p>
  );
}
