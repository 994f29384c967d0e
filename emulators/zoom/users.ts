import { Hono } from "hono";

import type { EmulatorEnv } from "../shared/serve.ts";
import { ZoomError } from "./errors.ts";
import { pageOf } from "./paging.ts";
import type { Host } from "./state.ts";
import { makeZak } from "./zak.ts";
import { answer, findHost, readQuery, type Zoom } from "./zoom.ts";

const LICENSED = 2;
const DEFAULT_ZAK_SECONDS = 7200;

/** Hosts keep this zone; a start time without a zone is read in it. */
export const HOST_TIMEZONE = "America/New_York";

/** `/users`: the licensed hosts of the account. */
export function userRoutes(zoom: Zoom) {
  const app = new Hono<EmulatorEnv>();

  app.get("/users", (context) => {
    type Query = {
      status?: string;
      page_size?: number;
      page_number?: string;
      next_page_token?: string;
    };
    const query = readQuery<Query>(zoom, context, "UsersListUsersQueryParams");
    const hosts = (query.status ?? "active") === "active" ? zoom.options.hosts : [];
    const { items, ...page } = pageOf(hosts, {
      ...query,
      page_number: query.page_number === undefined ? undefined : Number(query.page_number),
    });
    return answer(zoom, context, "UsersListUsersResponse", { ...page, users: items.map(toUser) });
  });

  app.get("/users/:userId", (context) => {
    readQuery(zoom, context, "UsersGetUserQueryParams");
    const host = findHost(zoom, context.req.param("userId"));
    return answer(zoom, context, "UsersGetUserResponse", {
      ...toUser(host),
      account_id: zoom.options.accountId,
    });
  });

  app.get("/users/:userId/token", (context) => {
    type Query = { type?: string; ttl?: number };
    const query = readQuery<Query>(zoom, context, "UsersGetUsersTokenQueryParams");
    const host = findHost(zoom, context.req.param("userId"));
    if (query.type !== "zak") {
      throw new ZoomError(400, 300, "Only tokens of type zak are emulated.");
    }
    const token = makeZak(zoom, host.id, query.ttl ?? DEFAULT_ZAK_SECONDS);
    return answer(zoom, context, "UsersGetUsersTokenResponse", { token });
  });

  return app;
}

function toUser(host: Host) {
  const [name = host.email] = host.email.split("@");
  return {
    id: host.id,
    email: host.email,
    first_name: name,
    last_name: "Host",
    display_name: `${name} Host`,
    type: LICENSED,
    timezone: HOST_TIMEZONE,
    verified: 1,
    status: "active",
  };
}
