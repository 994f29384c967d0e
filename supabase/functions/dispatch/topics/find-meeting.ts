import { listMeetings, type ListedMeeting } from "./list-meetings.ts";

/** The host's meeting with exactly this agenda, which names our meeting, or null. */
export async function findMeeting(hostId: string, agenda: string): Promise<ListedMeeting | null> {
  for await (const meeting of listMeetings(hostId)) {
    if (meeting.agenda === agenda) return meeting;
  }
  return null;
}
