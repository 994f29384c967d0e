/**
 * The row of a database function with the columns named that may be null: the generated types
 * don't know which.
 */
export type WithNulls<Row, Keys extends keyof Row> = Omit<Row, Keys> & {
  [Key in Keys]: Row[Key] | null;
};
