/*
 * What a file is called where it is saved: the name that was said, without folders and control characters, and with
 * the ending of what Storage found it to be, so that nothing past the site is saved as a program.
 */
create function private.safe_file_name(name text, content_type text)
returns text
language sql
immutable
set search_path = ''
as $$
  select case
    when said.name ~* ('\.(' || known.endings || ')$') then right(said.name, 200)
    else left(coalesce(nullif(said.name, ''), 'file'), 190) || '.' || split_part(known.endings, '|', 1)
  end
  from (
    select trim(regexp_replace(regexp_replace(coalesce(safe_file_name.name, ''), '^.*[/\\]', ''), '[[:cntrl:]]', '', 'g')) as name
  ) as said
  cross join (
    select case safe_file_name.content_type
      when 'image/jpeg' then 'jpg|jpeg'
      when 'image/png' then 'png'
      when 'image/webp' then 'webp'
      when 'image/gif' then 'gif'
      when 'application/pdf' then 'pdf'
      when 'text/csv' then 'csv'
      when 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' then 'docx'
      when 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' then 'xlsx'
      when 'application/vnd.openxmlformats-officedocument.presentationml.presentation' then 'pptx'
      else 'txt'
    end as endings
  ) as known;
$$;
