import { z } from "zod";

/** Shape only: which days make sense is watch_offer's to say. */
export const WatchSchema = z.object({
  lastDay: z.iso.date({ error: "Enter a date, such as 2026-11-24." }),
});
