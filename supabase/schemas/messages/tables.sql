comment on table public.conversations is 'The one thread of a client and a coach, opened by an enquiry or a booking.';
comment on table public.messages is 'What one said to the other. The sender makes the id, so that a retry is no second message.';
comment on table public.message_attachments is 'The files of a message. Their bytes are in the bucket attachments, under conversation/message/attachment.';
comment on table private.message_words is 'What a message said before it was edited or deleted: for moderation, for 90 days.';
comment on table private.conversation_blocks is 'Who wants to hear nothing more from the other party of a thread.';
comment on table public.saved_answers is 'What a coach says often, to put into a message with one step.';
comment on column public.conversations.closed_at is 'Since when nobody writes here any more, as an admin decided.';
comment on column public.conversations.owed_at is 'When the first of the messages was written that owed_by has not answered.';
comment on column public.conversations.opened_at is 'When the client last opened it, or a booking did: an old one is opened again by an enquiry.';
comment on column public.messages.removed_at is 'Since when it is shown to nobody, as an admin decided.';
comment on column public.messages.has_payment_hint is 'It sounds as if payment moves off the platform: private.moves_payment.';
comment on table public.conversation_reads is 'How far each party has read.';
comment on column public.conversation_reads.read_at is 'When they read the last of what the other wrote until there; null when there was nothing of it.';

alter table public.conversations
  add constraint conversations_owed_whole check (num_nulls(owed_by, owed_at) in (0, 2));

alter table public.messages
  -- Empty only where there are files: send_message sees to that.
  add constraint messages_body_length check (char_length(body) <= 4000),
  -- What is deleted is nowhere to be read, whatever reads the table.
  add constraint messages_deleted_are_empty check (deleted_at is null or body = ''),
  add constraint messages_removed_are_empty check (removed_at is null or body = '');

-- For admins: admin.payment_hints.
create index messages_payment_hints on public.messages (created_at) where has_payment_hint;

-- Search in what was said, thread by thread (search_messages): others' words, however many, are not looked at.
create index messages_words on public.messages using gin (conversation_id, to_tsvector('pg_catalog.english', body));

alter table public.message_attachments
  add constraint message_attachments_name_length check (char_length(name) between 1 and 255),
  -- A picture has a preview of so many pixels; nothing else has.
  add constraint message_attachments_preview
    check (num_nulls(width, height) <> 1 and width > 0 and height > 0);

alter table public.saved_answers
  add constraint saved_answers_title_length check (char_length(title) between 1 and 60),
  -- As long as a message may be.
  add constraint saved_answers_body_length check (char_length(body) between 1 and 4000);

alter table public.conversations enable row level security;
alter table public.messages enable row level security;
alter table public.message_attachments enable row level security;
alter table public.conversation_reads enable row level security;
alter table public.saved_answers enable row level security;
alter table private.conversation_blocks enable row level security;
alter table private.message_words enable row level security;

grant select on public.conversations to authenticated;
grant select on public.messages to authenticated;
grant select on public.message_attachments to authenticated;
grant select on public.conversation_reads to authenticated;
grant select on public.saved_answers to authenticated;

-- No writes: start_conversation, send_message, edit_message, delete_message and mark_read. Nothing on message_words, nor on
-- conversation_blocks: block_conversation and unblock_conversation.
