import { fileTypeFromBuffer } from "file-type";

const OFFICE = "application/vnd.openxmlformats-officedocument";

/** The types that a message takes, and how the names of such files end. */
const EXTENSIONS: Record<string, string[]> = {
  "image/jpeg": ["jpg", "jpeg"],
  "image/png": ["png"],
  "image/webp": ["webp"],
  "image/gif": ["gif"],
  "application/pdf": ["pdf"],
  "text/plain": ["txt"],
  "text/csv": ["csv"],
  [`${OFFICE}.wordprocessingml.document`]: ["docx"],
  [`${OFFICE}.spreadsheetml.sheet`]: ["xlsx"],
  [`${OFFICE}.presentationml.presentation`]: ["pptx"],
};

const NO_HEIC =
  "is a HEIC picture, which most browsers can’t show. Save it as JPEG and choose it again.";
const NO_SUCH_TYPE =
  "can’t be sent. Choose pictures (JPEG, PNG, WebP, GIF), PDF, text, CSV, or Word, Excel and PowerPoint files.";

const LONGEST_NAME = 120;

export type IdentifiedFile = { name: string; contentType: string };

/**
 * Finds out what a file is by what is in it, and gives it a name that says the same.
 *
 * @param name what it was called where it comes from
 * @param bytes the whole file
 * @returns what it is, or, when a message does not take it, why, for a person
 */
export async function identifyFile(
  name: string,
  bytes: Uint8Array,
): Promise<IdentifiedFile | { refusal: string }> {
  const shownName = cleanName(name);
  if (bytes.byteLength === 0) return { refusal: `“${shownName}” is empty.` };

  const found = await fileTypeFromBuffer(bytes);
  if (found && /^image\/hei[cf]/.test(found.mime)) {
    return { refusal: `“${shownName}” ${NO_HEIC}` };
  }
  const contentType = found ? stillPicture(found.mime) : textType(name, bytes);
  const extensions = EXTENSIONS[contentType ?? ""];
  if (!contentType || !extensions) return { refusal: `“${shownName}” ${NO_SUCH_TYPE}` };
  return { name: withExtension(shownName, extensions), contentType };
}

/** A PNG that moves is still a PNG; what becomes of it is its first picture. */
function stillPicture(mime: string): string {
  return mime === "image/apng" ? "image/png" : mime;
}

/** Only of what is text the name decides: CSV is text that is called so. */
function textType(name: string, bytes: Uint8Array): string | null {
  if (!isText(bytes)) return null;
  return /\.csv$/i.test(name) ? "text/csv" : "text/plain";
}

function isText(bytes: Uint8Array): boolean {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return !/[^\P{Cc}\t\n\f\r]/u.test(text);
  } catch {
    return false;
  }
}

/** Without folders, and without what could hide how it ends: control and direction characters. */
function cleanName(name: string): string {
  const base = name.split(/[/\\]/).at(-1) ?? "";
  const clean = base
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "")
    .trim();
  return clean || "file";
}

function withExtension(name: string, extensions: string[]): string {
  const dot = name.lastIndexOf(".");
  const isKnown = dot > 0 && extensions.includes(name.slice(dot + 1).toLowerCase());
  const [stem, extension] = isKnown
    ? [name.slice(0, dot), name.slice(dot + 1)]
    : [name, extensions[0]];
  return `${[...stem].slice(0, LONGEST_NAME).join("")}.${extension}`;
}
