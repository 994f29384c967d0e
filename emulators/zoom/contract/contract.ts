import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import type { Schema } from "./schema.ts";

/** The types of Zoom's library that the emulator answers or accepts. */
const WANTED = {
  meetings: [
    "MeetingsListMeetingsQueryParams",
    "MeetingsListMeetingsResponse",
    "MeetingsCreateMeetingRequestBody",
    "MeetingsCreateMeetingResponse",
    "MeetingsGetMeetingQueryParams",
    "MeetingsGetMeetingResponse",
    "MeetingsUpdateMeetingQueryParams",
    "MeetingsUpdateMeetingRequestBody",
    "MeetingsDeleteMeetingQueryParams",
    "MeetingsUpdateMeetingStatusRequestBody",
    "MeetingsListMeetingRegistrantsQueryParams",
    "MeetingsListMeetingRegistrantsResponse",
    "MeetingsAddMeetingRegistrantQueryParams",
    "MeetingsAddMeetingRegistrantRequestBody",
    "MeetingsAddMeetingRegistrantResponse",
    "MeetingsGetPastMeetingDetailsResponse",
    "MeetingsGetPastMeetingParticipantsQueryParams",
    "MeetingsGetPastMeetingParticipantsResponse",
    "MeetingsListPastMeetingInstancesResponse",
    "CloudRecordingGetMeetingRecordingsQueryParams",
    "CloudRecordingGetMeetingRecordingsResponse",
    "CloudRecordingDeleteMeetingOrWebinarRecordingsQueryParams",
    "MeetingCreatedEvent",
    "MeetingUpdatedEvent",
    "MeetingDeletedEvent",
    "MeetingStartedEvent",
    "MeetingEndedEvent",
    "MeetingParticipantJoinedEvent",
    "MeetingParticipantLeftEvent",
    "RecordingCompletedEvent",
    "RecordingTrashedEvent",
    "RecordingDeletedEvent",
  ],
  users: [
    "UsersListUsersQueryParams",
    "UsersListUsersResponse",
    "UsersGetUserQueryParams",
    "UsersGetUserResponse",
    "UsersGetUsersTokenQueryParams",
    "UsersGetUsersTokenResponse",
  ],
} as const;

type Product = keyof typeof WANTED;

export type TypeName = (typeof WANTED)[Product][number];

export type Contract = Record<TypeName, Schema>;

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const LIBRARY = join(ROOT, "node_modules/@zoom/rivet");
/** Part of the cache's name: raise it when `read-types.ts` or `WANTED` changes. */
const GENERATION = 3;

/**
 * What Zoom accepts and answers, read from the declarations of its own library (@zoom/rivet) and
 * kept in `.local/cache` until the library's version changes.
 */
export async function loadContract(): Promise<Contract> {
  const { version } = JSON.parse(readFileSync(join(LIBRARY, "package.json"), "utf8")) as {
    version: string;
  };
  const cachePath = join(ROOT, `.local/cache/zoom-contract-${version}-${GENERATION}.json`);
  try {
    return JSON.parse(readFileSync(cachePath, "utf8")) as Contract;
  } catch {
    const contract = await generate();
    mkdirSync(dirname(cachePath), { recursive: true });
    const temporary = `${cachePath}.${process.pid}`;
    writeFileSync(temporary, JSON.stringify(contract));
    renameSync(temporary, cachePath); // two stacks may start at once
    return contract;
  }
}

/** Reads the contract afresh. Takes about half a second, most of it loading the TypeScript compiler. */
export async function generate(): Promise<Contract> {
  const { readTypes } = await import("./read-types.ts"); // loads the compiler: only when needed
  const parts = (Object.keys(WANTED) as Product[]).map((product) =>
    readTypes(readFileSync(join(LIBRARY, product, `${product}.d.ts`), "utf8"), WANTED[product]),
  );
  return Object.assign({}, ...parts) as Contract;
}
