import { until } from "./until.ts";
import { eventsAbout, redeliver, release, setModes, settled } from "./vendors.ts";
import type { WebhookVendor } from "./vendors.ts";

/** How a vendor's webhooks may reach us. The first is what all others are compared with. */
export const WAYS = ["once, in order", "twice", "in reverse order", "late", "late and in reverse"];

/** One way in which a vendor's webhooks reach us while a story is told. */
export type Delivery = {
  /**
   * A part of the story that makes the vendor send webhooks.
   * @param part.work what is done
   * @param part.about ids that tell the story's events from others
   * @param part.needs the type of the one event without which the story cannot go on: it comes in
   *   time however late the others are
   * @param part.last the type of the event that comes last
   */
  step(part: {
    work: () => Promise<void>;
    about: () => string[];
    last: string;
    needs?: string;
  }): Promise<void>;
  /** Ends the story: what is still on its way arrives. */
  end(): Promise<void>;
};

/** Starts one way of delivering. */
export async function deliver(vendor: WebhookVendor, way: string): Promise<Delivery> {
  const isLate = way.startsWith("late");
  const isReversed = way.includes("reverse");
  await setModes(vendor, { duplicate: way === "twice", hold: isLate });

  return {
    async step({ work, about, last, needs }) {
      if (isReversed) await setModes(vendor, { hold: true });
      await work();
      await until(`${vendor} sends ${last}`, async () => {
        const events = await eventsAbout(vendor, about());
        return events.some(({ event }) => event.type === last);
      });

      if (!isLate) {
        const released = await release(vendor, isReversed ? "reversed" : "in order");
        if (isReversed && released < 2) throw new Error("There was nothing to reverse.");
      } else if (needs) {
        const events = await eventsAbout(vendor, about());
        const needed = events.find(({ event }) => event.type === needs);
        if (needed) await redeliver(vendor, needed.event.id);
      }
      await settled(vendor);
    },
    async end() {
      const released = await release(vendor, isReversed ? "reversed" : "in order");
      if (isLate && released < 2) throw new Error("Nothing was late.");
      await setModes(vendor, { duplicate: false, hold: false });
    },
  };
}

/** Sends all events of a story once more, the last one first, as an admin may ask a vendor to. */
export async function replay(vendor: WebhookVendor, about: string[]): Promise<number> {
  const events = await eventsAbout(vendor, about);
  for (const { event } of events.reverse()) await redeliver(vendor, event.id);
  return events.length;
}
