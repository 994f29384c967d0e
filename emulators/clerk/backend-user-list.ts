import { refusals } from "./errors.ts";
import type { State, User } from "./model.ts";
import { normalizeEmail } from "./users.ts";

const ORDERS = {
  created_at: (user: User) => user.createdAt,
  updated_at: (user: User) => user.updatedAt,
  email_address: (user: User) => user.emailAddresses[0]?.address ?? "",
  first_name: (user: User) => user.firstName ?? "",
  last_name: (user: User) => user.lastName ?? "",
  last_sign_in_at: (user: User) => user.lastSignInAt ?? 0,
};

/**
 * The users that a list or count asks for, in its order (newest first when it names none).
 *
 * @param query email_address, user_id and external_id (each may be repeated), query, order_by
 * @throws ClerkError 422 for an order that Clerk does not know
 */
export function listUsers(state: State, query: URLSearchParams): User[] {
  const emails = query.getAll("email_address").map(normalizeEmail);
  const userIds = query.getAll("user_id");
  const externalIds = query.getAll("external_id");
  const text = query.get("query")?.toLowerCase() ?? "";

  return Object.values(state.users)
    .filter(
      (user) =>
        (emails.length === 0 ||
          user.emailAddresses.some(({ address }) => emails.includes(address))) &&
        (userIds.length === 0 || userIds.includes(user.id)) &&
        (externalIds.length === 0 || externalIds.includes(user.externalId ?? "")) &&
        haystack(user).includes(text),
    )
    .sort(comparison(query.get("order_by") ?? "-created_at"));
}

function haystack(user: User): string {
  const emails = user.emailAddresses.map(({ address }) => address);
  return [user.id, user.firstName, user.lastName, ...emails].join(" ").toLowerCase();
}

function comparison(orderBy: string): (left: User, right: User) => number {
  const name = orderBy.replace(/^[+-]/, "");
  if (!isOrder(name)) throw refusals.invalidValue("order_by", orderBy);
  const value = ORDERS[name];
  const direction = orderBy.startsWith("-") ? -1 : 1;
  return (left, right) => {
    const [first, second] = [value(left), value(right)];
    return first === second ? 0 : first < second ? -direction : direction;
  };
}

function isOrder(name: string): name is keyof typeof ORDERS {
  return Object.hasOwn(ORDERS, name);
}
