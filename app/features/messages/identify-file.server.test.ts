import { crc32 } from "node:zlib";

import sharp from "sharp";
import { describe, expect, it } from "vitest";

import { identifyFile } from "./identify-file.server.ts";

const OFFICE = "application/vnd.openxmlformats-officedocument";

const bytes = (text: string) => new TextEncoder().encode(text);

function picture(format: "jpeg" | "png" | "webp" | "gif") {
  return sharp({ create: { width: 8, height: 8, channels: 3, background: "teal" } })
    .toFormat(format)
    .toBuffer();
}

/** An archive with one file, stored as it is. */
function zip(name: string, content: string): Uint8Array {
  const [nameBytes, data] = [Buffer.from(name), Buffer.from(content)];
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(20, 4);
  head.writeUInt32LE(crc32(data), 14);
  head.writeUInt32LE(data.length, 18);
  head.writeUInt32LE(data.length, 22);
  head.writeUInt16LE(nameBytes.length, 26);
  return Buffer.concat([head, nameBytes, data]);
}

function office(type: string): Uint8Array {
  return zip(
    "[Content_Types].xml",
    `<Types><Override PartName="/main.xml" ContentType="${type}.main+xml"/></Types>`,
  );
}

/** The beginning of a file of the ISO base format, which says what it is. */
function isoFile(brand: string): Uint8Array {
  return Buffer.concat([Buffer.from([0, 0, 0, 24]), bytes(`ftyp${brand}\0\0\0\0mif1${brand}`)]);
}

describe("what a file is", () => {
  it("is found by its content", async () => {
    const found = await Promise.all([
      identifyFile("photo.jpeg", await picture("jpeg")),
      identifyFile("logo.PNG", await picture("png")),
      identifyFile("map.webp", await picture("webp")),
      identifyFile("wave.gif", await picture("gif")),
      identifyFile("terms.pdf", bytes("%PDF-1.7\n")),
      identifyFile("list.docx", office(`${OFFICE}.wordprocessingml.document`)),
      identifyFile("sums.xlsx", office(`${OFFICE}.spreadsheetml.sheet`)),
      identifyFile("deck.pptx", office(`${OFFICE}.presentationml.presentation`)),
      identifyFile("leads.csv", bytes("name,town\nAnn,Dallas\n")),
      identifyFile("notes.txt", bytes("Zoë said:\tcall at 4 — no later.\r\n")),
    ]);
    expect(found).toEqual([
      { name: "photo.jpeg", contentType: "image/jpeg" },
      { name: "logo.PNG", contentType: "image/png" },
      { name: "map.webp", contentType: "image/webp" },
      { name: "wave.gif", contentType: "image/gif" },
      { name: "terms.pdf", contentType: "application/pdf" },
      { name: "list.docx", contentType: `${OFFICE}.wordprocessingml.document` },
      { name: "sums.xlsx", contentType: `${OFFICE}.spreadsheetml.sheet` },
      { name: "deck.pptx", contentType: `${OFFICE}.presentationml.presentation` },
      { name: "leads.csv", contentType: "text/csv" },
      { name: "notes.txt", contentType: "text/plain" },
    ]);
  });

  it("is never what its name says, and then it is named after what it is", async () => {
    expect(await identifyFile("terms.pdf", await picture("png"))).toEqual({
      name: "terms.pdf.png",
      contentType: "image/png",
    });
    expect(await identifyFile("run.exe", bytes("just text"))).toMatchObject({
      name: "run.exe.txt",
    });
    // A page is text like any other: it is handed out as that.
    expect(await identifyFile("page.html", bytes("<script>alert(1)</script>"))).toEqual({
      name: "page.html.txt",
      contentType: "text/plain",
    });
  });

  it.each([
    ["a program", "setup.pdf", Buffer.from("4d5a90000300000004000000ffff0000", "hex")],
    ["a drawing that may be a program", "logo.png", bytes('<?xml version="1.0"?><svg></svg>')],
    ["an archive", "all.zip", zip("a.txt", "hello")],
    [
      "a document with macros",
      "list.docx",
      office("application/vnd.ms-word.document.macroEnabled"),
    ],
    ["an old document", "list.doc", Buffer.from("d0cf11e0a1b11ae1".padEnd(1_024, "0"), "hex")],
    ["text in no known letters", "notes.txt", Buffer.from([0xff, 0xfe, 0x41, 0x00])],
    ["bytes", "notes.txt", Buffer.from([0x41, 0x00, 0x42])],
  ])("is nothing that can be sent: %s", async (_what, name, content) => {
    const answer = await identifyFile(name, content);
    expect(answer).toEqual({
      refusal: expect.stringContaining(`“${name}” can’t be sent`) as string,
    });
  });

  it("says what to do about a phone's own pictures, and about nothing at all", async () => {
    for (const brand of ["heic", "mif1"]) {
      const answer = await identifyFile("IMG_1.jpg", isoFile(brand));
      expect(answer).toEqual({ refusal: expect.stringContaining("HEIC") as string });
    }
    expect(await identifyFile("a.txt", new Uint8Array())).toEqual({ refusal: "“a.txt” is empty." });
  });
});

describe("its name", () => {
  it.each([
    ["C:\\Users\\me\\notes.txt", "notes.txt"],
    ["../../etc/notes.txt", "notes.txt"],
    ["no\u202etxt.exe\u0000.txt", "notxt.exe.txt"],
    ["", "file.txt"],
    [" . ", "..txt"],
    [`${"x".repeat(300)}.txt`, `${"x".repeat(120)}.txt`],
    [`${"🏡".repeat(200)}.txt`, `${"🏡".repeat(120)}.txt`],
  ])("is safe to show and to save: %j", async (name, shown) => {
    expect(await identifyFile(name, bytes("text"))).toMatchObject({ name: shown });
  });
});
