import type { Resource, Route } from "../emulator.ts";

/**
 * Makes the function that finds the route of a call.
 *
 * @returns the route and the id in its path, or null when no resource knows the call
 */
export function createRouter(resources: Resource[]) {
  const routes = resources
    .flatMap((resource) => resource.routes)
    // Literal paths first: `/v1/customers/search` is not a customer called "search".
    .sort((left, right) => count(left, "{id}") - count(right, "{id}"))
    .map((route) => ({ route, pattern: patternOf(route.operation) }));

  return function findRoute(method: string, path: string): { route: Route; id: string } | null {
    for (const { route, pattern } of routes) {
      const match = pattern.exec(`${method} ${path}`);
      if (match) return { route, id: decodeURIComponent(match[1] ?? "") };
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
