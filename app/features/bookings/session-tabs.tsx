import { sessionsPath } from "~/lib/paths";

/** Links between sessions to come and sessions that were. */
export function SessionTabs({ isPast }: { isPast: boolean }) {
  const tabs = [
    { label: "Coming up", href: sessionsPath(), isHere: !isPast },
    { label: "Past", href: sessionsPath({ isPast: true }), isHere: isPast },
  ];
  return (
    <nav aria-label="Sessions" className="border-b">
      <ul className="-mb-px flex gap-6">
        {tabs.map((tab) => (
          <li key={tab.label}>
            <a
              href={tab.href}
              aria-current={tab.isHere ? "page" : undefined}
              className="flex h-11 items-center border-b-2 border-transparent font-medium text-muted-foreground hover:text-foreground aria-[current=page]:border-lamp aria-[current=page]:text-foreground"
            >
              {tab.label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
