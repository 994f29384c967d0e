/*
 * docs/money.md tells what becomes of a package, cent by cent. Here it happens, and the ledger is
 * compared with the table there.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { submitCard, submitOnboarding } from "../../../emulators/stripe/test-kit.ts";
import { ROOT } from "../../../supabase/local/paths.ts";
import { expectBooksToBalance } from "./checks.ts";
import { PAYS } from "./steps/buying.ts";
import { openPackage } from "./steps/packages.ts";
import { paidByHand } from "./steps/payouts.ts";
import type { Run } from "./steps/run.ts";
import { meetNext } from "./steps/sessions.ts";
import { hearAll, workOff } from "./steps/stripe.ts";
import { startWorld, type World } from "./world.ts";

let world: World;

beforeAll(async () => {
  world = await startWorld();
});

afterAll(async () => {
  await world.stop();
});

const SCENE = `
  select tests.create_profile('dana'), tests.create_coach('maria'), tests.create_host('host'),
    tests.create_package('four sessions', coach => 'maria', sessions => 4, session_cents => 8000)
`;

/** The same while a state takes tax: she lives there, and all of a refund by hand is its price and the tax of that. */
type Taxed = { state: string; byHandCents: number };

async function tellTheStory(run: Run, taxed?: Taxed): Promise<void> {
  const { database, stripe } = run;
  async function goOn(): Promise<void> {
    for (let left = 3; left > 0; left -= 1) {
      await workOff(run);
      await hearAll(run);
    }
  }

  await database.run(SCENE);
  if (taxed) await database.run("update private.platform_settings set automatic_tax = true");
  const [maria] = await database.run<{ id: string }>("select tests.coach_id('maria') as id");
  const account = await stripe.accounts.create(paidByHand(maria!.id));
  await database.rpc("record_payout_account", { account });
  await submitOnboarding(stripe, account.id);

  // 1. Dana pays for four sessions.
  const { orderId, url } = await openPackage(run, "dana", "four sessions");
  await submitCard(url, { number: PAYS, ...(taxed && { state: taxed.state }) });
  await goOn();

  // 2. The first is held, and its money released after two days.
  await book(run, orderId, 2);
  await meetNext(run, "both");
  await run.pass(2_881);
  await run.runJobs();
  await goOn();

  // 3. She calls the second off ten hours before: half of it comes back.
  const second = await book(run, orderId, 2);
  await database.run(
    `select tests.remember('second', '${second}'), tests.move_booking('second', now() + interval '10 hours')`,
  );
  await database.rpc(
    "cancel_booking",
    { booking_id: second, expected_refund_cents: 4_000 },
    "dana",
  );
  await goOn();
  await run.pass(11 * 60 + 2_881);
  await run.runJobs();
  await goOn();

  // 4. She uses no more of it: what is left comes back.
  await database.run(`select admin.end_package('${orderId}', 'Dana is moving away.')`);
  await goOn();

  // 5. An admin is sorry, and gives $12 back in Stripe's dashboard.
  const [charge] = (await stripe.charges.list({ limit: 1 })).data;
  await stripe.refunds.create({ charge: charge!.id, amount: taxed?.byHandCents ?? 1_200 });
  await goOn();
  await expectBooksToBalance(run);
}

/** Books a session of the package, so many days from now; returns its id. */
async function book(run: Run, orderId: string, days: number): Promise<string> {
  const [at] = await run.database.run<{ starts_at: string }>(
    `select tests.on_day(${days})::text as starts_at`,
  );
  return (await run.database.rpc(
    "request_booking_with_credit",
    { order_id: orderId, starts: `{${at!.starts_at}}`, time_zone: "America/Chicago" },
    "dana",
  )) as string;
}

const ACCOUNTS = [
  "stripe_balance",
  "client_money",
  "coach_payable",
  "platform_fees",
  "stripe_fees",
];

type Row = string[];

async function ledgerRows({ database }: World): Promise<Row[]> {
  const columns = ACCOUNTS.map((account) => {
    return `coalesce(sum(amount_cents) filter (where account = '${account}'), 0)::integer as ${account}`;
  });
  const rows = await database.run<Record<string, number>>(`
    select kind, ${columns.join(", ")}
    from private.ledger_journals
    join private.ledger_entries on ledger_entries.journal_id = ledger_journals.id
    group by ledger_journals.id
    order by ledger_journals.id
  `);
  const sums = ACCOUNTS.map((account) => rows.reduce((sum, row) => sum + row[account]!, 0));
  return [
    ...rows.map((row) => [
      `\`${row["kind"]}\``,
      ...ACCOUNTS.map((account) => inDollars(row[account]!)),
    ]),
    ["", ...sums.map(inDollars)],
  ];
}

function inDollars(cents: number): string {
  return cents === 0 ? "" : (cents / 100).toFixed(2);
}

async function documented(): Promise<string> {
  const text = await readFile(join(ROOT, "docs/money.md"), "utf8");
  return text.split("\n## ").find((part) => part.startsWith("A worked example")) ?? "";
}

/** The table of the worked example, without its heading and the words of its first column. */
async function documentedRows(): Promise<Row[]> {
  return (await documented())
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .slice(2)
    .map((line) =>
      line
        .split("|")
        .slice(2, -1)
        .map((cell) => cell.replaceAll("*", "").trim()),
    );
}

/** Which of two sessions is seen to first is nobody's to say: steps of one kind in a row are sorted. */
function inAnyOrder(rows: Row[]): string[][] {
  const runs: string[][] = [];
  rows.forEach((row, index) => {
    if (row[0] !== rows[index - 1]?.[0]) runs.push([]);
    runs.at(-1)!.push(row.join(" | "));
  });
  return runs.map((run) => run.sort());
}

/** What is in accounts by now, after all steps of these kinds, or of all. */
async function sumOf({ database }: World, account: string, ...kinds: string[]): Promise<number> {
  const [row] = await database.run<{ cents: number }>(`
    select coalesce(sum(amount_cents), 0)::integer as cents
    from private.ledger_journals
    join private.ledger_entries on ledger_entries.journal_id = ledger_journals.id
    where account = '${account}' and (kind = any ('{${kinds.join(",")}}') or '${kinds.join("")}' = '')
  `);
  return row!.cents;
}

const dollars = (cents: number) => `$${(cents / 100).toFixed(2).replace(/\.00$/, "")}`;

test("the worked example is what happens", async () => {
  await world.alone(async () => {
    await tellTheStory({ ...world, waiting: [] });
    expect(inAnyOrder(await documentedRows())).toEqual(inAnyOrder(await ledgerRows(world)));

    const used = -(await sumOf(world, "client_money", "payment", "refund"));
    const sent = await sumOf(world, "coach_payable", "transfer", "transfer_reversed");
    const kept = -(await sumOf(world, "platform_fees"));
    const took = await sumOf(world, "stripe_fees");
    expect((await documented()).replaceAll("\n", " ")).toContain(
      `Dana has paid ${dollars(used)} for what she used, Maria has ${dollars(sent)}, we have kept ${dollars(kept)} and paid Stripe ${dollars(took)} of it: ${dollars(await sumOf(world, "stripe_balance"))} is ours.`,
    );
  });
});

test("so is what is said of it with tax", async () => {
  await world.alone(async () => {
    await tellTheStory({ ...world, waiting: [] }, { state: "TX", byHandCents: 1_299 });
    const said = (await documented()).replaceAll("\n", " ");

    const [refunds] = await world.database.run<Record<"price" | "tax" | "byHand", number>>(`
      select sum(amount_cents) filter (where reason <> 'made_in_stripe')::integer as price,
        sum(tax_cents) filter (where reason <> 'made_in_stripe')::integer as tax,
        sum(tax_cents) filter (where reason = 'made_in_stripe')::integer as "byHand"
      from public.refunds
    `);
    const taxed = dollars(-(await sumOf(world, "tax_payable", "payment")));
    expect(said).toContain(`Dana had paid ${taxed} more, all of it in \`tax_payable\``);
    expect(said).toContain(
      `the two refunds of ours, of ${dollars(refunds!.price)}, ${dollars(refunds!.tax)} of it had gone back, and ${dollars(refunds!.byHand)} with the $12 given back by hand`,
    );
    const took = dollars(await sumOf(world, "stripe_fees"));
    expect(said).toContain(
      `Stripe takes its fee of the tax, too: ${took}. Nothing else in the table were different.`,
    );
    const others = (rows: Row[]) =>
      inAnyOrder(rows.map(([kind, , ...rest]) => [kind!, ...rest.slice(0, -1)]));
    expect(others(await ledgerRows(world))).toEqual(others(await documentedRows()));
  });
});
