import { readFile } from "node:fs/promises";
import { join } from "node:path";

import type postgres from "postgres";
import { expect, it } from "vitest";

import { prepareTestDatabase } from "../../script/db/prepare-test-database.ts";
import { withScratchServer } from "../../script/db/scratch.ts";
import { withConnection } from "../local/database.ts";

/** Runs a snippet as an admin would, with parts of it replaced as its comments ask. */
async function run(sql: postgres.Sql, file: string, replacements: Record<string, string> = {}) {
  let text = await readFile(join(import.meta.dirname, file), "utf8");
  for (const [from, to] of Object.entries(replacements)) {
    expect(text).toContain(from);
    text = text.replace(from, to);
  }
  return sql.unsafe<Record<string, unknown>[]>(text);
}

it("admins can do with the snippets what their comments say", { timeout: 60_000 }, async () => {
  await withScratchServer(async (server) => {
    await prepareTestDatabase(server.databaseUrl(), "schema");
    await withConnection(server.databaseUrl(), async (sql) => {
      await sql`select tests.create_profile('dana')`;
      await sql`select tests.create_coach('lena', status => 'applied')`;

      const [waiting] = await run(sql, "waiting_applications.sql");
      expect(waiting).toMatchObject({
        slug: "lena",
        email: "lena@example.com",
        missing: null,
        offers: "lena's hour: 60 min, $100.00",
      });
      await run(sql, "approve_coach.sql", { "maria-lopez": "lena" });
      expect(await run(sql, "waiting_applications.sql")).toEqual([]);
      expect(await sql`select slug from public.search_coaches()`).toEqual([{ slug: "lena" }]);

      await sql`select tests.book('soon', client => 'dana', offer => 'lena''s hour', starts_at => now() + interval '1 day')`;
      await sql`select tests.book('far', client => 'dana', offer => 'lena''s hour', starts_at => now() + interval '9 days')`;
      expect(await run(sql, "bookings_without_working_link.sql")).toMatchObject([
        { coach: "Lena Example", meeting: "pending", last_error: null },
      ]);
      await sql`select tests.open_meeting('soon')`;
      expect(await run(sql, "bookings_without_working_link.sql")).toEqual([]);
      await sql`update public.meetings set starts_at = starts_at - interval '1 hour' where status = 'ready'`;
      expect(await run(sql, "bookings_without_working_link.sql")).toHaveLength(1);

      await sql`select private.sweep_meetings(2)`;
      expect(await run(sql, "meeting_repairs.sql")).toMatchObject([
        { kind: "other_time", coach: "Lena Example" },
      ]);

      await sql`select tests.earn('earned', 'dana', 'lena''s hour')`;
      expect(await run(sql, "what_coaches_are_owed.sql")).toMatchObject([
        { display_name: "Lena Example", account: null, waiting_cents: "8500", why: "no_account" },
      ]);

      expect(await run(sql, "money_mismatch.sql")).toEqual([]);
      await sql`update public.payments set amount_cents = amount_cents + 5 where id = (select id from public.payments limit 1)`;
      expect(await run(sql, "money_mismatch.sql")).toMatchObject([
        { what: "payments and refunds", difference_cents: "-5" },
      ]);
      await sql`update public.payments set amount_cents = 10000`;
      await sql`
        insert into private.balance_transactions
          (id, type, source, amount_cents, fee_cents, net_cents, reporting_category, created_at, seen_at)
        values ('txn_1', 'charge', 'ch_odd', 9000, 291, 8709, 'charge', now(), now() - interval '1 day')`;
      const [odd] = await run(sql, "money_mismatch.sql");
      expect(odd).toMatchObject({ stripe_id: "ch_odd", difference_cents: "-8709" });
      const [taken] = await run(sql, "take_in_money.sql", {
        ch_000000000000000000000000: String(odd?.["stripe_id"]),
      });
      expect(taken).toEqual({ take_in_money: 1 });

      expect(await run(sql, "open_disputes.sql")).toEqual([]);
      await sql`
        insert into public.disputes (order_id, payment_id, stripe_dispute_id, status, reason, amount_cents, opened_at)
        select order_id, id, 'dp_1', 'needs_response', 'general', amount_cents, now() from public.payments limit 1`;
      expect(await run(sql, "open_disputes.sql")).toMatchObject([
        { stripe_dispute_id: "dp_1", coach: "Lena Example", amount_cents: 10_000 },
      ]);
      await sql`delete from public.disputes`;

      expect(await run(sql, "failed_refunds.sql")).toEqual([]);
      await sql`
        select private.return_payment(payments, 3000, 'admin_cancelled'), private.return_payment(payments, 2000, 'client_cancelled'),
          private.return_payment(payments, 1000, 'coach_cancelled')
        from public.payments where order_id = tests.order_id('earned')`;
      await sql`select private.record_refund(id, jsonb_build_object('id', 're_' || id, 'status', 'failed')) from public.refunds`;
      const failed = await run(sql, "failed_refunds.sql");
      expect(failed.map((row) => row["waits_for_cents"])).toEqual([3000, 2000, 1000]);
      for (const [at, file] of [
        "retry_refund.sql",
        "record_refund_elsewhere.sql",
        "dismiss_failed_refund.sql",
      ].entries())
        await run(sql, file, {
          "00000000-0000-0000-0000-000000000000": String(failed[at]?.["refund_id"]),
        });
      expect(await run(sql, "failed_refunds.sql")).toEqual([]);
      expect(await run(sql, "money_mismatch.sql")).toEqual([]);

      expect(await run(sql, "failed_work.sql")).toEqual([]);
      const [work] = await sql<{ id: string }[]>`
        select id from private.outbox where topic = 'zoom.create_meeting' order by id limit 1`;
      const id = work?.id ?? "";
      await sql`select public.fail_outbox(${id}, 'no such host', is_permanent => true)`;
      expect(await run(sql, "failed_work.sql")).toMatchObject([{ id, last_error: "no such host" }]);
      expect(await run(sql, "retry_failed_work.sql", { "id = 0": `id = ${id}` })).toHaveLength(1);
      // What was tried before is looked for before it is made.
      expect(await sql`select attempts from private.outbox where id = ${id}`).toEqual([
        { attempts: 1 },
      ]);
      expect(await run(sql, "retry_failed_work.sql", { "id = 0": `id = ${id}` })).toEqual([]);
      expect(await run(sql, "failed_work.sql")).toEqual([]);

      await sql`select public.record_security_event('sign_in_failed') from generate_series(1, 5)`;
      expect(await run(sql, "recent_security_events.sql")).toMatchObject([
        { kind: "sign_in_failed", times: "5" },
      ]);

      const [far] = await sql<{ id: string }[]>`select tests.id('far') as id`;
      expect(
        await run(sql, "cancel_booking.sql", {
          "00000000-0000-0000-0000-000000000000": far?.id ?? "",
        }),
      ).toEqual([{ cancel_booking: 10_000 }]);

      await sql`
        insert into public.attendance_decisions
          (booking_id, outcome, sentence, objection_ends_at, objected_by, objection, objected_at)
        select tests.book('missed', client => 'dana', offer => 'lena''s hour', status => 'completed'),
          'coach_missing', '', now() + interval '1 day', 'coach', 'I was there.', now()`;
      const [missed] = await sql<{ id: string }[]>`select tests.id('missed') as id`;
      await sql`select private.move_booking(${missed?.id ?? ""}, '{completed}', 'no_show_coach', 'system')`;
      expect(await run(sql, "coach_strikes.sql")).toEqual([]);
      expect(await run(sql, "open_objections.sql")).toMatchObject([
        { booking_id: missed?.id, objection: "I was there.", coach: "Lena Example" },
      ]);
      await run(sql, "settle_attendance.sql", {
        "00000000-0000-0000-0000-000000000000": missed?.id ?? "",
        "'held', 'Her": "'coach_missing', 'Her",
      });
      expect(await run(sql, "open_objections.sql")).toEqual([]);
      expect(await run(sql, "coach_strikes.sql")).toMatchObject([{ slug: "lena", no_shows: 1 }]);

      await sql`
        insert into public.reports (reporter_id, subject, subject_id, reason)
        select tests.id('dana'), 'review', gen_random_uuid(), 'It is about somebody else.'`;
      const [reported] = await run(sql, "moderation_queue.sql");
      expect(reported).toMatchObject({ reporter: "Dana Example", times_reported: "1" });
      await run(sql, "decide_report.sql", {
        "00000000-0000-0000-0000-000000000000": String(reported?.["report_id"]),
      });
      expect(await run(sql, "moderation_queue.sql")).toEqual([]);

      await sql`
        insert into private.no_show_fees (booking_id, order_id)
        select id, order_id from public.bookings where id = ${missed?.id ?? ""}`;
      await run(sql, "waive_no_show_fee.sql", {
        "00000000-0000-0000-0000-000000000000": missed?.id ?? "",
      });
      expect(await sql`select ended_reason, words from private.no_show_fees`).toEqual([
        { ended_reason: "waived", words: "Her flight was late." },
      ]);

      await run(sql, "suspend_coach.sql", { "maria-lopez": "lena" });
      expect(await sql`select slug from public.search_coaches()`).toEqual([]);
      const changes = await run(sql, "who_changed_what.sql");
      expect(changes.map(({ row, action }) => `${String(row)} ${String(action)}`)).toEqual([
        "lena reason", // suspended: the change, then why
        "lena status",
        `${missed?.id} waived`,
        `${missed?.id} settled`,
        `${String(failed[2]?.["refund_id"])} dismissed`,
        `${String(failed[1]?.["refund_id"])} given back elsewhere`,
        `${String(failed[0]?.["refund_id"])} tried again`,
        "ch_odd taken_in",
        "lena status", // approved
        "lena status", // applied
      ]);
    });
  });
});
