-- What admins changed in the last month, the latest first.
select audit_log.created_at, audit_log.actor, audit_log.action, audit_log.table_name,
  coalesce(coaches.slug, audit_log.row_id) as row, audit_log.before, audit_log.after
from private.audit_log
left join public.coaches on audit_log.table_name = 'coaches' and coaches.id::text = audit_log.row_id
where audit_log.created_at > now() - interval '30 days'
order by audit_log.id desc
limit 200;
