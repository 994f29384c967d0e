-- Whatever is decided is decided once: the job that decides need not look at it again.
create trigger attendance_decisions__mark_booking
  after insert on public.attendance_decisions
  for each row
  execute function private.tg_attendance_decisions__mark_booking();
