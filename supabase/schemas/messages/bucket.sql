/*
 * Where files of conversations lie. A diff does not see rows: a change here is written into a migration
 * by hand.
 *
 * Pictures that browsers show, PDF, text, and what offices write. Not HEIC, which few browsers show and
 * we can't turn into something else; not SVG and HTML, which are programs. 10 MB each.
 */
insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
values (
  'attachments', 'attachments', false, 10485760,
  array[
    'image/jpeg',
    'image/png',
    'image/webp',
    'image/gif',
    'application/pdf',
    'text/plain',
    'text/csv',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'application/vnd.openxmlformats-officedocument.presentationml.presentation'
  ]
);
