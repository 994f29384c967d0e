/**
 * Options of the Remix Vite plugin.
 *
 * A Vite project does not need this file: Remix reads its options from the plugin call. They are
 * kept apart so that whoever looks for "the Remix config" finds it under its usual name, and
 * vite.config.ts stays about Vite. See docs/decisions.
 *
 * @type {import("@remix-run/dev").VitePluginConfig}
 */
export default {
  // Tests live beside the code; without this a test in app/routes would become a route.
  ignoredRouteFiles: ["**/*.test.{ts,tsx}"],
  future: {
    v3_fetcherPersist: true,
    v3_relativeSplatPath: true,
    v3_singleFetch: true,
    v3_throwAbortReason: true,
    // A page brings the routes it needs and asks for those its <Link>s lead to: the manifest of all
    // would be 4 KB of every public page's script, and grow with each route that only coaches see.
    v3_lazyRouteDiscovery: true,
  },
};
