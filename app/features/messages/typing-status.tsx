import type { Typing } from "./typing";

type TypingStatusProps = { name: string; typing: Typing };

/**
 * Says that the other is typing, over the foot of what was said: nothing moves for it. Read out politely, and not each time
 * that they go on after a pause.
 */
export function TypingStatus({ name, typing }: TypingStatusProps) {
  const words = `${name} is typing…`;
  return (
    <div className="pointer-events-none relative">
      <p role="status" className="sr-only">
        {typing.isShown && typing.isReadOut ? words : null}
      </p>
      {typing.isShown ? (
        <p
          aria-hidden
          className="absolute bottom-0.5 left-4 max-w-[85%] truncate rounded-full border bg-card px-2.5 text-[0.8125rem] leading-5 text-muted-foreground sm:left-6"
        >
          {words}
        </p>
      ) : null}
    </div>
  );
}
