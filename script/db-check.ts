/** npm run db:check: fails if the migrations do not lead to what the schema describes. */
import { findDrift } from "./db/drift.ts";

const { sql, facts } = await findDrift();
if (sql || facts.length > 0) {
  console.log([sql, ...facts].join("\n"));
  console.error("\nThe schema and the migrations differ. Run: npm run db:diff -- <name>");
  process.exit(1);
}
console.log("No difference: the migrations say what the schema says.");
