import { setTimeout as delay } from "node:timers/promises";

import { beforeAll, beforeEach, describe, expect, it } from "vitest";

import { moveBooking, runJob, sql } from "../e2e/support/database.ts";
import { admin } from "../e2e/support/stack.ts";
import { cancel } from "./support/booking.ts";
import {
  endAllLeases,
  endLeases,
  killDispatch,
  pidOfDispatch,
} from "./support/dispatch-process.ts";
import { closeGate, prepareGates } from "./support/gate.ts";
import { drain, untilEnqueued } from "./support/outbox.ts";
import { until } from "./support/until.ts";
import { meetingsAtZoom, setModes, subjectsTo } from "./support/vendors.ts";
import {
  cancelPayment,
  capture,
  captureOfPart,
  chargeInstalment,
  chargeNoShowFee,
  createMeeting,
  deleteMeeting,
  evidence,
  mail,
  meetingRow,
  newScene,
  payFor,
  refund,
  reversal,
  transfer,
  type Scene,
  type Work,
} from "./support/work.ts";
import { chargeBehindPage, refundOfTheRest, reversalOfPart } from "./support/work-after-another.ts";

/** What happens to the process; returns when it was killed, if it was. */
const MOMENTS: Record<string, (work: Work, scene: Scene) => Promise<Date | null>> = {
  async "is killed before the vendor acts"(work, scene) {
    await admin(work.vendor, "faults", { kind: "hang", ...work.call });
    await work.begin(scene);
    await until("the vendor is called", async () => (await faultsLeft(work)) === 0);
    if (work.topic !== "mail") expect(await work.isDone(scene)).toBe(false);
    return killDispatch();
  },
  async "is killed when the vendor has acted, before it hears so"(work, scene) {
    await admin(work.vendor, "faults", { kind: "hang-after-commit", ...work.call });
    await work.begin(scene);
    await until("the vendor has acted", async () => {
      return (await faultsLeft(work)) === 0 && (await work.isDone(scene));
    });
    return killDispatch();
  },
  async "is killed when it has heard, before that is written down"(work, scene) {
    const gate = await closeGate(work.topic);
    await work.begin(scene);
    await gate.reached();
    expect(await work.isDone(scene)).toBe(true);
    const killedAt = await killDispatch();
    await gate.lose();
    return killedAt;
  },
  async "is killed when all is written down"(work, scene) {
    await untilEnqueued(work.topic, () => work.begin(scene));
    await drain();
    return killDispatch();
  },
  async "loses the connection when the vendor has acted"(work, scene) {
    await admin(work.vendor, "faults", { kind: "timeout-after-commit", ...work.call });
    await work.begin(scene);
    await until("the vendor is called", async () => (await faultsLeft(work)) === 0);
    return null;
  },
};

async function faultsLeft({ vendor }: Pick<Work, "vendor">): Promise<number> {
  return (await admin<{ faults: unknown[] }>(vendor, "faults")).faults.length;
}

beforeAll(prepareGates);
beforeEach(() => setModes("STRIPE", { hold: false }));

describe.each(
  Object.entries({
    createMeeting,
    deleteMeeting,
    refund,
    refundOfTheRest,
    capture,
    captureOfPart,
    cancelPayment,
    transfer,
    reversal,
    reversalOfPart: reversalOfPart(),
    evidence,
    chargeInstalment: chargeInstalment(),
    chargeBehindPage: chargeBehindPage(),
    chargeNoShowFee: chargeNoShowFee(),
    mail,
  }),
)("%s happens once when dispatch", (_name, work) => {
  it.each(Object.entries(MOMENTS))("%s", async (_name, happen) => {
    const scene = await newScene();
    await work.prepare(scene);
    const killedAt = await happen(work, scene);

    await work.meanwhile?.(scene);
    if (killedAt) await endLeases(killedAt);
    await drain();
    await work.check(scene);
  });
});

describe("a meeting whose id was lost with the process", () => {
  it("is deleted when its session was cancelled meanwhile", async () => {
    const scene = await newScene();
    const happen = MOMENTS["is killed when the vendor has acted, before it hears so"]!;
    const killedAt = await happen(createMeeting, scene);
    expect(await meetingsAtZoom(scene.bookingId)).toHaveLength(1);

    await cancel(scene.client, scene.bookingId);
    await endLeases(killedAt!);
    await drain();
    expect(await meetingsAtZoom(scene.bookingId)).toEqual([]);
    expect(await meetingRow(scene)).toMatchObject({ status: "cancelled" });
  });
});

describe("two runs of dispatch at once", () => {
  it("never work on the same row", async () => {
    const scenes = [await newScene(), await newScene()];
    await admin("MAIL", "faults", { kind: "status", status: 503, path: "/emails$", times: 4 });
    await Promise.all(scenes.map(payFor));
    await until("all mails failed once", async () => {
      return (await faultsLeft({ vendor: "MAIL" })) === 0;
    });
    const before = await mailCalls();
    await sql`update private.outbox set run_after = now() where status = 'pending'`;
    await Promise.all([1, 2, 3, 4].map(() => runJob("dispatch_outbox")));
    await drain();

    expect((await mailCalls()) - before).toBe(4);
  });

  async function mailCalls(): Promise<number> {
    const { requests } = await admin<{ requests: { path: string }[] }>("MAIL", "requests");
    return requests.filter(({ path }) => path === "/emails").length;
  }
});

describe("killed over and over", () => {
  /** Moments of a run, in milliseconds from its wake-up. */
  const MOMENTS_OF_A_RUN = [0, 40, 90, 160, 250, 400];

  it("dispatch makes one meeting, one refund and one mail of each kind", async () => {
    const scenes = [await newScene(), await newScene(), await newScene()];
    await untilEnqueued("mail", () => payForAll(scenes));
    await killNowAndThen();
    await until("all are confirmed", async () => {
      return (await Promise.all(scenes.map(meetingRow))).every((row) => row !== undefined);
    });
    await drain();
    for (const scene of scenes) {
      await createMeeting.check(scene);
      await mail.check(scene);
      await moveBooking(scene.bookingId, 10 * 60);
    }

    await Promise.all(scenes.map(({ client, bookingId }) => cancel(client, bookingId)));
    await killNowAndThen();
    await drain();
    for (const scene of scenes) {
      await deleteMeeting.check(scene);
      await refund.check(scene);
      for (const email of [scene.client.person.email, scene.coach.email]) {
        const subjects = await subjectsTo(email);
        expect(subjects.map((subject) => subject.split(":")[0])).toEqual([
          "Confirmed",
          "Cancelled",
        ]);
      }
    }
  });

  async function payForAll(scenes: Scene[]): Promise<void> {
    await Promise.all(scenes.map(payFor));
  }

  async function killNowAndThen(): Promise<void> {
    for (const milliseconds of MOMENTS_OF_A_RUN) {
      await runJob("dispatch_outbox");
      await until("dispatch runs, if it was woken", async () => {
        return (await pidOfDispatch()) !== null || (await isIdle());
      });
      // Not to wait for something: the moment is what is tried.
      await delay(milliseconds);
      if (await pidOfDispatch()) await endLeases(await killDispatch());
    }
    await endAllLeases();
  }

  /** Whether pg_net has nothing to send: nobody was woken, or who was has answered. */
  async function isIdle(): Promise<boolean> {
    const queued = await sql`select from net.http_request_queue`;
    return queued.length === 0;
  }
});
