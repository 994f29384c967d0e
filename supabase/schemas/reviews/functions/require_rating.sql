/* A rating of one to five, or RVRAT with its name as detail. */
create function private.require_rating(rating integer, name text)
returns smallint
language plpgsql
immutable
set search_path = ''
as $$
begin
  if require_rating.rating is null or require_rating.rating not between 1 and 5 then
    raise exception 'Choose one to five stars.' using errcode = 'RVRAT', detail = require_rating.name;
  end if;
  return require_rating.rating;
end;
$$;
