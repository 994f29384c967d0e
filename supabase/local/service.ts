/** A part of the local stack that is running: what to call it, where it answers, how to end it. */
export type Service = {
  name: string;
  url: string;
  stop(): Promise<void>;
};
