import { describe, expect, it } from "vitest";
import { z } from "zod";

import { messageIdOf } from "./message-id.server.ts";

const DRAFT = "0b9f1e6e-3f0a-4e0e-9a35-0d1c2b3a4f5e";

describe("the id of a message", () => {
  it("is the same for the same form sent twice", () => {
    expect(messageIdOf(DRAFT, "See you at four.")).toBe(messageIdOf(DRAFT, "See you at four."));
  });

  it("is another for other words on the same page, which somebody went back to", () => {
    expect(messageIdOf(DRAFT, "Make it five.")).not.toBe(messageIdOf(DRAFT, "See you at four."));
  });

  it("is another for the same words on another page", () => {
    const other = "5e4f3a2b-1c0d-453a-9e0e-0a3f6e1e9f0b";
    expect(messageIdOf(other, "Thanks!")).not.toBe(messageIdOf(DRAFT, "Thanks!"));
  });

  it("is a uuid that the database and zod take", () => {
    expect(z.uuid().safeParse(messageIdOf(DRAFT, "Thanks!")).success).toBe(true);
  });
});
