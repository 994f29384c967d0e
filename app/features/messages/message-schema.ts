import { z } from "zod";

import { textSchema } from "~/lib/text-schema";

/** Whether it may be empty depends on what comes with it: send_message decides. */
const Body = textSchema();

/** The composer of a thread: `draftId` is made with the page, see messageIdOf. */
export const MessageSchema = z.object({ body: Body, draftId: z.uuid() });

/** The composer's other button: puts a saved answer behind what is written so far. */
export const InsertSchema = z.object({
  insert: z.literal("answer"),
  answerId: z.uuid(),
  body: Body,
});

/** What a message is to say from now on. */
export const EditSchema = z.object({ body: Body });

/**
 * What our script sends: each message has an id of its own, so that it can be sent again, and says who wrote it: the page
 * can be of somebody who is signed in here no longer.
 */
export const LiveMessageSchema = z.object({ body: Body, id: z.uuid(), writerId: z.uuid() });

/** What a coach says often. */
export const AnswerSchema = z.object({
  title: textSchema("Give it a title of up to 60 characters."),
  body: textSchema("Write an answer of up to 4,000 characters."),
});

/** The first message to a coach. */
export const FirstMessageSchema = z.object({
  body: textSchema().default(""),
  draftId: z.uuid().optional(),
});
