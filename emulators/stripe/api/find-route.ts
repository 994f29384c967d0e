import type { Resource, Route } from "../emulator.ts";

type FoundRoute = { resource: Resource; route: Route; ids: string[] };

/**
 * Makes the function that finds the route of a call.
 *
 * @returns the route with its resource and the ids in its path, or null when no resource knows
 *   the call
 */
export function createRouter(resources: Resource[]) {
  const routes = resources
    .flatMap((resource) => resource.routes.map((route) => ({ resource, route })))
    // Literal paths first: `/v1/customers/search` is not a customer called "search".
    .sort((left, right) => count(left.route, "{id}") - count(right.route, "{id}"))
    .map((found) => ({ ...found, pattern: patternOf(found.route.operation) }));

  return function findRoute(method: string, path: string): FoundRoute | null {
    for (const { resource, route, pattern } of routes) {
      const match = pattern.exec(`${method} ${path}`);
      if (match) return { resource, route, ids: match.slice(1).map(decodeURIComponent) };
    }
    return null;
  };
}

function patternOf(operation: string): RegExp {
  return new RegExp(`^${operation.replaceAll("{id}", "([^/]+)")}$`);
}

function count(route: Route, part: string): number {
  return route.operation.split(part).length;
}
