import { expect, it, vi } from "vitest";

import type { Db } from "~/lib/db.server";

import { preparePicture } from "./prepare-picture.server.ts";
import { writeMessage } from "./write-message.server.ts";

vi.mock("./prepare-picture.server.ts", { spy: true });

type Answers = {
  prepared?: { data?: number | null; error?: { code: string; message: string } };
  /** What Storage answers to each upload, the last one to all that follow. */
  uploads?: (string | null)[];
};

/** A database that answers as it is told, and remembers what it was asked. */
function createDb({ prepared = {}, uploads = [null] }: Answers) {
  const asked: string[] = [];
  const db = {
    rpc(name: string, args: { attachment_ids?: string[] }) {
      asked.push(args.attachment_ids ? `${name} ${args.attachment_ids.length}` : name);
      return Promise.resolve(
        name === "prepare_message"
          ? { data: prepared.data ?? null, error: prepared.error ?? null }
          : { data: 7, error: null },
      );
    },
    storage: {
      from: () => ({
        upload() {
          asked.push("upload");
          const statusCode = uploads.length > 1 ? uploads.shift() : uploads[0];
          return Promise.resolve({ error: statusCode ? { statusCode, message: "no" } : null });
        },
      }),
    },
  };
  return { db: db as unknown as Db, asked };
}

const GIF = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");

function fileOf(name: string, bytes: Uint8Array) {
  return { name, bytes, size: bytes.byteLength };
}

const PICTURE = fileOf("house.gif", GIF);
const TEXT = fileOf("list.txt", Buffer.from("One roof"));

function messageWith(...files: (typeof TEXT)[]) {
  return { id: "m", conversationId: "c", body: "Look", files };
}

it("looks at no picture of who may not write", async () => {
  const error = { code: "MSBLK", message: "This conversation takes no more messages." };
  const { db, asked } = createDb({ prepared: { error } });
  const written = await writeMessage(db, messageWith(PICTURE, PICTURE));
  expect(written).toMatchObject({ ok: false, error });
  expect(asked).toEqual(["prepare_message"]);
  expect(preparePicture).not.toHaveBeenCalled();
});

it("sends nothing again", async () => {
  const { db, asked } = createDb({ prepared: { data: 3 } });
  expect(await writeMessage(db, messageWith(TEXT))).toEqual({ ok: true, seq: 3 });
  expect(asked).toEqual(["prepare_message"]);
});

it("stops at the first file that Storage does not take, and lets send_message say why", async () => {
  const { db, asked } = createDb({ uploads: [null, "403"] });
  await writeMessage(db, messageWith(TEXT, TEXT, TEXT, TEXT));
  expect(asked).toEqual(["prepare_message", "upload", "upload", "send_message 4"]);
});

it("takes what is there from an earlier try for sent", async () => {
  const { db, asked } = createDb({ uploads: ["409"] });
  expect(await writeMessage(db, messageWith(TEXT, TEXT))).toEqual({ ok: true, seq: 7 });
  expect(asked).toEqual(["prepare_message", "upload", "upload", "send_message 2"]);
});

it("asks nothing before words alone", async () => {
  const { db, asked } = createDb({});
  await writeMessage(db, messageWith());
  expect(asked).toEqual(["send_message 0"]);
});
