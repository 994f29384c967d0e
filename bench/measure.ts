/** Times of many runs, in milliseconds. */
export type Times = { median: number; p95: number };

/**
 * Takes each of some pieces of work `rounds` times, in turns and each first every other time, so
 * that whatever else the machine does falls on all of them alike. The first tenth only warms up.
 */
export async function takeTurns<Name extends string>(
  rounds: number,
  work: Record<Name, () => Promise<unknown>>,
): Promise<Record<Name, Times>> {
  const names = Object.keys(work) as Name[];
  const times = new Map<Name, number[]>(names.map((name) => [name, []]));
  const warmUp = Math.ceil(rounds / 10);

  for (let round = 0; round < warmUp + rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const startedAt = performance.now();
      await work[name]();
      if (round >= warmUp) times.get(name)?.push(performance.now() - startedAt);
    }
  }
  return Object.fromEntries(
    names.map((name) => [name, summarize(times.get(name) ?? [])]),
  ) as Record<Name, Times>;
}

/** Median and 95th percentile. */
export function summarize(times: number[]): Times {
  const sorted = [...times].sort((left, right) => left - right);
  return { median: percentile(sorted, 0.5), p95: percentile(sorted, 0.95) };
}

/** The middle one of some numbers. */
export function median(numbers: number[]): number {
  return summarize(numbers).median;
}

function percentile(sorted: number[], share: number): number {
  const index = Math.min(sorted.length - 1, Math.floor(sorted.length * share));
  return sorted[index] ?? Number.NaN;
}
