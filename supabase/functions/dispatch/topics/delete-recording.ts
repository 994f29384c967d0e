import { z } from "zod";

import { httpError } from "../../_shared/vendor-error.ts";
import { zoom } from "../../_shared/zoom.ts";
import { runPath } from "./run-path.ts";

const WorkSchema = z.object({ zoom_uuid: z.string() });

/** Deletes the recording of a run at Zoom, for good. Not there is what we want, so 404 is done. */
export async function deleteRecording(input: unknown): Promise<object> {
  const { zoom_uuid } = WorkSchema.parse(input);
  const response = await zoom(`/meetings/${runPath(zoom_uuid)}/recordings?action=delete`, {
    method: "DELETE",
  });
  if (!response.ok && response.status !== 404) throw await httpError("zoom", response);
  await response.body?.cancel();
  return { deleted: response.ok };
}
