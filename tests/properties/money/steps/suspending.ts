import { COACHES } from "../people.ts";
import { pick, type Step } from "./run.ts";

/** An admin suspends a coach, or lifts that. */
export const suspend: Step = async ({ database }, dice) => {
  const changed = await database.run(`
    update public.coaches
    set status = case coaches.status when 'suspended' then 'approved' else 'suspended' end::public.coach_status
    from public.profiles
    where profiles.id = coaches.profile_id
      and profiles.id = tests.id('${pick(COACHES, dice)}')
      and profiles.deleted_at is null
    returning coaches.id
  `);
  return changed.length > 0;
};
