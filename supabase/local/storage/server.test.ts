import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { PROJECT_LIMIT, startTestStorage, type TestStorage } from "./test-storage.ts";

let storage: TestStorage;

beforeAll(async () => {
  storage = await startTestStorage();
}, 60_000);

afterAll(() => storage?.stop());

beforeEach(async () => {
  await storage.sql`select set_config('storage.allow_delete_query', 'true', false)`;
  await storage.sql`delete from storage.objects`;
  await storage.sql`select set_config('storage.allow_delete_query', '', false)`;
  storage.reports.length = 0;
});

const TEXT = { contentType: "text/plain" };

/** Sela uploads her label; it must work. */
async function putPlum(): Promise<void> {
  const { error } = await storage.connect("sela").from("labels").upload("sela/plum", "Plum", TEXT);
  expect(error).toBeNull();
}

describe("uploading", () => {
  it("keeps what it is given, as a body or as a part of a form, and says whose it is", async () => {
    const labels = storage.connect("sela").from("labels");
    const metadata = { name: "Plüm" };
    const raw = await labels.upload("sela/plum", "Plum", { ...TEXT, metadata });
    const form = await labels.upload(
      "sela/a folder/honey",
      new Blob(["Honey"], { type: "image/x" }),
      { metadata },
    );

    expect(raw.data).toMatchObject({ path: "sela/plum", fullPath: "labels/sela/plum" });
    expect(form.error).toBeNull();
    const rows = await storage.sql`
      select id, name, owner_id, owner, metadata ->> 'mimetype' as type,
        (metadata ->> 'size')::integer as size, metadata ->> 'cacheControl' as cache,
        user_metadata
      from storage.objects order by name
    `;
    expect(rows).toEqual([
      {
        id: form.data?.id,
        name: "sela/a folder/honey",
        owner_id: "sela",
        owner: null,
        type: "image/x",
        size: 5,
        cache: "max-age=3600",
        user_metadata: metadata,
      },
      expect.objectContaining({
        id: raw.data?.id,
        name: "sela/plum",
        type: "text/plain",
        size: 4,
        user_metadata: metadata,
      }),
    ]);

    expect(await (await labels.download("sela/plum")).data?.text()).toBe("Plum");
    expect(await (await labels.download("sela/a folder/honey")).data?.text()).toBe("Honey");
  });

  it("asks the insert policy as the person", async () => {
    const outcomes = [];
    for (const name of ["mallory", null]) {
      const labels = storage.connect(name).from("labels");
      outcomes.push((await labels.upload("sela/plum", "Mine", TEXT)).error);
    }
    for (const error of outcomes) {
      expect(error).toMatchObject({
        status: 400,
        statusCode: "403",
        message: 'new row violates row-level security policy for table "objects"',
      });
    }
    expect(await storage.sql`select from storage.objects`).toHaveLength(0);
    expect(
      await storage.connect("service").from("labels").upload("x/y", "Any", TEXT),
    ).toMatchObject({ error: null });
  });

  it("keeps what is there: a second of the same name is refused, and so is replacing", async () => {
    await putPlum();
    const before = await storage.countFiles();
    const labels = storage.connect("sela").from("labels");
    const again = await labels.upload("sela/plum", "Other", TEXT);
    const upsert = await labels.upload("sela/plum", "Other", { ...TEXT, upsert: true });

    expect(again.error).toMatchObject({
      statusCode: "409",
      message: "The resource already exists",
    });
    expect(upsert.error).toMatchObject({ statusCode: "501" });
    expect(await (await labels.download("sela/plum")).data?.text()).toBe("Plum");
    expect(await storage.countFiles()).toBe(before);
  });

  it("keeps one of two that arrive at once", async () => {
    const before = await storage.countFiles().catch(() => 0);
    const labels = storage.connect("sela").from("labels");
    const outcomes = await Promise.all(
      ["one", "two", "three"].map((text) => labels.upload("sela/plum", text, TEXT)),
    );
    expect(outcomes.filter((outcome) => outcome.error === null)).toHaveLength(1);
    expect(await storage.countFiles()).toBe(before + 1);
  });

  it.each([
    ["larger than the bucket takes", "labels", "x".repeat(1_001), TEXT],
    ["larger than the project takes", "crates", "x".repeat(PROJECT_LIMIT + 1), TEXT],
    [
      "larger, as a part of a form",
      "labels",
      new Blob(["x".repeat(1_001)], { type: "text/plain" }),
      {},
    ],
    ["far larger", "labels", new Blob(["x".repeat(900_000)], { type: "text/plain" }), {}],
  ])("refuses what is %s", async (_name, bucket, body, options) => {
    const { error } = await storage.connect("sela").from(bucket).upload("sela/big", body, options);
    expect(error).toMatchObject({
      statusCode: "413",
      message: "The object exceeded the maximum allowed size",
    });
    expect(await storage.sql`select from storage.objects`).toHaveLength(0);
  });

  it("takes what is just small enough", async () => {
    const labels = storage.connect("sela").from("labels");
    expect((await labels.upload("sela/a", "x".repeat(1_000), TEXT)).error).toBeNull();
    const part = new Blob(["x".repeat(1_000)], { type: "text/plain" });
    expect((await labels.upload("sela/b", part)).error).toBeNull();
  });

  it("refuses types that the bucket does not take, and buckets that are not there", async () => {
    const sela = storage.connect("sela");
    const page = await sela.from("labels").upload("sela/x", "<p>", { contentType: "text/html" });
    const form = await sela
      .from("labels")
      .upload("sela/x", new Blob(["<p>"], { type: "text/html" }));
    const nowhere = await sela.from("attic").upload("sela/x", "x", TEXT);

    expect(page.error).toMatchObject({
      statusCode: "415",
      message: "mime type text/html is not supported",
    });
    expect(form.error).toMatchObject({ statusCode: "415" });
    expect(nowhere.error).toMatchObject({ statusCode: "404", message: "Bucket not found" });
  });

  it("refuses names that no object can have", async () => {
    const { error } = await storage.connect("sela").from("labels").upload("sela/[x]", "x", TEXT);
    expect(error).toMatchObject({ statusCode: "400", message: "Invalid key: sela/[x]" });
  });
});

describe("reading", () => {
  it("asks the select policy as the person, and looks the same as nothing", async () => {
    await putPlum();
    for (const name of ["mallory", null]) {
      const labels = storage.connect(name).from("labels");
      const theirs = await labels.download("sela/plum");
      const nothing = await labels.download("sela/none");
      const address = await labels.createSignedUrl("sela/plum", 60);

      expect(await bodyOf(theirs.error)).toEqual(await bodyOf(nothing.error));
      expect(await bodyOf(theirs.error)).toEqual({
        statusCode: "404",
        code: "NoSuchKey",
        error: "not_found",
        message: "Object not found",
      });
      expect(address.error).toMatchObject({ statusCode: "404" });
      expect((await labels.list("sela")).data).toEqual([]);
    }
  });

  it("answers at the address for those who are signed in as well", async () => {
    await putPlum();
    const headers = await storage.headersOf("sela");
    const address = `${storage.url}/object/authenticated/labels/sela/plum`;
    const answer = await fetch(address, { headers });
    expect(await answer.text()).toBe("Plum");
    expect(answer.headers.get("content-type")).toBe("text/plain");
    expect((await fetch(address)).status).toBe(401);
  });

  it("lists what is right below a folder", async () => {
    await putPlum();
    const labels = storage.connect("sela").from("labels");
    await labels.upload("sela/old/fig", "Fig", TEXT);
    await labels.upload("sela/old/pear", "Pear", TEXT);

    expect((await labels.list("sela")).data?.map(({ name, id }) => [name, id !== null])).toEqual([
      ["old", false],
      ["plum", true],
    ]);
    expect((await labels.list("sela/old", { limit: 1, offset: 1 })).data).toMatchObject([
      { name: "pear", metadata: { size: 4 } },
    ]);
    expect((await labels.list("")).data).toMatchObject([{ name: "sela" }]);
  });
});

describe("a signed address", () => {
  it("opens one object for whoever has it, shown or saved", async () => {
    await putPlum();
    const labels = storage.connect("sela").from("labels");
    const shown = await labels.createSignedUrl("sela/plum", 60);
    // Not by the client's option: it encodes the name twice.
    const saved = new URL(shown.data!.signedUrl);
    saved.searchParams.set("download", "Sela’s plum.txt");

    const answer = await fetch(shown.data!.signedUrl);
    expect(await answer.text()).toBe("Plum");
    expect(answer.headers.get("content-disposition")).toBeNull();
    const download = await fetch(saved);
    expect(download.headers.get("content-disposition")).toContain(
      "filename*=UTF-8''Sela%E2%80%99s%20plum.txt",
    );
  });

  it("is refused when it is past its time, of another object, or changed", async () => {
    await putPlum();
    const labels = storage.connect("sela").from("labels");
    await labels.upload("sela/honey", "Honey", TEXT);
    const { data } = await labels.createSignedUrl("sela/plum", 60);
    const url = data!.signedUrl;
    const [head, payload, signature] = new URL(url).searchParams.get("token")!.split(".");
    const longer = Buffer.from(
      JSON.stringify({ url: "labels/sela/plum", iat: 1, exp: 9_999_999_999 }),
    ).toString("base64url");

    expect(await refusalOf(url.replace("sela/plum", "sela/honey"))).toBe("InvalidSignature");
    expect(
      await refusalOf(`${url.split("?")[0]}?token=${[head, longer, signature].join(".")}`),
    ).toBe("InvalidJWT");
    expect(await refusalOf(`${url.split("?")[0]}?token=${head}.${payload}.`)).toBe("InvalidJWT");
    expect(await refusalOf(url.split("?")[0]!)).toBe("InvalidJWT");
    // A person's own token is no address.
    const token = (await storage.headersOf("sela")).authorization.replace("Bearer ", "");
    expect(await refusalOf(`${url.split("?")[0]}?token=${token}`)).toBe("InvalidJWT");

    expect((await fetch(url)).status).toBe(200);
    storage.advance(61);
    expect(await refusalOf(url)).toBe("InvalidJWT");
  });

  it("opens nothing once the object is gone", async () => {
    await putPlum();
    const labels = storage.connect("sela").from("labels");
    const { data } = await labels.createSignedUrl("sela/plum", 60);
    await labels.remove(["sela/plum"]);
    expect(await refusalOf(data!.signedUrl)).toBe("NoSuchKey");
  });

  it("opens nothing when the bytes went a moment before the row was seen to go", async () => {
    await putPlum();
    const labels = storage.connect("sela").from("labels");
    const { data } = await labels.createSignedUrl("sela/plum", 60);
    await storage.sql`update storage.objects set version = gen_random_uuid()`;
    expect(await refusalOf(data!.signedUrl)).toBe("NoSuchKey");
    expect(storage.reports).toEqual([]);
  });

  it("is made for several at once, and only for those one may see", async () => {
    await putPlum();
    await storage.connect("mallory").from("labels").upload("mallory/fig", "Fig", TEXT);
    const { data } = await storage
      .connect("sela")
      .from("labels")
      .createSignedUrls(["sela/plum", "mallory/fig", "sela/none"], 60);

    expect(data?.map(({ path, error }) => [path, error])).toEqual([
      ["sela/plum", null],
      ["mallory/fig", "Either the object does not exist or you do not have access to it"],
      ["sela/none", "Either the object does not exist or you do not have access to it"],
    ]);
    expect(await (await fetch(data![0]!.signedUrl!)).text()).toBe("Plum");
  });
});

describe("removing", () => {
  it("asks the delete policy as the person, and removes the bytes with the row", async () => {
    await putPlum();
    await storage.connect("mallory").from("labels").upload("mallory/fig", "Fig", TEXT);
    const before = await storage.countFiles();

    const strange = await storage.connect("mallory").from("labels").remove(["sela/plum"]);
    const own = await storage.connect("mallory").from("labels").remove(["mallory/fig"]);
    expect([strange.data, own.data]).toEqual([[], []]);
    expect(await storage.countFiles()).toBe(before);

    const sela = await storage.connect("sela").from("labels").remove(["sela/plum", "sela/none"]);
    expect(sela.data?.map((object) => object.name)).toEqual(["sela/plum"]);
    const service = await storage.connect("service").from("labels").remove(["mallory/fig"]);
    expect(service.data).toHaveLength(1);
    expect(await storage.countFiles()).toBe(before - 2);
  });

  it("happens nowhere else: SQL alone would leave the bytes", async () => {
    await putPlum();
    await expect(storage.sql`delete from storage.objects`).rejects.toMatchObject({ code: "42501" });
  });
});

describe("what it does not do", () => {
  it.each([
    ["moving", () => storage.connect("sela").from("labels").move("sela/a", "sela/b")],
    ["copying", () => storage.connect("sela").from("labels").copy("sela/a", "sela/b")],
    ["replacing", () => storage.connect("sela").from("labels").update("sela/a", "x")],
    ["uploads by address", () => storage.connect("sela").from("labels").createSignedUploadUrl("a")],
    ["facts", () => storage.connect("sela").from("labels").info("sela/plum")],
    [
      "smaller pictures",
      () =>
        storage
          .connect("sela")
          .from("labels")
          .createSignedUrl("sela/plum", 60, { transform: { width: 10 } }),
    ],
    ["buckets", () => storage.connect("service").listBuckets()],
  ])("is refused, and says so: %s", async (_name, ask) => {
    const { error } = await ask();
    expect(error).toMatchObject({ status: 501, statusCode: "501" });
    expect(error?.message).toContain("The local stack's Storage does not serve");
    expect(storage.reports).toEqual([]);
  });
});

/** What an error of a download says: the client leaves that to its caller. */
async function bodyOf(error: unknown): Promise<unknown> {
  const { originalError } = error as { originalError?: Response };
  return originalError instanceof Response ? originalError.json() : withoutNamespace(error);
}

function withoutNamespace(error: unknown) {
  const { statusCode, code, message } = error as Record<string, string>;
  return { statusCode, code, error: "not_found", message };
}

async function refusalOf(url: string): Promise<string> {
  const response = await fetch(url);
  expect(response.status).toBe(400);
  return ((await response.json()) as { error: string }).error.replace("not_found", "NoSuchKey");
}
