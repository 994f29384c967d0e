/* The platform's numbers. Returns the one row of platform_settings. */
create function private.settings()
returns private.platform_settings
language sql
stable
set search_path = ''
as $$
  select platform_settings.* from private.platform_settings where platform_settings.is_singleton;
$$;
