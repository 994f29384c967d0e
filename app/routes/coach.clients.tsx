import { redirect, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { EmptyState } from "~/components/empty-state";
import { Page, PageHeader } from "~/components/page";
import { Pagination } from "~/components/pagination";
import { RowList } from "~/components/row-list";
import { ClientRow } from "~/features/bookings/client-row";
import { listClients } from "~/features/bookings/clients.server";
import { listSoldPackages } from "~/features/packages/packages.server";
import { requirePractice } from "~/features/practice/require-practice.server";
import { pageTitle } from "~/lib/page-title";
import { readPage } from "~/lib/params.server";
import { coachClientsPath, signInPath } from "~/lib/paths";

export const meta: MetaFunction = () => [{ title: pageTitle("Your clients") }];

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, coachId, timeZone } = await requirePractice(args);
  if (!coachId) throw redirect(signInPath(coachClientsPath())); // no form here, so nothing is lost
  const page = readPage(args.request);
  const { clients, hasNext } = await listClients(viewer.db, page);
  const packages = await listSoldPackages(
    viewer.db,
    clients.map(({ client_id }) => client_id),
  );
  return { clients, packages, hasNext, page, timeZone };
}

export default function ClientsRoute() {
  const { clients, packages, hasNext, page, timeZone } = useLoaderData<typeof loader>();
  return (
    <Page>
      <PageHeader title="Your clients" />
      {clients.length === 0 ? (
        <EmptyState title={page === 1 ? "No clients yet" : "That was everybody"}>
          Whoever books you or writes to you appears here, with what you have held and what is
          coming.
        </EmptyState>
      ) : (
        <RowList>
          {clients.map((client) => (
            <ClientRow
              key={client.client_id}
              client={client}
              packages={packages.filter(({ client_id }) => client_id === client.client_id)}
              timeZone={timeZone}
            />
          ))}
        </RowList>
      )}
      <Pagination page={page} hasNext={hasNext} toPage={coachClientsPath} />
    </Page>
  );
}
