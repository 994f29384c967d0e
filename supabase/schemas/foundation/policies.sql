-- The absence of access is said out loud: these tables are for functions and Studio alone.
create policy "Nobody reads settings over the API"
  on private.platform_settings for select to anon, authenticated using (false);

create policy "Nobody reads the outbox over the API"
  on private.outbox for select to anon, authenticated using (false);

create policy "Nobody reads webhook events over the API"
  on private.webhook_events for select to anon, authenticated using (false);

create policy "Nobody reads security events over the API"
  on private.security_events for select to anon, authenticated using (false);

create policy "Nobody reads rate limits over the API"
  on private.rate_limits for select to anon, authenticated using (false);

create policy "Nobody reads the audit log over the API"
  on private.audit_log for select to anon, authenticated using (false);
