create policy "Client and coach can view their conversations"
  on public.conversations
  for select
  to authenticated
  using (
    client_id = (select private.current_profile_id())
    or coach_id = (select private.current_coach_id())
  );

create policy "Client and coach can view the messages of their conversations"
  on public.messages
  for select
  to authenticated
  using (conversation_id in (select conversations.id from public.conversations));

create policy "Client and coach can view how far each has read"
  on public.conversation_reads
  for select
  to authenticated
  using (conversation_id in (select conversations.id from public.conversations));

/*
 * Who may listen to a thread's private channel, and say in it that they are typing: its two
 * parties. Realtime asks these with the topic in realtime.topic().
 */
create policy "Client and coach can listen to their conversation"
  on realtime.messages
  for select
  to authenticated
  using (
    (select realtime.topic()) in (
      select 'conversation:' || conversations.id from public.conversations
    )
  );

create policy "Client and coach can signal in their conversation"
  on realtime.messages
  for insert
  to authenticated
  with check (
    extension in ('broadcast', 'presence')
    and (select realtime.topic()) in (
      select 'conversation:' || conversations.id from public.conversations
    )
  );
