import CalendarPlus from "lucide-react/icons/calendar-plus";
import ChevronDown from "lucide-react/icons/chevron-down";

import { Menu } from "~/components/menu";
import { buttonVariants } from "~/components/ui/button";

export type AddToCalendarProps = {
  /** Online calendars, by name. */
  links: { name: string; href: string }[];
  /** The session as a file. */
  filePath: string;
};

/** Puts a session into whichever calendar somebody uses. */
export function AddToCalendar({ links, filePath }: AddToCalendarProps) {
  return (
    <Menu
      className="relative"
      trigger={
        <>
          <CalendarPlus aria-hidden /> Add to calendar <ChevronDown aria-hidden />
        </>
      }
      triggerClassName={buttonVariants({ variant: "outline" })}
      panelClassName="absolute left-0 z-20 mt-2 w-60 rounded-lg border bg-card p-1.5 shadow-lg"
    >
      <ul>
        {links.map(({ name, href }) => (
          <li key={name}>
            <a className={ITEM} href={href} target="_blank" rel="noreferrer">
              {name}
            </a>
          </li>
        ))}
        <li>
          <a className={ITEM} href={filePath} download>
            Apple Calendar or another, as a file
          </a>
        </li>
      </ul>
    </Menu>
  );
}

const ITEM = "flex min-h-11 items-center rounded-md px-3 py-2 hover:bg-accent";
