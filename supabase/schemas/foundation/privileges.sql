/*
 * Deny by default. Supabase grants every new object in public to the API's roles; here
 * each table and function grants itself, beside its definition, so that
 * `grep -rn "^grant" supabase/schemas` is the whole public surface.
 */
create schema if not exists admin;

comment on schema private is 'What no API role reads directly: outbox, webhooks, limits, helpers of policies.';
comment on schema admin is 'What admins call from Studio. No API role has usage.';

revoke all on all tables in schema public from anon, authenticated, service_role;
revoke all on all sequences in schema public from anon, authenticated, service_role;

alter default privileges for role postgres in schema public
  revoke all on tables from anon, authenticated, service_role;
alter default privileges for role postgres in schema public
  revoke all on sequences from anon, authenticated, service_role;
alter default privileges for role postgres in schema public
  revoke execute on functions from anon, authenticated, service_role;

-- Postgres grants execute on every new function to everyone; this is the only way to stop it.
alter default privileges for role postgres revoke execute on functions from public;

-- Policies call helpers in private as the asker, so the asker may look the schema up.
grant usage on schema private to anon, authenticated, service_role;
