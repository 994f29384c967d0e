SET local check_function_bodies = off;

CREATE OR REPLACE FUNCTION private.split_kept (
  price_cents   integer,
  kept_cents    integer,
  fee_cents     integer,
  subsidy_cents integer,
  OUT           fee integer,
  OUT           share integer,
  OUT           subsidy integer
)
  RETURNS record
  LANGUAGE sql
  IMMUTABLE
  SET search_path TO ''
  AS $function$
  -- Multiplied first: a quotient is cut off, and a half cent would be a little less than that.
  select parts.fee, split_kept.kept_cents + parts.subsidy - parts.fee, parts.subsidy
  from (
    select
      coalesce(round(split_kept.fee_cents::numeric * split_kept.kept_cents / nullif(split_kept.price_cents, 0)), split_kept.fee_cents)::integer as fee,
      coalesce(round(split_kept.subsidy_cents::numeric * split_kept.kept_cents / nullif(split_kept.price_cents, 0)), split_kept.subsidy_cents)::integer as subsidy
  ) as parts;
$function$;
