/** A row of private.booking_transitions; `before` is null where a booking begins. */
export type Transition = { before: string | null; after: string; verb: string; actors: string[] };

/**
 * The state machine of bookings as a page: a diagram, and the same as a table with who may.
 *
 * @param transitions in the order in which they are to stand
 * @returns Markdown with a Mermaid diagram
 */
export function bookingStates(transitions: Transition[]): string {
  const befores = new Set(transitions.map(({ before }) => before));
  const lasts = [...new Set(transitions.map(({ after }) => after))].filter(
    (state) => !befores.has(state),
  );
  return `# States of a booking

Drawn by \`npm run docs:states\` from private.booking_transitions, whose rows are in
supabase/seed.sql. A trigger refuses any other change (OBMOV), whoever writes.

\`\`\`mermaid
stateDiagram-v2
${transitions.map(({ before, after, verb }) => `  ${before ?? "[*]"} --> ${after}: ${verb}`).join("\n")}
${lasts.map((state) => `  ${state} --> [*]`).join("\n")}
\`\`\`

| from | what happens | to | by |
| --- | --- | --- | --- |
${transitions.map(({ before, after, verb, actors }) => `| ${before ?? ""} | ${verb} | ${after} | ${actors.join(", ")} |`).join("\n")}
`;
}
