import { useCallback, useEffect, useReducer, useRef } from "react";

import { NOT_TYPING, TYPING_SHOWN_MS, typingReducer } from "./typing";

/**
 * Whether the other is typing: from a sign of it until there was none for a while, their words came, or nobody can know.
 *
 * @returns that, and functions to say which of these happened
 */
export function useTyping() {
  const [typing, dispatch] = useReducer(typingReducer, NOT_TYPING);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  useEffect(() => () => clearTimeout(timer.current), []);

  const onSign = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => dispatch("pause"), TYPING_SHOWN_MS);
    dispatch("sign");
  }, []);
  const onWritten = useCallback(() => dispatch("written"), []);
  const onLost = useCallback(() => dispatch("lost"), []);
  return { typing, onSign, onWritten, onLost };
}
