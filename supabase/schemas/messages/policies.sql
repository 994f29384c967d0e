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
  using (
    conversation_id in (select conversations.id from public.conversations)
    and not private.is_hidden(conversation_id, sender_id, (select private.current_profile_id()))
  );

create policy "Client and coach can view the files of their conversations"
  on public.message_attachments
  for select
  to authenticated
  using (private.may_read_attachment(id));

-- The bytes. Nobody changes or deletes them: what is left over, a job removes.
create policy "Client and coach can view the bytes of their files"
  on storage.objects
  for select
  to authenticated
  using (bucket_id = 'attachments' and private.may_read_file(name));

create policy "Client and coach can send files in their conversations"
  on storage.objects
  for insert
  to authenticated
  with check (
    bucket_id = 'attachments'
    and owner_id = (select auth.jwt() ->> 'sub')
    and private.may_send_file(name)
  );

-- How far the other has read, and when: conversation_details, which does not say so where one has blocked the other.
create policy "Client and coach can view how far they have read"
  on public.conversation_reads
  for select
  to authenticated
  using (profile_id = (select private.current_profile_id()));

-- No writes: save_answer and delete_answer.
create policy "Coaches can view their saved answers"
  on public.saved_answers
  for select
  to authenticated
  using (coach_id = (select private.current_coach_id()));

create policy "Nobody reads blocks over the API"
  on private.conversation_blocks for select to anon, authenticated using (false);

create policy "Nobody reads earlier words over the API"
  on private.message_words for select to anon, authenticated using (false);

/*
 * Who may listen to a private channel: to a thread's its two parties, unless the other has blocked them; to a person's own
 * only they, and nobody speaks in it but the database. Who may write in a thread may also say in its channel that they type
 * and are there. Realtime asks these with the topic in realtime.topic(), once for each token, and not which event it is:
 * a party can put any into the channel, so that browsers believe none (thread-feed.ts).
 */
create policy "People can listen to their conversations and their notices"
  on realtime.messages
  for select
  to authenticated
  using (
    (select realtime.topic()) = 'person:' || (select private.current_profile_id())
    or private.may_follow((select realtime.topic()))
  );

create policy "Client and coach can signal in their conversation"
  on realtime.messages
  for insert
  to authenticated
  with check (
    extension in ('broadcast', 'presence')
    and private.may_signal((select realtime.topic()))
  );
