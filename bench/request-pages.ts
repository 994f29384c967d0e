/**
 * node bench/request-pages.ts <connections> <seconds> <rounds> <origin> <other origin> <path…>
 *
 * Asks two sites for the same pages, as fast as each answers: one for some seconds, then the other,
 * and again. Prints what each slice took as JSON. A process of its own: beside the stacks it would
 * measure itself.
 */
import { Agent, get } from "node:http";

const [connections = "1", seconds = "1", rounds = "1", first = "", second = "", ...paths] =
  process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxSockets: Number(connections) });
const origins = [first, second];
const slices = origins.map((): { perSecond: number; times: number[] }[] => []);

for (let round = 0; round <= Number(rounds); round += 1) {
  // Each goes first every other time. The first round only warms up.
  for (const index of round % 2 === 0 ? [0, 1] : [1, 0]) {
    const slice = await askFor(Number(seconds), origins[index] ?? "");
    if (round > 0) slices[index]?.push(slice);
  }
}
console.log(JSON.stringify(slices));
agent.destroy();

async function askFor(duration: number, origin: string) {
  const times: number[] = [];
  let next = 0;
  const startedAt = performance.now();
  const endsAt = startedAt + duration * 1_000;

  async function work() {
    while (performance.now() < endsAt) {
      const path = paths[next++ % paths.length] ?? "/";
      const askedAt = performance.now();
      await request(new URL(path, origin));
      times.push(performance.now() - askedAt);
    }
  }

  await Promise.all(Array.from({ length: Number(connections) }, work));
  return { perSecond: times.length / ((performance.now() - startedAt) / 1_000), times };
}

/** One page, read to its end. A page that fails fails the measurement. */
function request(url: URL): Promise<void> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      if (response.statusCode !== 200) {
        reject(new Error(`${url.href} answered ${response.statusCode}.`));
      }
      response.resume().on("end", resolve).on("error", reject);
    }).on("error", reject);
  });
}
