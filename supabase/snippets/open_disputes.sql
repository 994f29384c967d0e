-- What banks have taken back, or ask about, and have not decided, the most urgent first. Our own answer
-- is sent three days before it is due; one that is given in Stripe's dashboard before that stands.
select open_disputes.*
from admin.open_disputes
order by open_disputes.evidence_due_at nulls last;
