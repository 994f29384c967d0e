/*
 * Who is asking: the profile of the verified session token's `sub`, or null for a visitor
 * and for a person we have not seen yet. Not auth.uid(), which casts `sub` to uuid and
 * Clerk's ids are text.
 *
 * Security definer: the Clerk id is not granted to anyone, and policies on profiles that
 * read profiles would recurse.
 */
create function private.current_profile_id()
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
  select profiles.id
  from public.profiles
  where profiles.clerk_user_id = (select auth.jwt() ->> 'sub')
    and profiles.deleted_at is null;
$$;

grant execute on function private.current_profile_id() to anon, authenticated;
