import type { Context } from "./context.ts";
import type { Broadcast, IncomingFrame, JsonObject } from "./frames.ts";
import { chooseToken, expired, expiryOf, identify } from "./identity.ts";
import type { JoinRequest } from "./join-request.ts";
import type { PresenceDiff } from "./presence.ts";
import { Refusal } from "./refusal.ts";
import { askForRights, isReadRevoked, publicRights, type Rights } from "./rights.ts";
import type { Member, Room } from "./rooms.ts";

/** The connection's side of a channel: how it answers and tells its client things. */
export type ChannelOutput = {
  push(event: string, payload: JsonObject): void;
  broadcast(broadcast: Broadcast): void;
  /** Answers a frame, if the client asked for an answer by giving it a reference. */
  reply(frame: IncomingFrame, status: "ok" | "error", response?: JsonObject): void;
  /** The server ended the channel. */
  closed(): void;
};

type ChannelOptions = {
  context: Context;
  topic: string;
  /** The key the connection was opened with. */
  apiKey: string;
  request: JoinRequest;
  output: ChannelOutput;
};

/** One client on one topic, from its join to its leave. */
export class Channel implements Member {
  readonly #options: ChannelOptions;
  #rights: Rights = publicRights;
  #room: Room | null = null;
  #token = "";
  #sendsPresence: boolean;
  #cancelExpiry: () => void = () => undefined;

  constructor(options: ChannelOptions) {
    this.#options = options;
    this.#sendsPresence = options.request.presenceEnabled;
  }

  /**
   * Checks the token and the topic's policies, and enters the room.
   *
   * @throws Refusal when it may not
   */
  async join(): Promise<void> {
    const { context, topic, request } = this.#options;
    this.#rights = await this.#authorize(request.accessToken);
    this.#room = context.rooms.join(topic, request.isPrivate, this);
  }

  /** Tells the client who is present, if it wants and may know. Comes after the reply to its join. */
  welcome(): void {
    if (this.#room && this.#sendsPresence && this.#rights.mayRead("presence")) {
      this.#options.output.push("presence_state", this.#room.presences());
    }
  }

  /** Leaves the room, silently. A second time does nothing. */
  leave(): void {
    this.#cancelExpiry();
    const room = this.#room;
    this.#room = null;
    room?.leave(this);
  }

  /** Handles what the client sends after its join. */
  async handle(frame: IncomingFrame): Promise<void> {
    if (frame.event === "access_token") return this.#refreshToken(frame.payload.access_token);
    if (frame.event === "broadcast") return this.#sendBroadcast(frame);
    if (frame.event === "presence") return this.#sendPresence(frame);
  }

  receiveBroadcast(broadcast: Broadcast): void {
    if (this.#rights.mayRead("broadcast")) this.#options.output.broadcast(broadcast);
  }

  receivePresence(diff: PresenceDiff): void {
    if (this.#rights.mayRead("presence")) this.#options.output.push("presence_diff", diff);
  }

  async #authorize(accessToken: unknown): Promise<Rights> {
    const { context, topic, apiKey, request } = this.#options;
    const { authorizer, timers, verifyToken } = context;

    const token = chooseToken(accessToken, apiKey);
    const identity = await identify(token, verifyToken, timers.now());
    const rights = request.isPrivate
      ? await askForRights(authorizer, topic, identity)
      : publicRights;

    this.#token = token;
    this.#endAt(expiryOf(identity));
    return rights;
  }

  #endAt(expiresAt: number | null): void {
    const { timers } = this.#options.context;
    this.#cancelExpiry();
    if (expiresAt === null) return;

    this.#cancelExpiry = timers.after(expiresAt - timers.now(), () => {
      const now = timers.now();
      // A timer can be early: the longest delay it takes is shorter than some tokens live.
      if (now < expiresAt) this.#endAt(expiresAt);
      else this.#end(expired(expiresAt, now).message);
    });
  }

  async #refreshToken(accessToken: unknown): Promise<void> {
    // An API key, or null, is what supabase-js sends when it has no token: nothing to learn from it.
    if (typeof accessToken !== "string" || accessToken.startsWith("sb_")) return;
    if (accessToken === this.#token) return;

    try {
      const before = this.#rights;
      const after = await this.#authorize(accessToken);
      if (!this.#room) return this.leave(); // the connection was lost meanwhile

      this.#rights = after;
      if (isReadRevoked(before, after)) {
        const { topic } = this.#options;
        this.#end(`You no longer have permission to read from this Channel topic: ${topic}`);
      }
    } catch (error) {
      if (!(error instanceof Refusal)) this.#options.context.report("access_token", error);
      this.#end(error instanceof Refusal ? error.message : "Unknown Error on Channel");
    }
  }

  async #sendBroadcast(frame: IncomingFrame): Promise<void> {
    const { request, output } = this.#options;
    if (frame.metadata?.persist) {
      return output.reply(frame, "error", { error: "Messages are not stored on the local stack" });
    }
    // Who may not write is not answered at all: on Supabase, too, the client runs into its timeout.
    if (!(await this.#rights.mayWrite("broadcast"))) return;

    const broadcast = frame.broadcast ? { bytes: frame.broadcast } : { payload: frame.payload };
    this.#room?.broadcast(broadcast, request.receivesOwn ? undefined : this);
    if (request.wantsAck) output.reply(frame, "ok");
  }

  async #sendPresence(frame: IncomingFrame): Promise<void> {
    const { request, output } = this.#options;
    const { event, payload = {} } = frame.payload;

    if (event === "untrack") {
      this.#room?.untrack(this);
      return output.reply(frame, "ok");
    }
    if (event !== "track" || !(await this.#rights.mayWrite("presence"))) {
      return output.reply(frame, "error");
    }
    if (!isJsonObject(payload)) {
      return output.reply(frame, "error", { reason: "Presence track payload must be a map" });
    }

    this.#room?.track(this, request.presenceKey, payload);
    output.reply(frame, "ok");
    // Tracking turns presence on for who joined without it, and they missed the state so far.
    if (!this.#sendsPresence) {
      this.#sendsPresence = true;
      this.welcome();
    }
  }

  #end(message: string): void {
    const { topic, output } = this.#options;
    this.leave();
    output.push("system", { extension: "system", status: "error", message, channel: topic });
    output.closed();
  }
}

function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
