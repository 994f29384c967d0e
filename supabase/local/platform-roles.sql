/*
 * The roles of a Supabase project. They belong to the server, so they are made once for all
 * of its databases. The password is for this machine only.
 */
create role anon nologin noinherit;
create role authenticated nologin noinherit;
create role service_role nologin noinherit bypassrls;
create role authenticator login noinherit password 'postgres';
grant anon, authenticated, service_role to authenticator;

create role supabase_auth_admin nologin noinherit createrole;
create role supabase_realtime_admin nologin noinherit;
create role supabase_storage_admin nologin noinherit createrole;

-- No superuser: what needs one on Supabase must fail here too.
create role postgres login nosuperuser createdb createrole replication bypassrls password 'postgres';
grant anon, authenticated, service_role, authenticator to postgres with admin option;
grant pg_monitor, pg_signal_backend, pg_read_all_data to postgres;

-- The platform lets `postgres` write policies on these roles' tables.
grant supabase_realtime_admin, supabase_storage_admin to postgres;

-- What each role gets over the Data API, as on the platform.
alter role anon set statement_timeout = '3s';
alter role authenticated set statement_timeout = '8s';
alter role authenticator set statement_timeout = '8s';

alter database postgres owner to postgres;
