/**
 * Runs in Deno before a function's own index.ts: the hosted runtime gives each function its address
 * and its end, and so does this. `Deno.serve(handler)` listens on a free port of the loopback
 * interface and tells it on the standard output; the process ends when its parent does.
 */
type Handler = (request: Request) => Response | Promise<Response>;
type ServeOptions = {
  port: number;
  hostname: string;
  onListen(address: { port: number }): void;
};

/** The little of Deno that is used here; the rest of this folder is type-checked for Node. */
declare const Deno: {
  serve(options: ServeOptions, handler: Handler): unknown;
  stdin: { readable: ReadableStream<Uint8Array> };
  exit(code: number): never;
};

const serve = Deno.serve;

function serveOnFreePort(...args: [Handler] | [Partial<ServeOptions>, Handler]): unknown {
  endWithParent();
  const handler = args.length === 1 ? args[0] : args[1];
  const address = { port: 0, hostname: "127.0.0.1" };
  return serve(
    { ...address, onListen: ({ port }) => console.log(`edge-function-port ${port}`) },
    handler,
  );
}

/**
 * Our end of the pipe closes however the parent ends, by SIGKILL too. Not done earlier, because
 * Deno waits for what a preloaded file has begun before it runs the function.
 */
function endWithParent(): void {
  void Deno.stdin.readable.pipeTo(new WritableStream()).finally(() => Deno.exit(0));
}

Object.defineProperty(Deno, "serve", { value: serveOnFreePort });
