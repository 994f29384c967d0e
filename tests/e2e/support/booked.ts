import { bookPaid } from "../../stack/support/booking.ts";
import { signIn, type Client } from "../../stack/support/client.ts";
import type { Coach, Person } from "./people.ts";

const signedIn = new Map<string, Promise<Client>>();

/**
 * A session that is paid and confirmed, without a browser: for tests that begin after that. The
 * calls are those that the site makes; how it looks is bookSession's to see.
 * @returns the booking's id
 */
export async function booked(client: Person, coach: Coach): Promise<string> {
  const { bookingId } = await bookPaid(await signInOnce(client), coach);
  return bookingId;
}

/** Signing in twice would count as two tries. A token lasts a minute, which is enough for one test. */
function signInOnce(person: Person): Promise<Client> {
  const known = signedIn.get(person.email) ?? signIn(person);
  signedIn.set(person.email, known);
  return known;
}
