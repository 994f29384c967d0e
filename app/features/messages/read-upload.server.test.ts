import { describe, expect, it } from "vitest";

import { findExcess, LARGEST_FILE_BYTES } from "./attachment-rules.ts";
import { readUpload } from "./read-upload.server.ts";

const MEGABYTE = 1024 * 1024;

function request(files: File[]): Request {
  const form = new FormData();
  form.set("body", "Look");
  for (const file of files) form.append("files", file);
  return new Request("http://localhost/messages", { method: "POST", body: form });
}

function file(name: string, size: number): File {
  return new File([new Uint8Array(size)], name);
}

describe("a form with files", () => {
  it("is read with its words", async () => {
    const { form, files } = await readUpload(request([file("a.txt", 3), file("b.txt", 0)]));
    expect(form.get("body")).toBe("Look");
    expect(form.has("files")).toBe(false);
    expect(files.map(({ name, size, bytes }) => [name, size, bytes.byteLength])).toEqual([
      ["a.txt", 3, 3],
      ["b.txt", 0, 0],
    ]);
  });

  it("has none where nothing was chosen, or could be", async () => {
    expect((await readUpload(request([file("", 0)]))).files).toEqual([]);
    const plain = new Request("http://localhost/messages", {
      method: "POST",
      body: new URLSearchParams({ body: "Look" }),
    });
    const { form, files } = await readUpload(plain);
    expect([form.get("body"), files]).toEqual(["Look", []]);
  });

  it("keeps its words whatever else is too much", async () => {
    const large = await readUpload(request([file("a.pdf", LARGEST_FILE_BYTES + 1)]));
    expect(large.form.get("body")).toBe("Look");
    expect(large.files[0]?.bytes.byteLength).toBe(0);
    expect(findExcess(large.files)).toBe("“a.pdf” is larger than 10 MB.");

    const many = await readUpload(
      request(Array.from({ length: 11 }, (_, index) => file(`${index}.txt`, 1))),
    );
    expect(many.form.get("body")).toBe("Look");
    expect(findExcess(many.files)).toContain("up to ten files");

    const heavy = await readUpload(
      request(Array.from({ length: 4 }, (_, index) => file(`${index}.pdf`, 9 * MEGABYTE))),
    );
    expect(heavy.form.get("body")).toBe("Look");
    expect(findExcess(heavy.files)).toContain("30 MB together");
  });

  it("is fine up to there", async () => {
    const files = [file("a.pdf", LARGEST_FILE_BYTES), file("b.pdf", LARGEST_FILE_BYTES)];
    expect(findExcess((await readUpload(request(files))).files)).toBeNull();
  });
});
