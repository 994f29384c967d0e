/*
 * A path for a name that no coach has yet: maria-lopez, then maria-lopez-2. Two of one name
 * at the same moment meet in coaches_one_per_slug; the second is asked to try again.
 */
create function private.free_slug(name text)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  v_base text := coalesce(
    nullif(trim(both '-' from regexp_replace(regexp_replace(lower(normalize(free_slug.name, NFKD)), '[\u0300-\u036f]', '', 'g'), '[^a-z0-9]+', '-', 'g')), ''),
    'coach'
  );
  v_slug text := left(v_base, 70);
  v_number integer := 1;
begin
  while exists (select from public.coaches where coaches.slug = v_slug) loop
    v_number := v_number + 1;
    v_slug := left(v_base, 70) || '-' || v_number;
  end loop;

  return v_slug;
end;
$$;
