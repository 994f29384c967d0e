import { useRevalidator } from "@remix-run/react";
import { useEffect } from "react";

/**
 * Asks the page's loaders again and again, while something is expected to change by itself and the
 * page is looked at.
 *
 * @param milliseconds between two times; null stops
 */
export function useRevalidateEvery(milliseconds: number | null): void {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    if (milliseconds === null) return;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") revalidate();
    }, milliseconds);
    return () => clearInterval(timer);
  }, [milliseconds, revalidate]);
}
