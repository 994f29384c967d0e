import { randomUUID } from "node:crypto";

import { createClient } from "@supabase/supabase-js";
import { beforeAll, describe, expect, it } from "vitest";

import { toValue } from "~/lib/domain-error";

import { sql } from "../e2e/support/database.ts";
import { createCoach } from "../e2e/support/people.ts";
import { stackValue } from "../e2e/support/stack.ts";
import { createSignedIn, signIn, type Client } from "./support/client.ts";
import { until } from "./support/until.ts";

const PAPER = { contentType: "application/pdf", metadata: { name: "Offer.pdf" } };
const BYTES = Buffer.from("%PDF-1.4 an offer");

let client: Client;
let coach: Client;
/** A client of the same coach, who has a thread of their own. */
let other: Client;
let stranger: Client;
let conversationId: string;

beforeAll(async () => {
  const practice = await createCoach();
  [client, other, stranger, coach] = await Promise.all([
    createSignedIn(),
    createSignedIn(),
    createSignedIn(),
    signIn(practice),
  ]);
  const open = ({ db }: Client) => db.rpc("start_conversation", { coach_id: practice.coach.id });
  conversationId = toValue(await open(client));
  await open(other);
});

type NewFile = { messageId: string; id: string };

const newFile = (messageId: string = randomUUID()): NewFile => ({ messageId, id: randomUUID() });
const pathOf = ({ messageId, id }: NewFile) => `${conversationId}/${messageId}/${id}`;

function upload({ db }: Pick<Client, "db">, file: NewFile, body = BYTES, options: object = PAPER) {
  return db.storage.from("attachments").upload(pathOf(file), body, options);
}

function send({ db }: Pick<Client, "db">, messageId: string, ids: string[]) {
  const message = { conversation_id: conversationId, message_id: messageId, body: "" };
  return db.rpc("send_message", { ...message, attachment_ids: ids });
}

/** A file that the client has sent. */
async function sendPaper(): Promise<NewFile> {
  const file = newFile();
  expect((await upload(client, file)).error).toBeNull();
  toValue(await send(client, file.messageId, [file.id]));
  return file;
}

/** How an attempt to get a file ended, whichever way. */
async function waysIn({ db }: Pick<Client, "db">, file: NewFile): Promise<(string | undefined)[]> {
  const files = db.storage.from("attachments");
  const [signed, signedMany, downloaded, listed] = await Promise.all([
    files.createSignedUrl(pathOf(file), 60),
    files.createSignedUrls([pathOf(file)], 60),
    files.download(pathOf(file)),
    files.list(`${conversationId}/${file.messageId}`),
  ]);
  return [
    signed.data?.signedUrl,
    signedMany.data?.[0]?.signedUrl ?? undefined,
    await downloaded.data?.text(),
    listed.data?.[0]?.name,
  ];
}

const NO_WAY = [undefined, undefined, undefined, undefined];

function visitor(): Pick<Client, "db"> {
  const keys = [stackValue("SUPABASE_URL"), stackValue("SUPABASE_PUBLISHABLE_KEY")] as const;
  return { db: createClient(...keys) };
}

describe("a file of a conversation", () => {
  it("is read by its two parties, and by nobody who guesses where it is", async () => {
    const file = await sendPaper();
    for (const party of [client, coach]) {
      const [signed, , text] = await waysIn(party, file);
      expect(text).toBe(BYTES.toString());
      expect(await (await fetch(signed!)).text()).toBe(BYTES.toString());
    }
    for (const asker of [other, stranger, visitor()]) {
      expect(await waysIn(asker, file)).toEqual(NO_WAY);
      const rows = await asker.db.from("message_attachments").select("id").eq("id", file.id);
      expect(rows.data ?? []).toEqual([]);
    }
  });

  it("is nobody's before it is sent, and is sent whole or not at all", async () => {
    const file = newFile();
    expect((await upload(client, file)).error).toBeNull();
    for (const asker of [client, coach]) expect(await waysIn(asker, file)).toEqual(NO_WAY);

    const lacking = await send(client, file.messageId, [file.id, randomUUID()]);
    expect(lacking.error?.code).toBe("MSGON");
    expect((await send(coach, file.messageId, [file.id])).error?.code).toBe("MSGON");
    const rows = await client.db.from("messages").select("id").eq("id", file.messageId);
    expect(rows.data).toEqual([]);
  });

  it("is there once, however often and at once it is sent", async () => {
    const file = newFile();
    await upload(client, file);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => send(client, file.messageId, [file.id])),
    );
    expect(new Set(answers.map((answer) => toValue(answer))).size).toBe(1);
    const rows = await coach.db
      .from("messages")
      .select("id, message_attachments(id)")
      .eq("id", file.messageId);
    expect(rows.data).toEqual([{ id: file.messageId, message_attachments: [{ id: file.id }] }]);
  });

  it("can't be put into another's thread, replaced, or added to what is sent", async () => {
    for (const asker of [other, stranger, visitor()]) {
      expect((await upload(asker, newFile())).error).toMatchObject({ statusCode: "403" });
    }
    const file = await sendPaper();
    const again = await upload(coach, file);
    const more = await upload(client, newFile(file.messageId));
    expect([again.error, more.error]).toMatchObject([{ statusCode: "403" }, { statusCode: "403" }]);
    expect((await client.db.storage.from("attachments").remove([pathOf(file)])).data).toEqual([]);
    expect((await waysIn(coach, file))[2]).toBe(BYTES.toString());
  });

  it("is of a type and a size that the bucket takes, and one of ten", async () => {
    const page = await upload(client, newFile(), BYTES, { contentType: "text/html" });
    const drawing = await upload(client, newFile(), BYTES, { contentType: "image/svg+xml" });
    const large = await upload(client, newFile(), Buffer.alloc(10 * 1024 * 1024 + 1));
    expect([page.error, drawing.error, large.error]).toMatchObject([
      { statusCode: "415" },
      { statusCode: "415" },
      { statusCode: "413" },
    ]);

    const messageId = randomUUID();
    const files = Array.from({ length: 11 }, () => newFile(messageId));
    await Promise.all(files.map((file) => upload(client, file)));
    const ids = files.map((file) => file.id);
    expect((await send(client, messageId, ids)).error?.code).toBe("MSTEN");
    expect((await send(client, messageId, ids.slice(1))).error).toBeNull();
  });
});

describe("the address of a file", () => {
  it("is refused when it is past its time, forged, or of another file", async () => {
    const [file, second] = [await sendPaper(), await sendPaper()];
    const files = client.db.storage.from("attachments");
    const { data } = await files.createSignedUrl(pathOf(file), 60);
    const address = data!.signedUrl;
    const [head, payload, signature] = new URL(address).searchParams.get("token")!.split(".");
    const claims = JSON.parse(Buffer.from(payload!, "base64url").toString()) as { exp: number };
    const longer = Buffer.from(JSON.stringify({ ...claims, exp: claims.exp + 3_600 }));
    const forged = `${head}.${longer.toString("base64url")}.${signature}`;

    const statusOf = async (url: string) => (await fetch(url)).status;
    expect(await statusOf(address)).toBe(200);
    expect(await statusOf(address.replace(pathOf(file), pathOf(second)))).toBe(400);
    expect(await statusOf(`${address.split("?")[0]}?token=${forged}`)).toBe(400);
    expect(await statusOf(address.split("?")[0]!)).toBe(400);

    const short = await files.createSignedUrl(pathOf(file), 1);
    await until("it is past its time", async () => (await statusOf(short.data!.signedUrl)) === 400);
  });
});

describe("what is left over", () => {
  it("goes when it was never sent for a day, bytes and all; what was sent stays", async () => {
    const [unsent, sent] = [newFile(), await sendPaper()];
    await upload(client, unsent);
    await sql`
      update storage.objects set created_at = now() - interval '25 hours'
      where name in (${pathOf(unsent)}, ${pathOf(sent)})
    `;
    await sql`select private.remove_leftover_files()`;
    await until(
      "it is gone",
      async () =>
        (await sql`select from storage.objects where name = ${pathOf(unsent)}`).length === 0,
    );
    expect((await waysIn(coach, sent))[2]).toBe(BYTES.toString());
  });

  it("goes with who sent it, and opens by no address any more", async () => {
    const file = await sendPaper();
    const { data } = await coach.db.storage.from("attachments").createSignedUrl(pathOf(file), 60);
    await sql`
      select private.forget_attachments(sender_id) from public.messages where id = ${file.messageId}
    `;
    expect(await waysIn(coach, file)).toEqual(NO_WAY);
    await until("it is gone", async () => (await fetch(data!.signedUrl)).status === 400);
    const left = await sql`select from storage.objects where name = ${pathOf(file)}`;
    expect(left).toHaveLength(0);
  });
});
