import { newWorld, plays } from "./testing/world.ts";

import { deepEqual, equal, rejection } from "./testing/assert.ts";

/** Answers the first request of each connection, and hangs up on the second without an answer. */
function answerOnce(listener: Deno.TcpListener): { requests: string[] } {
  const requests: string[] = [];
  const answer = new TextEncoder().encode("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}");

  async function readRequest(connection: Deno.TcpConn): Promise<void> {
    const bytes = new Uint8Array(4096);
    const length = (await connection.read(bytes)) ?? 0;
    const [line = ""] = new TextDecoder().decode(bytes.subarray(0, length)).split("\r\n");
    if (line) requests.push(line);
  }
  async function serve(connection: Deno.TcpConn): Promise<void> {
    await readRequest(connection);
    await connection.write(answer);
    await readRequest(connection);
    connection.close();
  }
  async function listen(): Promise<void> {
    for await (const connection of listener) serve(connection).catch(() => connection.close());
  }
  listen().catch(() => {}); // ends with the listener
  return { requests };
}

Deno.test("what changes something at Zoom is sent once, even if nobody answers", async () => {
  newWorld();
  plays("POST /oauth/token", { access_token: "token", expires_in: 3600 });
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { requests } = answerOnce(listener);

  Deno.env.set("ZOOM_API_BASE", `http://127.0.0.1:${listener.addr.port}`);
  const { zoom } = await import("./zoom.ts");
  await (await zoom("/users/me/meetings", { method: "GET" })).json();
  const error = await rejection(() => zoom("/users/me/meetings", { method: "POST", body: {} }));
  listener.close();

  equal(error.name, "TypeError");
  deepEqual(requests, ["GET /users/me/meetings HTTP/1.1", "POST /users/me/meetings HTTP/1.1"]);
});
