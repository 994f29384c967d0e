comment on table private.recording_terms is 'What people agree to who let a session be recorded, version by version, and for how many days it is kept.';
comment on table private.recording_consents is 'Who agreed to the recording of a session, when, to which terms, and when they took it back.';
comment on table private.recordings is 'The recordings of our meetings at Zoom; without an address once they are gone, or when not both had agreed.';

alter table private.recording_terms
  add constraint recording_terms_kept_for_a_while check (keep_days between 1 and 365);

alter table private.recording_consents
  add constraint recording_consents_end_after_start check (revoked_at >= agreed_at);

-- Who agrees twice has agreed once.
create unique index recording_consents_one_open_per_party
  on private.recording_consents (booking_id, profile_id)
  where revoked_at is null;

alter table private.recordings
  add constraint recordings_gone_or_to_be_watched check (
    (removed_at is null) = (share_url is not null) and (removed_at is null) = (expires_at is not null)
  );

-- What the job looks for.
create index recordings_expires_at_idx on private.recordings (expires_at) where removed_at is null;

alter table private.recording_terms enable row level security;
alter table private.recording_consents enable row level security;
alter table private.recordings enable row level security;
