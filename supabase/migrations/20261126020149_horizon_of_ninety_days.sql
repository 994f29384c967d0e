SET local check_function_bodies = off;

ALTER TABLE "public"."availability_settings"
  ALTER COLUMN "horizon_days" SET DEFAULT 90;
