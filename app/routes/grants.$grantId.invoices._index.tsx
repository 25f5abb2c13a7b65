import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { InvoiceTable } from "#app/components/invoice-table.tsx";
import { ActionLink, Empty, Section, TextLink } from "#app/components/page.tsx";
import { mayUser } from "#app/domain/permission.ts";
import { idParam, wire } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { listSubjectsWithFiles } from "#app/records/attachments.server.ts";
import { requireGrant } from "#app/records/grants.server.ts";
import { listInvoices } from "#app/records/invoices.server.ts";

export const meta: MetaFunction = () => [{ title: "Rechnungen – Paktbuch" }];

export const loader = asKnown("read_books", async ({ params }, user) => {
  const grant = await requireGrant(user, idParam(params.grantId));
  const invoices = await listInvoices(user, { grantId: grant.id });
  const withFiles = await listSubjectsWithFiles(user, "invoice");
  return wire({
    grantId: grant.id,
    invoices: invoices.map((one) => ({ ...one, hasFile: withFiles.has(one.id) })),
    mayCertify: mayUser(user, "certify"),
    mayRecord: mayUser(user, "record") && grant.stands,
  });
});

export default function Invoices() {
  const { grantId, invoices, mayCertify, mayRecord } = useLoaderData<typeof loader>();
  const missing = invoices.filter(({ stands, hasFile }) => stands && !hasFile).length;
  return (
    <Section
      title="Rechnungen"
      actions={
        <>
          {mayCertify && <ActionLink to="/certifications">Feststellen</ActionLink>}
          {mayRecord && (
            <>
              <ActionLink to="../imports">Datei einlesen</ActionLink>
              <ActionLink to="table">Als Tabelle buchen</ActionLink>
              <ActionLink to="new" kind="primary">
                Rechnung buchen
              </ActionLink>
            </>
          )}
        </>
      }
    >
      {missing > 0 && (
        <p className="kern-body">
          <TextLink to={`/receipts?grant=${grantId}`}>
            {missing === 1 ? "Zu einer Rechnung fehlt" : `Zu ${missing} Rechnungen fehlt`} der Beleg
          </TextLink>
        </p>
      )}
      {invoices.length === 0 ? (
        <Empty>Noch keine Rechnung auf dieser Zuwendung.</Empty>
      ) : (
        <InvoiceTable invoices={invoices} />
      )}
    </Section>
  );
}
