/**
 * What an object's fields were before they changed, as events called `….updated` tell it.
 *
 * @param before a copy taken before the change
 */
export function changesBetween<Item extends object>(before: Item, after: Item): Partial<Item> {
  const keys = Object.keys({ ...before, ...after }) as (keyof Item)[];
  const changed = keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  return Object.fromEntries(
    changed.map((key) => [key, before[key] === undefined ? null : before[key]]),
  ) as Partial<Item>;
}
