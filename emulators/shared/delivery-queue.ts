type Job = () => Promise<void>;

export type DeliveryQueue = {
  /** Runs the job after those queued before it. */
  next(job: Job): void;
  /** Runs the job by itself after this many real milliseconds. */
  later(milliseconds: number, job: Job): void;
  /** Resolves when no job is running, queued or waiting for its time. */
  settled(): Promise<void>;
  /** Drops what has not begun. */
  cancel(): void;
};

/** Runs jobs one after the other, and others at their time, and knows when all are done. */
export function createDeliveryQueue(): DeliveryQueue {
  let tail: Promise<void> = Promise.resolve();
  let pending = 0;
  let generation = 0;
  const timers = new Set<NodeJS.Timeout>();
  let waiters: (() => void)[] = [];

  function began(): void {
    pending += 1;
  }

  function ended(): void {
    pending -= 1;
    if (pending > 0) return;
    for (const resolve of waiters) resolve();
    waiters = [];
  }

  async function run(job: Job, bornIn: number): Promise<void> {
    try {
      if (bornIn === generation) await job();
    } catch (error) {
      console.error("a webhook delivery failed in the emulator itself", error);
    } finally {
      ended();
    }
  }

  return {
    next(job) {
      began();
      const bornIn = generation;
      tail = tail.then(() => run(job, bornIn));
    },
    later(milliseconds, job) {
      began();
      const bornIn = generation;
      const timer = setTimeout(() => {
        timers.delete(timer);
        void run(job, bornIn);
      }, milliseconds);
      timers.add(timer);
    },
    settled: () =>
      pending === 0 ? Promise.resolve() : new Promise((resolve) => waiters.push(resolve)),
    cancel() {
      generation += 1;
      for (const timer of timers) {
        clearTimeout(timer);
        ended();
      }
      timers.clear();
    },
  };
}
