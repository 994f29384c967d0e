/** How long somebody is shown to type after the last sign of it. Milliseconds. */
export const TYPING_SHOWN_MS = 6_000;

/** Between two signs of it: often enough that it is shown without a gap. Milliseconds. */
const BETWEEN_SIGNS_MS = 2_500;

/** Whether the other is typing, and whether that is to be read out. */
export type Typing = { isShown: boolean; isReadOut: boolean };

/** They are not, and would be announced if they were. */
export const NOT_TYPING: Typing = { isShown: false, isReadOut: true };

/**
 * What a sign of typing changes. It is read out once until the other has written: who stops to think goes on typing
 * many times before that.
 *
 * @param typing as it is
 * @param happened `sign` they typed; `pause` no sign for a while; `written` what they typed has come; `lost` nobody
 *   can know any more
 */
export function typingReducer(
  typing: Typing,
  happened: "sign" | "pause" | "written" | "lost",
): Typing {
  if (happened === "sign") return typing.isShown ? typing : { ...typing, isShown: true };
  if (happened === "pause") return typing.isShown ? { isShown: false, isReadOut: false } : typing;
  if (happened === "lost") return typing.isShown ? { ...typing, isShown: false } : typing;
  return NOT_TYPING;
}

/**
 * Says that the reader types, for each letter or two and not as often.
 *
 * @param tell tells the other
 * @returns a function to call with what is in the field whenever that changed
 */
export function createTypingSigns(tell: () => void): (words: string) => void {
  let lastToldAt = -Infinity;
  return function onType(words) {
    const now = Date.now();
    if (words.trim() === "" || now - lastToldAt < BETWEEN_SIGNS_MS) return;
    lastToldAt = now;
    tell();
  };
}
