import { useFormAction, useNavigation } from "@remix-run/react";
import LoaderCircle from "lucide-react/icons/loader-circle";
import type { MouseEvent } from "react";

import { Button, type ButtonProps } from "~/components/ui/button";

type SubmitButtonProps = Omit<ButtonProps, "type" | "asChild"> & {
  /** What the button says while its form is on the way: "Sending…". */
  pendingLabel?: string;
  /** Where its form goes, when not to the page's own action. */
  formTarget?: string;
};

/**
 * The button of a `<Form method="post">`. While the form is on the way it says so and ignores
 * further presses; it keeps the keyboard's focus, which a disabled button would lose.
 */
export function SubmitButton(props: SubmitButtonProps) {
  const { pendingLabel, formTarget, children, onClick, ...buttonProps } = props;
  const isPending = useIsPending(formTarget, props.name, props.value);

  function handleClick(event: MouseEvent<HTMLButtonElement>) {
    if (isPending) event.preventDefault();
    else onClick?.(event);
  }

  return (
    <Button
      {...buttonProps}
      type="submit"
      aria-disabled={isPending || undefined}
      onClick={handleClick}
    >
      {isPending ? <LoaderCircle aria-hidden className="animate-spin" /> : null}
      {isPending && pendingLabel ? pendingLabel : children}
    </Button>
  );
}

function useIsPending(
  formTarget: string | undefined,
  name: string | undefined,
  value: ButtonProps["value"],
): boolean {
  const navigation = useNavigation();
  const ownAction = useFormAction();
  if (!navigation.formAction || !navigation.formData) return false;
  if (pathOf(navigation.formAction) !== pathOf(formTarget ?? ownAction)) return false;
  return name ? navigation.formData.get(name) === value : true;
}

function pathOf(action: string): string {
  return action.split("?")[0]!;
}
