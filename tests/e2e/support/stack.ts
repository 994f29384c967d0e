/**
 * An address or key of the stack that the tests run beside.
 * @param name of a variable that `npm run with-stack` sets
 * @throws if the tests were started without a stack
 */
export function stackValue(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set. Run the browser tests with npm run test:e2e.`);
  return value;
}

type Vendor = "CLERK" | "STRIPE" | "ZOOM" | "CALENDLY" | "MAIL";

/**
 * Asks the control panel of an emulator, or tells it something.
 * @param vendor whose
 * @param path below `/__admin/`
 * @param body what to tell; asks when left out
 * @returns the answer
 * @throws if it is refused
 */
export async function admin<Answer>(vendor: Vendor, path: string, body?: object): Promise<Answer> {
  const response = await fetch(`${stackValue(`${vendor}_URL`)}/__admin/${path}`, {
    method: body ? "POST" : "GET",
    headers: { "Content-Type": "application/json" },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!response.ok) throw new Error(`${vendor} ${path}: ${await response.text()}`);
  return (await response.json()) as Answer;
}
