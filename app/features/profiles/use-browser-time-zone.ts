import { useEffect, useRef } from "react";

/**
 * Tells the zone the browser is set to, once, after the page has become interactive.
 *
 * @param isWanted whether it would be of use
 * @param onFound is called with an IANA zone
 */
export function useBrowserTimeZone(isWanted: boolean, onFound: (timeZone: string) => void): void {
  const isDone = useRef(!isWanted);
  useEffect(() => {
    if (isDone.current) return;
    isDone.current = true;
    onFound(Intl.DateTimeFormat().resolvedOptions().timeZone);
  });
}
