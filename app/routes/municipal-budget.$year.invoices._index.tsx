import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { InvoiceTable } from "#app/components/invoice-table.tsx";
import { MunicipalTabs } from "#app/components/municipal-tabs.tsx";
import { ActionLink, Empty, Page, TextLink } from "#app/components/page.tsx";

import { mayUser } from "#app/domain/permission.ts";
import { wire, yearParam } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { listSubjectsWithFiles } from "#app/records/attachments.server.ts";
import { listInvoices } from "#app/records/invoices.server.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Rechnungen im Haushalt ${data?.fiscalYear ?? ""} – Paktbuch` },
];

export const loader = asKnown("read_books", async ({ params }, user) => {
  const fiscalYear = yearParam(params.year);
  const invoices = await listInvoices(user, { fiscalYear });
  const withFiles = await listSubjectsWithFiles(user, "invoice");
  return wire({
    fiscalYear,
    invoices: invoices.map((one) => ({ ...one, hasFile: withFiles.has(one.id) })),
    mayCertify: mayUser(user, "certify"),
    mayRecord: mayUser(user, "record"),
  });
});

export default function MunicipalInvoices() {
  const { fiscalYear, invoices, mayCertify, mayRecord } = useLoaderData<typeof loader>();
  return (
    <Page
      title={`Rechnungen im Haushalt ${fiscalYear}`}
      lead="Was kein Förderprogramm zahlt: laufende Kosten und eigene Anschaffungen."
      crumbs={[{ to: "/municipal-budget", label: "Haushalt" }]}
      actions={
        <>
          <TextLink to={`/municipal-budget/${fiscalYear}/orders`}>Aufträge {fiscalYear}</TextLink>
          {mayCertify && <ActionLink to="/certifications">Feststellen</ActionLink>}
          {mayRecord && (
            <ActionLink to="new" kind="primary">
              Rechnung buchen
            </ActionLink>
          )}
        </>
      }
    >
      <MunicipalTabs />
      {invoices.length === 0 ? (
        <Empty>Noch keine Rechnung in diesem Haushaltsjahr.</Empty>
      ) : (
        <InvoiceTable invoices={invoices} isMunicipal />
      )}
    </Page>
  );
}
