/*
 * A coach says how their Calendly account is used: what happens while it can't be read, what
 * becomes of what is booked there, and as which event type each offer is booked. `choices` is
 * an array of {offer_id, event_type_id}, null for none; offers that are not named keep what
 * they have. What was booked before somebody chose so stays a busy time.
 *
 * Raises: UPSGN, UPONB, OCNON, OCSUS, KCNON (not connected), KCTYP (an event type that is not
 * there any more, or whose length is not the offer's).
 * Security definer: nobody may write connections.
 */
create function public.save_calendly_choices(
  when_stale public.calendly_when_stale,
  intake public.calendly_intake,
  choices jsonb
)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_coach public.coaches := private.require_coach();
  v_choice record;
begin
  update private.calendly_connections
  set when_stale = save_calendly_choices.when_stale,
      intake = save_calendly_choices.intake,
      intake_began_at = case when save_calendly_choices.intake <> 'off' then coalesce(calendly_connections.intake_began_at, now()) end
  where calendly_connections.coach_id = v_coach.id;

  if not found then
    raise exception 'Connect your Calendly account first.' using errcode = 'KCNON';
  end if;

  insert into private.calendar_changes (coach_id) values (v_coach.id);

  for v_choice in
    select offers.lineage_id, offers.title, offers.duration_minutes, choice.event_type_id
    from jsonb_to_recordset(save_calendly_choices.choices) as choice (offer_id uuid, event_type_id uuid)
    join public.offers on offers.id = choice.offer_id and offers.coach_id = v_coach.id
  loop
    delete from public.calendly_offers
    where calendly_offers.lineage_id = v_choice.lineage_id and v_choice.event_type_id is null;
    continue when v_choice.event_type_id is null;

    insert into public.calendly_offers (lineage_id, coach_id, event_type_id)
    select v_choice.lineage_id, v_coach.id, calendly_event_types.id
    from public.calendly_event_types
    where calendly_event_types.id = v_choice.event_type_id
      and calendly_event_types.coach_id = v_coach.id
      and calendly_event_types.is_active
      and calendly_event_types.duration_minutes = v_choice.duration_minutes
    on conflict (lineage_id) do update
    set event_type_id = excluded.event_type_id,
        chosen_at = case
          when calendly_offers.event_type_id = excluded.event_type_id then calendly_offers.chosen_at
          else now()
        end;

    if not found then
      raise exception '“%” takes % minutes. Choose an event type of that length.', v_choice.title, v_choice.duration_minutes
        using errcode = 'KCTYP';
    end if;
  end loop;
end;
$$;

grant execute on function public.save_calendly_choices(public.calendly_when_stale, public.calendly_intake, jsonb) to authenticated;
