import Search from "lucide-react/icons/search";

import { Button } from "~/components/ui/button";
import { Input } from "~/components/ui/input";
import { Label } from "~/components/ui/label";
import { Select } from "~/components/ui/select";
import { FloorPlan } from "~/features/home/floor-plan";
import { coachesPath } from "~/lib/paths";
import { US_STATES } from "~/lib/us-states";

/** What this is, a search, and the rooms one can walk into. */
export function Hero() {
  return (
    <section className="border-b">
      <div className="mx-auto grid max-w-page items-center gap-x-12 gap-y-12 px-5 pb-14 pt-10 sm:px-8 sm:pt-16 lg:grid-cols-2 lg:pb-20">
        <div>
          <h1 className="text-[2.5rem] leading-[1.05] tracking-[-0.028em] sm:text-display-xl">
            Walk it through <br className="hidden sm:inline" />
            before you walk in.
          </h1>
          <p className="mt-5 max-w-lg text-lg leading-relaxed text-muted-foreground">
            One-to-one coaching for agents and loan officers, from people who have sat at the same
            kitchen tables. Bring what’s on your calendar. Leave with the words for it.
          </p>
          <SearchForm />
        </div>
        <FloorPlan />
      </div>
    </section>
  );
}

function SearchForm() {
  return (
    <form
      method="get"
      action={coachesPath()}
      className="mt-8 grid gap-4 rounded-lg border bg-card p-5 sm:grid-cols-[1.4fr_1fr] sm:p-6"
    >
      <div className="space-y-2">
        <Label htmlFor="home-query">What’s coming up?</Label>
        <Input
          id="home-query"
          type="search"
          name="q"
          maxLength={100}
          placeholder="Listing presentation"
          enterKeyHint="search"
        />
      </div>
      <div className="space-y-2">
        <Label htmlFor="home-state">Where you work</Label>
        <Select id="home-state" name="state" defaultValue="">
          <option value="">Any state</option>
          {US_STATES.map((state) => (
            <option key={state.code} value={state.code}>
              {state.name}
            </option>
          ))}
        </Select>
      </div>
      <Button type="submit" size="lg" className="sm:col-span-2">
        <Search aria-hidden /> Find a coach
      </Button>
    </form>
  );
}
