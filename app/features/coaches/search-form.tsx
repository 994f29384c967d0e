import Search from "lucide-react/icons/search";
import SlidersHorizontal from "lucide-react/icons/sliders-horizontal";

import { FieldFrame } from "~/components/field-frame";
import { Button } from "~/components/ui/button";
import { Input } from "~/components/ui/input";
import { Label } from "~/components/ui/label";
import { Select } from "~/components/ui/select";
import { coachesPath } from "~/lib/paths";

import { SORTS, type CoachSearch, type SearchChoice, type SearchChoices } from "./coach-search";

type SearchFormProps = {
  search: CoachSearch;
  choices: SearchChoices;
  /** What was typed as a price, which may be none, and what is wrong with it. */
  price: { typed: string; error: string | null };
  /** How many filters are on, besides the words. */
  filterCount: number;
};

/**
 * The search: a GET form, so that every search has an address. Beside the results on wide screens;
 * on phones a checkbox, which needs no script, opens the filters.
 */
export function SearchForm({ search, choices, price, filterCount }: SearchFormProps) {
  return (
    <form method="get" action={coachesPath()} role="search" className="space-y-5">
      <div className="space-y-2">
        <Label htmlFor="search-words">What do you want to work on?</Label>
        <div className="flex gap-2">
          <Input
            id="search-words"
            type="search"
            name="q"
            defaultValue={search.q ?? ""}
            maxLength={200}
            placeholder="Listing presentation"
            enterKeyHint="search"
          />
          <Button type="submit" size="icon" className="size-12 lg:hidden">
            <Search aria-hidden />
            <span className="sr-only">Search</span>
          </Button>
        </div>
      </div>
      <input
        id="show-filters"
        type="checkbox"
        defaultChecked={price.error !== null}
        className="peer sr-only lg:hidden"
      />
      <label
        htmlFor="show-filters"
        className="flex h-11 cursor-pointer items-center justify-center gap-2 rounded-md border border-input bg-card px-4 font-semibold hover:bg-accent peer-focus-visible:outline peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-ring lg:hidden"
      >
        <SlidersHorizontal aria-hidden className="size-4" />
        <span className="sr-only">Show </span>
        Filters
        {filterCount > 0 ? <FilterCount count={filterCount} /> : null}
      </label>
      <div className="hidden space-y-5 peer-checked:block lg:block">
        <Filter
          name="specialty"
          label="Specialty"
          any="Any specialty"
          value={search.specialty}
          options={choices.specialties}
        />
        <Filter
          name="state"
          label="State"
          any="Any state"
          value={search.state}
          options={choices.states}
        />
        <Filter
          name="language"
          label="Language"
          any="Any language"
          value={search.language}
          options={choices.languages}
        />
        <FieldFrame
          id="search-max-price"
          label="Highest price"
          errors={price.error ? [price.error] : undefined}
          errorId="search-max-price-error"
        >
          <div className="relative">
            <span
              aria-hidden
              className="pointer-events-none absolute left-3.5 top-1/2 -translate-y-1/2 text-muted-foreground"
            >
              $
            </span>
            <Input
              id="search-max-price"
              name="max_price"
              inputMode="numeric"
              defaultValue={price.typed}
              maxLength={8}
              aria-invalid={price.error ? true : undefined}
              aria-describedby={price.error ? "search-max-price-error" : undefined}
              className="pl-7"
            />
          </div>
        </FieldFrame>
        <Filter name="sort" label="Order" value={search.sort} options={SORTS} />
        <Button type="submit" className="w-full">
          Show coaches
        </Button>
      </div>
    </form>
  );
}

type FilterProps = {
  name: string;
  label: string;
  /** The first line, which filters nothing. */
  any?: string;
  value: string | null;
  options: readonly SearchChoice[];
};

function Filter({ name, label, any, value, options }: FilterProps) {
  const id = `search-${name}`;
  return (
    <div className="space-y-2">
      <Label htmlFor={id}>{label}</Label>
      <Select id={id} name={name} defaultValue={value ?? ""}>
        {any ? <option value="">{any}</option> : null}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </Select>
    </div>
  );
}

function FilterCount({ count }: { count: number }) {
  return (
    <span className="grid h-5 min-w-5 place-items-center rounded-full bg-lamp px-1.5 text-xs font-semibold text-lamp-foreground">
      {count}
      <span className="sr-only"> on</span>
    </span>
  );
}
