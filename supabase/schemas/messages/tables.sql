comment on table public.conversations is 'The one thread of a client and a coach, opened by an enquiry or a booking.';
comment on table public.messages is 'What one said to the other. The sender makes the id, so that a retry is no second message.';
comment on table public.conversation_reads is 'How far each party has read.';

alter table public.messages
  add constraint messages_body_length check (char_length(body) between 1 and 4000);

alter table public.conversations enable row level security;
alter table public.messages enable row level security;
alter table public.conversation_reads enable row level security;

grant select on public.conversations to authenticated;
grant select on public.messages to authenticated;
grant select on public.conversation_reads to authenticated;

-- No writes: start_conversation, send_message and mark_read.
