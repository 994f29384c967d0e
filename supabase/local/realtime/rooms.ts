import type { Broadcast, JsonObject } from "./frames.ts";
import { createPresenceList, type PresenceDiff, type PresenceState } from "./presence.ts";

/** A joined channel, seen from the others in its room. */
export type Member = {
  /** What a member may not read, it drops itself. */
  receiveBroadcast(broadcast: Broadcast): void;
  receivePresence(diff: PresenceDiff): void;
};

/** Everyone on one topic. */
export type Room = {
  leave(member: Member): void;
  /** Hands a broadcast to all members but, if given, its sender. */
  broadcast(broadcast: Broadcast, except?: Member): void;
  track(member: Member, key: string, payload: JsonObject): void;
  untrack(member: Member): void;
  presences(): PresenceState;
};

/** All rooms of the server. */
export type Rooms = {
  join(topic: string, isPrivate: boolean, member: Member): Room;
  /** Tells a room that may have nobody in it. */
  broadcast(topic: string, isPrivate: boolean, broadcast: Broadcast): void;
};

/**
 * Makes the server's rooms. The private and the public channel of one topic are two rooms: nobody
 * hears what was said in private by joining the same topic without being asked for rights.
 */
export function createRooms(): Rooms {
  const rooms = new Map<string, { room: Room; members: Set<Member> }>();

  function join(topic: string, isPrivate: boolean, member: Member): Room {
    const name = roomName(topic, isPrivate);
    let entry = rooms.get(name);
    if (!entry) {
      const members = new Set<Member>();
      entry = { members, room: createRoom(members, () => rooms.delete(name)) };
      rooms.set(name, entry);
    }
    entry.members.add(member);
    return entry.room;
  }

  function broadcast(topic: string, isPrivate: boolean, message: Broadcast): void {
    rooms.get(roomName(topic, isPrivate))?.room.broadcast(message);
  }

  return { join, broadcast };
}

function roomName(topic: string, isPrivate: boolean): string {
  return `${isPrivate ? "private" : "public"}:${topic}`;
}

function createRoom(members: Set<Member>, onEmpty: () => void): Room {
  const presenceList = createPresenceList<Member>();

  function announce(diff: PresenceDiff | null): void {
    if (!diff) return;
    for (const member of members) member.receivePresence(diff);
  }

  return {
    leave(member) {
      members.delete(member);
      announce(presenceList.untrack(member));
      if (members.size === 0) onEmpty();
    },
    broadcast(broadcast, except) {
      for (const member of members) if (member !== except) member.receiveBroadcast(broadcast);
    },
    track: (member, key, payload) => announce(presenceList.track(member, key, payload)),
    untrack: (member) => announce(presenceList.untrack(member)),
    presences: presenceList.state,
  };
}
