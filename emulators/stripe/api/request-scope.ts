import { AsyncLocalStorage } from "node:async_hooks";

/** Which call of the API is being handled; events name the call that caused them. */
export const requestScope = new AsyncLocalStorage<{ id: string; idempotencyKey: string | null }>();
