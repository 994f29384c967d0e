/* Whether every entry is a state we know, at least one and each once. */
create function private.are_known_states(codes text[])
returns boolean
language sql
stable
set search_path = ''
as $$
  select cardinality(are_known_states.codes) > 0
    and cardinality(are_known_states.codes) = (
      select count(*) from public.states where states.code = any (are_known_states.codes)
    );
$$;

/* Whether every entry is a specialty we know, one to five of them and each once. */
create function private.are_known_specialties(slugs text[])
returns boolean
language sql
stable
set search_path = ''
as $$
  select cardinality(are_known_specialties.slugs) between 1 and 5
    and cardinality(are_known_specialties.slugs) = (
      select count(*) from public.specialties where specialties.slug = any (are_known_specialties.slugs)
    );
$$;

/* Whether every entry is a language we know, at least one and each once. */
create function private.are_known_languages(codes text[])
returns boolean
language sql
stable
set search_path = ''
as $$
  select cardinality(are_known_languages.codes) > 0
    and cardinality(are_known_languages.codes) = (
      select count(*) from public.languages where languages.code = any (are_known_languages.codes)
    );
$$;
