import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { OrderTable } from "#app/components/order-table.tsx";
import { MunicipalTabs } from "#app/components/municipal-tabs.tsx";
import { ActionLink, Page, TextLink } from "#app/components/page.tsx";
import { sum } from "#app/domain/money.ts";
import { mayUser } from "#app/domain/permission.ts";
import { wire, yearParam } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { listOrderLines } from "#app/records/orders.server.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Aufträge im Haushalt ${data?.fiscalYear ?? ""} – Paktbuch` },
];

export const loader = asKnown("read_books", async ({ params }, user) => {
  const fiscalYear = yearParam(params.year);
  const lines = await listOrderLines(user, { fiscalYear });
  return wire({
    fiscalYear,
    lines,
    committed: sum(lines.map(({ open }) => open)),
    mayRecord: mayUser(user, "record"),
  });
});

export default function MunicipalOrders() {
  const { fiscalYear, lines, committed, mayRecord } = useLoaderData<typeof loader>();
  return (
    <Page
      title={`Aufträge im Haushalt ${fiscalYear}`}
      lead="Was kein Förderprogramm zahlt: laufende Kosten und eigene Anschaffungen."
      crumbs={[{ to: "/municipal-budget", label: "Haushalt" }]}
      actions={
        <>
          <TextLink to={`/municipal-budget/${fiscalYear}/invoices`}>
            Rechnungen {fiscalYear}
          </TextLink>
          {mayRecord && (
            <ActionLink to="new" kind="primary">
              Auftrag buchen
            </ActionLink>
          )}
        </>
      }
    >
      <MunicipalTabs />
      <OrderTable lines={lines} committed={committed} />
    </Page>
  );
}
