import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

import { z } from "zod";

import { median, summarize, type Times } from "./measure.ts";
import { SEARCHES, searchPath } from "./searches.ts";

const CONNECTIONS = 8;
/** Short slices and many of them: what else the machine does falls on both sites alike. */
const SLICE_SECONDS = 1;
const ROUNDS = 50;
const LOAD = fileURLToPath(new URL("./request-pages.ts", import.meta.url));

const SliceSchema = z.object({ perSecond: z.number(), times: z.array(z.number()) });
const AnswerSchema = z.tuple([z.array(SliceSchema), z.array(SliceSchema)]);

export type PageTimes = Times & { perSecond: number };

export type Pages = {
  small: PageTimes;
  large: PageTimes;
  /** Requests a second of the large site by the small one's, of every round. */
  ratios: number[];
};

/**
 * Asks both sites for the same search pages, in turns.
 * @throws if a page does not answer as it should
 */
export async function measurePages(origins: { small: string; large: string }): Promise<Pages> {
  const [small, large] = await requestPages([origins.small, origins.large]);

  return {
    small: summarizeSlices(small),
    large: summarizeSlices(large),
    ratios: large.map((slice, round) => slice.perSecond / (small[round]?.perSecond ?? Number.NaN)),
  };
}

function summarizeSlices(slices: z.infer<typeof SliceSchema>[]): PageTimes {
  return {
    ...summarize(slices.flatMap((slice) => slice.times)),
    perSecond: median(slices.map((slice) => slice.perSecond)),
  };
}

async function requestPages(origins: string[]): Promise<z.infer<typeof AnswerSchema>> {
  const numbers = [CONNECTIONS, SLICE_SECONDS, ROUNDS].map(String);
  const command = [LOAD, ...numbers, ...origins, ...SEARCHES.map(searchPath)];
  const child = spawn(process.execPath, command, { stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));

  const code = await new Promise((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error("The pages could not be measured.");
  return AnswerSchema.parse(JSON.parse(output));
}
