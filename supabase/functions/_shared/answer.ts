/** The standard answer of a function: `{ data }`. */
export function answer(data: unknown, status = 200): Response {
  return Response.json({ data }, { status });
}

/** The standard refusal of a function: `{ error: { code, message, requestId } }`. */
export function refuse(status: number, code: string, message: string): Response {
  return Response.json({ error: { code, message, requestId: crypto.randomUUID() } }, { status });
}
