import type { Clock } from "./clock.ts";
import { createDeliveryQueue } from "./delivery-queue.ts";
import { attemptDelivery, type Attempt } from "./webhook-attempt.ts";

export type { Attempt } from "./webhook-attempt.ts";

/** Where webhooks go. Vendors add fields of their own, such as which events it listens to. */
export type Target = { url: string; secret: string };

/** Something to tell. The body is the exact text that is signed and sent, every time. */
export type WebhookEvent = { id: string; type: string; body: string };

/** What a vendor's network may do to webhooks. Everything off is "once, at once, in order". */
export type DeliveryModes = {
  /** Every delivery is made twice, at the same time. */
  duplicate: boolean;
  /** Nothing leaves until `release`. */
  hold: boolean;
  /** Nothing ever leaves, as when a vendor has an outage; only `redeliver` still sends. */
  drop: boolean;
  /** Wait this long before the first attempt. */
  delayMilliseconds: number;
};

type SenderOptions<T extends Target> = {
  /** Who gets this event. Asked at the time of sending. */
  targets: (event: WebhookEvent) => T[];
  /** Headers that prove the sender. `seconds` is the emulator's time of this very attempt. */
  sign: (target: T, event: WebhookEvent, seconds: number) => Record<string, string>;
  clock: Clock;
  /** Real milliseconds before the second, third … attempt; as many retries as entries. */
  retryDelays?: number[];
  /** Real milliseconds until an attempt without an answer counts as failed. */
  timeoutMilliseconds?: number;
};

export type WebhookSender = {
  /** Queues an event and returns at once: no API call of a vendor waits for its webhooks. */
  send(event: WebhookEvent): void;
  /** Changes some of the modes. */
  setModes(modes: Partial<DeliveryModes>): DeliveryModes;
  /** Ends `hold` and sends what was held, the last first when reversed. Returns how many. */
  release(options?: { reverse?: boolean }): number;
  /** Sends a known event again, whatever the modes say; false when there is no such event. */
  redeliver(eventId: string): boolean;
  /** Every event so far, newest first, with its attempts. */
  log(): { event: WebhookEvent; held: boolean; attempts: Attempt[] }[];
  modes(): DeliveryModes;
  /** Resolves when nothing is on its way or waiting for a retry. What is held does not count. */
  settled(): Promise<void>;
  /** Forgets all events and modes; pending retries are given up. */
  reset(): void;
};

const DEFAULT_RETRY_DELAYS = [500, 2_000, 10_000, 30_000];
const EVENTS_KEPT = 2000;
const NO_MODES: DeliveryModes = {
  duplicate: false,
  hold: false,
  drop: false,
  delayMilliseconds: 0,
};

/**
 * Makes the part of an emulator that tells the site what happened: asynchronous, signed by the
 * vendor's rules, retried until a 2xx. First attempts go out one after the other in the order of
 * the events; a failed one does not hold up those behind it.
 */
export function createWebhookSender<T extends Target>(options: SenderOptions<T>): WebhookSender {
  const { targets, sign, clock, retryDelays = DEFAULT_RETRY_DELAYS } = options;
  const timeoutMilliseconds = options.timeoutMilliseconds ?? 10_000;

  const queue = createDeliveryQueue();
  let modes: DeliveryModes = { ...NO_MODES };
  let held: WebhookEvent[] = [];
  const events = new Map<string, { event: WebhookEvent; attempts: Attempt[] }>();

  function remember(event: WebhookEvent): void {
    events.set(event.id, { event, attempts: [] });
    const oldest = events.keys().next().value;
    if (events.size > EVENTS_KEPT && oldest !== undefined) events.delete(oldest);
  }

  async function attempt(event: WebhookEvent, target: T, number: number): Promise<void> {
    // Signed anew at every attempt: receivers refuse old timestamps.
    const headers = sign(target, event, clock.seconds());
    const outcome = await attemptDelivery(target.url, event.body, headers, timeoutMilliseconds);
    const record: Attempt = { number, at: clock.iso(), url: target.url, ...outcome };
    const known = events.get(event.id);
    known?.attempts.push(record);

    const retryDelay = retryDelays[number - 1];
    if (known && !outcome.delivered && retryDelay !== undefined) {
      queue.later(retryDelay, () => attempt(event, target, number + 1));
    }
  }

  function dispatch(event: WebhookEvent, copies: number, delayMilliseconds: number): void {
    async function firstAttempts(): Promise<void> {
      const receivers = targets(event).flatMap((target) => Array<T>(copies).fill(target));
      await Promise.all(receivers.map((target) => attempt(event, target, 1)));
    }
    if (delayMilliseconds > 0) queue.later(delayMilliseconds, firstAttempts);
    else queue.next(firstAttempts);
  }

  function dispatchByModes(event: WebhookEvent): void {
    dispatch(event, modes.duplicate ? 2 : 1, modes.delayMilliseconds);
  }

  return {
    send(event) {
      remember(event);
      if (modes.drop) return;
      if (modes.hold) held.push(event);
      else dispatchByModes(event);
    },
    setModes(changes) {
      modes = { ...modes, ...changes };
      return modes;
    },
    release({ reverse = false } = {}) {
      modes = { ...modes, hold: false };
      const released = reverse ? held.toReversed() : held;
      held = [];
      released.forEach(dispatchByModes);
      return released.length;
    },
    redeliver(eventId) {
      const known = events.get(eventId);
      if (known) dispatch(known.event, 1, 0);
      return known !== undefined;
    },
    log: () =>
      [...events.values()]
        .map(({ event, attempts }) => ({ event, attempts, held: held.includes(event) }))
        .reverse(),
    modes: () => modes,
    settled: queue.settled,
    reset() {
      queue.cancel();
      events.clear();
      held = [];
      modes = { ...NO_MODES };
    },
  };
}
