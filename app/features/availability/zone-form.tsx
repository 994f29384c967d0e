import { Link, useLocation, useRevalidator } from "@remix-run/react";
import { useEffect } from "react";

import { Button } from "~/components/ui/button";
import { Select } from "~/components/ui/select";
import { settingsPath, timeZonePath } from "~/lib/paths";
import { TIME_ZONE_COOKIE, timeZoneChoices } from "~/lib/time-zone";

type ZoneFormProps = {
  /** In which zone the page shows its times, and how it knows. */
  timeZone: string;
  source: "profile" | "cookie" | "guess";
};

/**
 * In which zone the times of a page are, and how to change that: in the settings for members, by a
 * plain form for visitors. A browser that runs scripts tells us its zone by itself.
 */
export function ZoneForm({ timeZone, source }: ZoneFormProps) {
  const { pathname, search } = useLocation();
  useBrowserZone(timeZone, source);

  if (source === "profile") {
    return (
      <p className="text-[0.9375rem] text-muted-foreground">
        Somewhere else today?{" "}
        <Link to={settingsPath()} className="text-link">
          Change your time zone
        </Link>
      </p>
    );
  }
  return (
    <form method="post" action={timeZonePath()} className="flex flex-wrap items-center gap-2">
      <input type="hidden" name="redirect_to" value={pathname + search} />
      <label htmlFor="zone" className="text-[0.9375rem] font-semibold">
        Times in
      </label>
      <div className="min-w-0 flex-1 sm:w-72 sm:flex-none">
        <Select
          key={timeZone}
          id="zone"
          name="time_zone"
          defaultValue={timeZone}
          className="h-11 text-[0.9375rem]"
        >
          {timeZoneChoices(timeZone).map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </Select>
      </div>
      <Button type="submit" variant="outline">
        Change
      </Button>
    </form>
  );
}

/** When we only guessed: keeps the browser's own zone, and has the page drawn again in it. */
function useBrowserZone(timeZone: string, source: ZoneFormProps["source"]) {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    if (source !== "guess") return;
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    document.cookie = `${TIME_ZONE_COOKIE}=${own}; Path=/; SameSite=Lax; Max-Age=31536000`;
    if (own !== timeZone) revalidate();
  }, [timeZone, source, revalidate]);
}
