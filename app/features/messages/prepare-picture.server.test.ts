import sharp from "sharp";
import { describe, expect, it } from "vitest";

import { isPicture, preparePicture } from "./prepare-picture.server.ts";

const LONGITUDE = "84/1 23/1 0/1";

/** A photo as a phone takes it: lying on its side, with where it was taken. */
function photo(width: number, height: number) {
  return sharp({ create: { width, height, channels: 3, background: "teal" } })
    .withExif({
      IFD0: { Make: "Camera" },
      IFD3: { GPSLongitude: LONGITUDE, GPSLongitudeRef: "W" },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
}

describe("a picture", () => {
  it("is written anew without what the camera noted, upright", async () => {
    const original = await photo(400, 300);
    expect((await sharp(original).metadata()).orientation).toBe(6);

    const prepared = await preparePicture(original, "image/jpeg");
    for (const bytes of [prepared!.bytes, prepared!.preview.bytes]) {
      const facts = await sharp(bytes).metadata();
      expect(facts.exif).toBeUndefined();
      expect(facts.xmp).toBeUndefined();
      expect(facts.orientation).toBeUndefined();
      expect([facts.width, facts.height]).toEqual([300, 400]);
    }
    expect((await sharp(prepared!.bytes).metadata()).format).toBe("jpeg");
  });

  it("loses where it was taken", async () => {
    const original = await sharp({
      create: { width: 40, height: 30, channels: 3, background: "teal" },
    })
      .withExif({ IFD3: { GPSLongitude: LONGITUDE, GPSLongitudeRef: "W" } })
      .jpeg()
      .toBuffer();
    expect((await sharp(original).metadata()).exif).toBeDefined();
    const prepared = await preparePicture(original, "image/jpeg");
    expect((await sharp(prepared!.bytes).metadata()).exif).toBeUndefined();
  });

  it("is no larger than a screen, and its preview than its place in the thread", async () => {
    const large = await sharp({
      create: { width: 5_000, height: 2_000, channels: 3, background: "teal" },
    })
      .png()
      .toBuffer();
    const prepared = await preparePicture(large, "image/png");
    const facts = await sharp(prepared!.bytes).metadata();
    expect([facts.format, facts.width, facts.height]).toEqual(["png", 2_560, 1_024]);
    expect(prepared!.preview).toMatchObject({ width: 640, height: 256 });
    expect((await sharp(prepared!.preview.bytes).metadata()).format).toBe("webp");
  });

  it("still moves if it did, and its preview does not", async () => {
    const frame = (background: string) =>
      sharp({ create: { width: 20, height: 10, channels: 3, background } })
        .png()
        .toBuffer();
    const moving = await sharp(await Promise.all([frame("red"), frame("teal")]), {
      join: { animated: true },
    })
      .gif()
      .toBuffer();
    const prepared = await preparePicture(moving, "image/gif");
    expect((await sharp(prepared!.bytes, { animated: true }).metadata()).pages).toBe(2);
    expect(prepared!.preview).toMatchObject({ width: 20, height: 10 });
  });

  it("is refused when it is damaged, or claims to be as large as a town", async () => {
    const whole = await photo(400, 300);
    expect(await preparePicture(whole.subarray(0, whole.length / 2), "image/jpeg")).toBeNull();

    const town = await sharp({
      create: { width: 10_000, height: 6_001, channels: 3, background: "teal" },
      limitInputPixels: false,
    })
      .png()
      .toBuffer();
    expect(town.length).toBeLessThan(1_000_000);
    expect(await preparePicture(town, "image/png")).toBeNull();
  });

  it("is one of four kinds", () => {
    expect(["image/jpeg", "image/gif", "image/svg+xml", "text/plain"].map(isPicture)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
