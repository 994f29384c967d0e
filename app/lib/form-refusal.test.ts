import { parseWithZod } from "@conform-to/zod/v4";
import { describe, expect, it } from "vitest";
import { z } from "zod";

import { replyWithRefusal } from "./form-refusal.ts";

const form = new FormData();
form.set("price", "2");
const submission = parseWithZod(form, { schema: z.object({ price: z.string() }) });

describe("a refused form", () => {
  it("says it beside the field that the code is about, and keeps what was typed", () => {
    const reply = replyWithRefusal(
      submission,
      { code: "OFPRI", message: "Too cheap.", detail: "" },
      { OFPRI: "price" },
    );
    expect(reply.error).toEqual({ price: ["Too cheap."] });
    expect(reply.initialValue).toEqual({ price: "2" });
  });

  it("finds the field by what the refusal details, where the code alone does not say", () => {
    const fieldByCode = {
      OAHRS: ({ detail }: { detail: string }) => (detail ? `day_${detail}` : undefined),
    };
    const error = { code: "OAHRS", message: "On Tuesday.", detail: "2" } as const;
    expect(replyWithRefusal(submission, error, fieldByCode).error).toEqual({
      day_2: ["On Tuesday."],
    });
    expect(replyWithRefusal(submission, { ...error, detail: "" }, fieldByCode).error).toEqual({
      "": ["On Tuesday."],
    });
  });

  it("says anything else above the form", () => {
    const reply = replyWithRefusal(
      submission,
      { code: "OCSUS", message: "Suspended.", detail: "" },
      { OFPRI: "price" },
    );
    expect(reply.error).toEqual({ "": ["Suspended."] });
  });
});
