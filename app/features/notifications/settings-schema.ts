import { z } from "zod";

const TimeSchema = z
  .string()
  .regex(/^\d\d:\d\d(:\d\d)?$/, "Enter a time of day, such as 22:00.")
  .optional();

/** Shape only: what goes together is save_notification_settings's to say. */
export const NotificationSettingsSchema = z.object({
  groups: z
    .array(
      z.object({
        group_name: z.string(),
        /** Left out where there is nothing to choose. */
        mail: z.string().optional(),
        in_app: z.boolean().default(false),
      }),
    )
    // A form that was sent without its choices must not be told that they are saved.
    .min(1, "Your choices did not arrive. Open this page again, and choose once more."),
  quiet_from: TimeSchema,
  quiet_until: TimeSchema,
});

export type NotificationSettings = z.output<typeof NotificationSettingsSchema>;
