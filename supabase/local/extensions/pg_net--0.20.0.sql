create schema net;

create domain net.http_method as text
  check (value ilike 'get' or value ilike 'post' or value ilike 'delete');

create unlogged table net.http_request_queue (
  id bigserial not null,
  method net.http_method not null,
  url text not null,
  headers jsonb,
  body bytea,
  timeout_milliseconds integer not null
);

create index on net.http_request_queue (id);

create unlogged table net._http_response (
  id bigint,
  status_code integer,
  content_type text,
  headers jsonb,
  content text,
  timed_out boolean,
  error_msg text,
  created timestamptz not null default now()
);

create index on net._http_response (created);

-- Where the real extension signals its background worker, this one tells whoever listens.
create function net.wake()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform pg_notify('net_wake', '');
  return null;
end;
$$;

create trigger wake
  after insert on net.http_request_queue
  for each statement execute function net.wake();

create function net._encode_url_with_params(url text, params jsonb)
returns text
language sql
immutable
set search_path = ''
as $$
  select url || coalesce(
    case when position('?' in url) > 0 then '&' else '?' end || string_agg(
      net._urlencode_string(key) || '=' || net._urlencode_string(value), '&' order by key
    ),
    ''
  )
  from jsonb_each_text(coalesce(params, '{}'));
$$;

create function net._urlencode_string(string text)
returns text
language sql
immutable
set search_path = ''
as $$
  select coalesce(string_agg(
    case
      when byte between 48 and 57 or byte between 65 and 90 or byte between 97 and 122
        or byte in (45, 46, 95, 126) then chr(byte)
      else '%' || upper(lpad(to_hex(byte), 2, '0'))
    end, '' order by position
  ), '')
  from (
    select get_byte(bytes, position) as byte, position
    from convert_to(string, 'UTF8') as bytes, generate_series(0, length(bytes) - 1) as position
  ) as encoded;
$$;

create function net.http_get(
  url text,
  params jsonb default '{}',
  headers jsonb default '{}',
  timeout_milliseconds integer default 5000
)
returns bigint
language sql
volatile
security definer
set search_path = ''
as $$
  insert into net.http_request_queue (method, url, headers, timeout_milliseconds)
  values ('GET', net._encode_url_with_params(url, params), headers, timeout_milliseconds)
  returning id;
$$;

create function net.http_post(
  url text,
  body jsonb default '{}',
  params jsonb default '{}',
  headers jsonb default '{"Content-Type": "application/json"}',
  timeout_milliseconds integer default 5000
)
returns bigint
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_content_type text;
  v_id bigint;
begin
  select value into v_content_type
  from jsonb_each_text(coalesce(http_post.headers, '{}'))
  where lower(key) = 'content-type'
  limit 1;

  if v_content_type is null then
    http_post.headers := coalesce(http_post.headers, '{}') || '{"Content-Type": "application/json"}';
  elsif v_content_type not like 'application/json%' then
    raise exception 'Content-Type header must be "application/json"';
  end if;

  insert into net.http_request_queue (method, url, headers, body, timeout_milliseconds)
  values (
    'POST',
    net._encode_url_with_params(http_post.url, http_post.params),
    http_post.headers,
    convert_to(http_post.body::text, 'UTF8'),
    http_post.timeout_milliseconds
  )
  returning id into v_id;

  return v_id;
end;
$$;

create function net.http_delete(
  url text,
  params jsonb default '{}',
  headers jsonb default '{}',
  timeout_milliseconds integer default 5000
)
returns bigint
language sql
volatile
security definer
set search_path = ''
as $$
  insert into net.http_request_queue (method, url, headers, timeout_milliseconds)
  values ('DELETE', net._encode_url_with_params(url, params), headers, timeout_milliseconds)
  returning id;
$$;

-- The platform lets these roles call out, and only the owner's side read what came back.
revoke all on all functions in schema net from public;
grant usage on schema net to postgres, anon, authenticated, service_role;
grant execute on function net.http_get, net.http_post, net.http_delete
  to postgres, anon, authenticated, service_role;
grant all on all tables in schema net to postgres;
grant all on all sequences in schema net to postgres;
