import { packagesPath, sessionsPath } from "~/lib/paths";

/** Links between sessions to come, sessions that were, and what more can be booked from. */
export function SessionTabs({ current }: { current: "coming" | "past" | "packages" }) {
  const tabs = [
    { label: "Coming up", href: sessionsPath(), isHere: current === "coming" },
    { label: "Past", href: sessionsPath({ isPast: true }), isHere: current === "past" },
    { label: "Packages", href: packagesPath(), isHere: current === "packages" },
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
