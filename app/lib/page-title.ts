import { PRODUCT_NAME } from "~/components/logo";

/**
 * @param title what the page is about
 * @returns the title of its tab
 */
export function pageTitle(title: string): string {
  return `${title} · ${PRODUCT_NAME}`;
}
