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
      { code: "OFPRI", message: "Too cheap." },
      { OFPRI: "price" },
    );
    expect(reply.error).toEqual({ price: ["Too cheap."] });
    expect(reply.initialValue).toEqual({ price: "2" });
  });

  it("says anything else above the form", () => {
    const reply = replyWithRefusal(
      submission,
      { code: "OCSUS", message: "Suspended." },
      { OFPRI: "price" },
    );
    expect(reply.error).toEqual({ "": ["Suspended."] });
  });
});
