/** Who is busy when. Sessions of the market never collide, and Zoom has only so many hosts. */
export type Diary = {
  /**
   * Enters a session if its coach and client have none that day and a host is free.
   * @returns the host's Zoom user id, or null when it can't be held
   */
  enter(session: {
    coachId: string;
    clientId: string;
    startsAt: Date;
    endsAt: Date;
  }): string | null;
};

/** An empty diary for an account with these hosts. */
export function createDiary(hostIds: string[]): Diary {
  const busyDays = new Set<string>();
  const meetings = new Map(hostIds.map((id) => [id, [] as { from: number; to: number }[]]));

  return {
    enter({ coachId, clientId, startsAt, endsAt }) {
      const day = startsAt.toISOString().slice(0, 10);
      const keys = [`${coachId} ${day}`, `${clientId} ${day}`];
      if (keys.some((key) => busyDays.has(key))) return null;

      const [from, to] = [startsAt.getTime(), endsAt.getTime()];
      for (const [hostId, taken] of meetings) {
        if (taken.some((other) => other.from < to && from < other.to)) continue;
        taken.push({ from, to });
        for (const key of keys) busyDays.add(key);
        return hostId;
      }
      return null;
    },
  };
}
