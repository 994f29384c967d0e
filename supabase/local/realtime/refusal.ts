/** A reason a person may read, with the code that Supabase puts before it. */
export class Refusal extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }

  /** As a refused join is answered: `Unauthorized: You do not have permissions to …`. */
  get reason(): string {
    return `${this.code}: ${this.message}`;
  }
}
