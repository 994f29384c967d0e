import { expect, it } from "vitest";

import { calendarLinks } from "./calendar-links";

const links = Object.fromEntries(
  calendarLinks({
    title: "Pricing & lots with Zoë",
    startsAt: "2026-11-24T16:00:00+00:00",
    endsAt: "2026-11-24T17:00:00+00:00",
    url: "https://walkthrough.example/bookings/b1",
  }).map(({ name, href }) => [name, new URL(href)]),
);

it("fills in Google's form, in UTC", () => {
  const query = links["Google Calendar"]?.searchParams;
  expect(links["Google Calendar"]?.host).toBe("calendar.google.com");
  expect(query?.get("action")).toBe("TEMPLATE");
  expect(query?.get("text")).toBe("Pricing & lots with Zoë");
  expect(query?.get("dates")).toBe("20261124T160000Z/20261124T170000Z");
  expect(query?.get("location")).toBe("https://walkthrough.example/bookings/b1");
});

it.each([
  ["Outlook.com", "outlook.live.com"],
  ["Microsoft 365", "outlook.office.com"],
])("fills in the form of %s, without plus signs for spaces", (name, host) => {
  const link = links[name];
  expect(link?.host).toBe(host);
  expect(link?.search).not.toContain("+");
  expect(link?.searchParams.get("subject")).toBe("Pricing & lots with Zoë");
  expect(link?.searchParams.get("startdt")).toBe("2026-11-24T16:00:00Z");
  expect(link?.searchParams.get("enddt")).toBe("2026-11-24T17:00:00Z");
});
