import { callsTo, newWorld, plays, status } from "../../_shared/testing/world.ts";

import { deepEqual, equal } from "../../_shared/testing/assert.ts";
import { workOff } from "../testing/dispatch.ts";

const REMOVE = "DELETE /storage/v1/object/attachments";

Deno.test("files are removed by Storage, which removes their bytes", async () => {
  newWorld();
  plays(REMOVE, [{ name: "a/b/c" }]);
  deepEqual((await workOff("storage.remove_files", { names: ["a/b/c", "a/b/gone"] })).result, {
    removed: 1,
  });
  deepEqual(
    callsTo("/storage/v1/object/attachments").map((call) => JSON.parse(call.body)),
    [{ prefixes: ["a/b/c", "a/b/gone"] }],
  );
});

Deno.test("what Storage does not do now is tried again", async () => {
  newWorld();
  plays(REMOVE, status(500, { statusCode: "500", error: "Internal", message: "Not now" }));
  const { result, failure } = await workOff("storage.remove_files", { names: ["a/b/c"] });
  equal(result, undefined);
  equal(failure?.is_permanent, false);
});
