import sharp, { type Sharp } from "sharp";

/** Larger than any screen that shows a message. Pixels. */
const LONGEST_SIDE = 2_560;
/** Twice what the thread gives it, for screens with two pixels where others have one. */
const PREVIEW_SIDE = 640;
/** A picture of a few kilobytes can claim to be as large as a town. */
const MOST_PIXELS = 60_000_000;

type Picture = {
  bytes: Uint8Array;
  preview: { bytes: Uint8Array; width: number; height: number };
};

const WRITE: Record<string, (picture: Sharp) => Sharp> = {
  "image/jpeg": (picture) => picture.jpeg({ quality: 85, mozjpeg: true }),
  "image/png": (picture) => picture.png(),
  "image/webp": (picture) => picture.webp({ quality: 85 }),
  "image/gif": (picture) => picture.gif(),
};

/** Whether this is a type that preparePicture takes. */
export function isPicture(contentType: string): boolean {
  return contentType in WRITE;
}

/**
 * Writes a picture anew: upright, no larger than a screen, in the colours of the web, and without what
 * cameras note, where it was taken among it. Makes a preview beside it.
 *
 * @param bytes a picture of a stranger's
 * @param contentType one that isPicture accepts; it stays the same
 * @returns null when it can't be read
 */
export async function preparePicture(
  bytes: Uint8Array,
  contentType: string,
): Promise<Picture | null> {
  const write = WRITE[contentType];
  if (!write) return null;
  const animated = contentType === "image/gif" || contentType === "image/webp";
  try {
    const picture = read(bytes, animated).resize({
      width: LONGEST_SIDE,
      height: animated ? undefined : LONGEST_SIDE,
      fit: "inside",
      withoutEnlargement: true,
    });
    const preview = read(bytes, false).resize({
      width: PREVIEW_SIDE,
      height: PREVIEW_SIDE,
      fit: "inside",
      withoutEnlargement: true,
    });
    const whole = await write(picture).toBuffer();
    const { data, info } = await preview
      .webp({ quality: 75 })
      .toBuffer({ resolveWithObject: true });
    return { bytes: whole, preview: { bytes: data, width: info.width, height: info.height } };
  } catch {
    return null;
  }
}

function read(bytes: Uint8Array, animated: boolean): Sharp {
  return sharp(bytes, { animated, limitInputPixels: MOST_PIXELS, failOn: "error" }).autoOrient();
}
