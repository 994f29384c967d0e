-- The last day: failed sign-ins, refused webhooks, limits hit, payments that do not fit. First
-- how often each, then the last of each kind.
select security_events.kind, count(*) as times, max(security_events.created_at) as last_at,
  (array_agg(security_events.detail order by security_events.id desc))[1:3] as last_details
from private.security_events
where security_events.created_at > now() - interval '1 day'
group by security_events.kind
order by times desc;
