/** A Zoom user of our account who hosts meetings. */
export type Host = { id: string; email: string };

/** Someone registered for a meeting through the API. */
export type Registrant = {
  id: string;
  email: string;
  first_name: string;
  last_name?: string;
  create_time: string;
  /** The `tk` of their personal join link. */
  ticket: string;
};

/** One stay of one person in a running meeting. Coming back is a new stay. */
export type Participant = {
  /** Identifies the stay; the emulator's pages use it. */
  uuid: string;
  /** Number of the person within the meeting, as text. */
  userId: string;
  name: string;
  /** Empty when unknown, as with guests. */
  email: string;
  isHost: boolean;
  customerKey?: string;
  registrantId?: string;
  joinedAt: string;
  leftAt?: string;
};

/** One run of a meeting, from start to end. A scheduled meeting may be started again. */
export type Instance = {
  uuid: string;
  startedAt: string;
  endedAt?: string;
  /** As the meeting was set when it began: a change meanwhile concerns the next run. */
  isRecorded: boolean;
  participants: Participant[];
};

export type Settings = Record<string, unknown>;

export type Meeting = {
  id: number;
  uuid: string;
  hostId: string;
  topic: string;
  /** 1 instant, 2 scheduled. */
  type: 1 | 2;
  /** UTC, ISO 8601 without milliseconds. */
  startTime: string;
  /** Minutes. */
  duration: number;
  timezone: string;
  agenda: string;
  password: string;
  settings: Settings;
  trackingFields: { field: string; value?: string }[];
  createdAt: string;
  registrants: Registrant[];
  instances: Instance[];
};

/** What was recorded of one run. It outlives its meeting. */
export type Recording = {
  /** Of the run. */
  uuid: string;
  meetingId: number;
  hostId: string;
  topic: string;
  type: 1 | 2;
  timezone: string;
  startedAt: string;
  endedAt: string;
  /** Of the address at which it is watched. */
  token: string;
  passcode: string;
  isTrashed: boolean;
};

export type ZoomState = {
  meetings: Meeting[];
  recordings: Recording[];
  /** Access tokens and when they end (milliseconds by the emulator's clock). */
  tokens: Record<string, number>;
  /** Creates and updates per "host day", for the daily limit. */
  writes: Record<string, number>;
  /** Numbers the webhooks, which have no id at Zoom. */
  eventCount: number;
};

/** The state of a first start. */
export function emptyState(): ZoomState {
  return { meetings: [], recordings: [], tokens: {}, writes: {}, eventCount: 0 };
}

/** The run that is on right now, if any. */
export function runningInstance(meeting: Meeting): Instance | undefined {
  return meeting.instances.find((instance) => instance.endedAt === undefined);
}

/** Those who are in the meeting right now. */
export function present(instance: Instance): Participant[] {
  return instance.participants.filter((participant) => participant.leftAt === undefined);
}

/** When a meeting is planned to end, in milliseconds since 1970. */
export function plannedEnd(meeting: Meeting): number {
  return Date.parse(meeting.startTime) + meeting.duration * 60_000;
}
