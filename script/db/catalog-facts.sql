/*
 * What a database says about our schemas, one fact a row: (thing, aspect, value). Two databases
 * with the same facts behave the same, whatever way they came about. Column order is left out:
 * nothing of ours may depend on it, and no migration can change it.
 */
with
schemas as (
  select oid, nspname, nspowner, nspacl
  from pg_namespace
  where nspname in ('public', 'private', 'admin')
),
-- Not ours, but we write policies and triggers on their tables.
platform_schemas as (
  select oid from pg_namespace where nspname in ('realtime', 'storage')
),
relations as (
  select pg_class.*, pg_class.oid::regclass::text as name
  from pg_class
  join schemas on schemas.oid = relnamespace
  where relkind in ('r', 'p', 'v', 'm', 'S', 'f')
    and not exists (select from pg_depend where objid = pg_class.oid and deptype = 'e')
),
functions as (
  select pg_proc.*, pg_proc.oid::regprocedure::text as name
  from pg_proc
  join schemas on schemas.oid = pronamespace
  where not exists (select from pg_depend where objid = pg_proc.oid and deptype = 'e')
),
acls as (
  select 'schema ' || nspname as thing, coalesce(nspacl, acldefault('n', nspowner)) as acl from schemas
  union all
  select 'relation ' || name,
    coalesce(relacl, acldefault(case relkind when 'S' then 's' else 'r' end::"char", relowner))
  from relations
  union all
  select 'column ' || name || '.' || attname, attacl
  from relations join pg_attribute on attrelid = relations.oid
  where attacl is not null
  union all
  select 'function ' || name, coalesce(proacl, acldefault('f', proowner)) from functions
  union all
  select 'type ' || pg_type.oid::regtype::text, coalesce(typacl, acldefault('T', typowner))
  from pg_type join schemas on schemas.oid = typnamespace
  where typtype in ('e', 'd')
  union all
  select 'default privileges ' || coalesce(defaclnamespace::regnamespace::text, 'everywhere') || ' '
    || defaclobjtype::text || ' of ' || defaclrole::regrole::text, defaclacl
  from pg_default_acl
  where defaclrole = 'postgres'::regrole
)
select thing, 'privilege' as aspect,
  coalesce(nullif(grantee, 0)::regrole::text, 'public') || ' ' || privilege_type
    || case when is_grantable then ' grantable' else '' end as value
from acls, aclexplode(acl)

union all
select 'schema ' || nspname, 'comment', obj_description(oid, 'pg_namespace') from schemas

union all
select 'relation ' || name, 'kind', relkind::text || ' of ' || relowner::regrole::text from relations
union all
select 'relation ' || name, 'options', array_to_string(reloptions, ', ') from relations
union all
select 'relation ' || name, 'row security', concat(relrowsecurity, ' ', relforcerowsecurity) from relations
union all
select 'relation ' || name, 'comment', obj_description(oid, 'pg_class') from relations
union all
select 'relation ' || name, 'query', pg_get_viewdef(oid) from relations where relkind in ('v', 'm')
union all
select 'relation ' || name, 'sequence',
  concat_ws(' ', seqtypid::regtype, seqstart, seqincrement, seqmin, seqmax, seqcycle, owned.column_name)
from relations
join pg_sequence on seqrelid = relations.oid
left join lateral (
  select refobjid::regclass::text || '.' || attname as column_name
  from pg_depend join pg_attribute on attrelid = refobjid and attnum = refobjsubid
  where objid = relations.oid and deptype in ('a', 'i') and refclassid = 'pg_class'::regclass
) as owned on true

union all
select 'column ' || name || '.' || attname, 'definition',
  concat_ws(' ', format_type(atttypid, atttypmod), nullif(attcollation::regcollation::text, '-'),
    case when attnotnull then 'not null' end, nullif(attidentity::text, ''), nullif(attgenerated::text, ''),
    pg_get_expr(adbin, adrelid))
from relations
join pg_attribute on attrelid = relations.oid and attnum > 0 and not attisdropped
left join pg_attrdef on adrelid = attrelid and adnum = attnum
union all
select 'column ' || name || '.' || attname, 'comment', col_description(attrelid, attnum)
from relations join pg_attribute on attrelid = relations.oid and attnum > 0 and not attisdropped

union all
select 'relation ' || name, 'constraint',
  conname || ' ' || pg_get_constraintdef(pg_constraint.oid) || case when convalidated then '' else ' not valid' end
from relations join pg_constraint on conrelid = relations.oid
where contype <> 'n'
union all
select 'relation ' || name, 'index', pg_get_indexdef(indexrelid) || case when indisvalid then '' else ' invalid' end
from relations join pg_index on indrelid = relations.oid

union all
select 'relation ' || polrelid::regclass::text, 'policy',
  concat_ws(' | ', polname, case when polpermissive then 'permissive' else 'restrictive' end, polcmd::text,
    (select string_agg(coalesce(nullif(role, 0)::regrole::text, 'public'), ',' order by role::regrole::text)
     from unnest(polroles) as role),
    'using ' || pg_get_expr(polqual, polrelid), 'check ' || pg_get_expr(polwithcheck, polrelid))
from pg_policy
join pg_class on pg_class.oid = polrelid
where relnamespace in (select oid from schemas union all select oid from platform_schemas)
union all
select 'relation ' || tgrelid::regclass::text, 'trigger', pg_get_triggerdef(pg_trigger.oid) || ' ' || tgenabled::text
from pg_trigger
join pg_class on pg_class.oid = tgrelid
where not tgisinternal
  and relnamespace in (select oid from schemas union all select oid from platform_schemas)

union all
select 'function ' || name, 'definition', pg_get_functiondef(oid) || ' of ' || proowner::regrole::text
from functions where prokind in ('f', 'p')
union all
select 'function ' || name, 'comment', obj_description(oid, 'pg_proc') from functions

union all
select 'type ' || pg_type.oid::regtype::text, 'labels', string_agg(enumlabel, ', ' order by enumsortorder)
from pg_type
join schemas on schemas.oid = typnamespace
join pg_enum on enumtypid = pg_type.oid
group by pg_type.oid
union all
select 'type ' || pg_type.oid::regtype::text, 'domain', format_type(typbasetype, typtypmod) || ' ' || conditions.text
from pg_type
join schemas on schemas.oid = typnamespace
left join lateral (
  select string_agg(conname || ' ' || pg_get_constraintdef(pg_constraint.oid), ', ' order by conname) as text
  from pg_constraint where contypid = pg_type.oid
) as conditions on true
where typtype = 'd'

union all
select 'extension ' || extname, 'schema', extnamespace::regnamespace::text from pg_extension
