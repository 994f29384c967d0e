/** Every person of the demo market signs in with this. It opens nothing but the local emulator. */
export const DEMO_PASSWORD = "walkthrough-demo-2026";

export const DEMO_EMAILS = {
  dana: "dana@walkthrough.example",
  marcus: "marcus@walkthrough.example",
  maria: "maria@walkthrough.example",
  theo: "theo@walkthrough.example",
};

/** People to try the site as; ./script/dev prints them. */
export const demoSignIns = [
  { who: "Dana, agent", email: DEMO_EMAILS.dana },
  { who: "Marcus, lender", email: DEMO_EMAILS.marcus },
  { who: "Maria, coach", email: DEMO_EMAILS.maria },
  { who: "Theo, applicant", email: DEMO_EMAILS.theo },
].map((person) => ({ ...person, password: DEMO_PASSWORD }));
