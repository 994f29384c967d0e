-- Coaches who let clients down in the last 180 days, the worst first: sessions cancelled less than a
-- day before, sessions they did not come to, requests they never answered. Counted anew each time.
select display_name, slug, status, strikes, late_cancellations, no_shows, unanswered_requests, last_strike_at
from admin.coach_strikes()
order by strikes desc, last_strike_at desc
limit 100;
