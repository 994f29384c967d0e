/** Says that this process answers. It asks nobody else: their trouble is no reason to restart it. */
export function loader() {
  return Response.json({ data: { status: "ok" } }, { headers: { "Cache-Control": "no-store" } });
}
