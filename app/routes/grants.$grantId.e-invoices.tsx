import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { EInvoiceStateBadge, EInvoiceUpload } from "#app/components/e-invoice-upload.tsx";
import { DayText, Euro } from "#app/components/euro.tsx";
import { Empty, Section, TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { mayUser } from "#app/domain/permission.ts";
import { formatMoment } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam, wire } from "#app/http.ts";
import { expectFile } from "#app/readers/apart.server.ts";
import { listEInvoices, receiveEInvoice } from "#app/records/e-invoices.server.ts";
import { requireGrant } from "#app/records/grants.server.ts";
import { requireUser } from "#app/session.server.ts";
import { readUploads } from "#app/upload-form.ts";

export const meta: MetaFunction = () => [{ title: "E-Rechnungen – Paktbuch" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "read_books");
  const grant = await requireGrant(user, idParam(params.grantId));
  const mayRecord = mayUser(user, "record") && grant.stands;
  if (mayRecord) expectFile();
  return wire({ eInvoices: await listEInvoices(user, grant.id), mayRecord });
}

/** Takes the files one by one: what can be read is kept, and each of the others has its sentence. */
export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const grantId = idParam(params.grantId);
  await requireGrant(user, grantId);
  const upload = await readUploads(request);
  if ("violation" in upload) {
    return data(
      { problems: [{ sentence: problemOf(upload.violation).sentence }] },
      { status: 422 },
    );
  }
  const ids: string[] = [];
  const problems: { sentence: string; name?: string; earlierId?: string }[] = [];
  for (const file of upload.files) {
    const received = await receiveEInvoice(user, grantId, file);
    if ("id" in received) ids.push(received.id);
    else {
      const { violation, earlierId } = received;
      problems.push({ sentence: problemOf(violation).sentence, name: file.name, earlierId });
    }
  }
  if (problems.length > 0) return data({ problems }, { status: 422 });
  return redirect(ids.length === 1 ? `/e-invoices/${ids[0]}` : `/grants/${grantId}/e-invoices`);
}

export default function EInvoices() {
  const { eInvoices, mayRecord } = useLoaderData<typeof loader>();
  const problems = useActionData<typeof action>()?.problems ?? [];
  return (
    <Section title="E-Rechnungen">
      {mayRecord && <EInvoiceUpload problems={problems} />}
      {eInvoices.length === 0 ? (
        <Empty>Noch keine E-Rechnung auf dieser Zuwendung.</Empty>
      ) : (
        <Table
          caption="Eingegangene E-Rechnungen, neueste zuerst"
          rows={eInvoices}
          keyOf={({ id }) => id}
          columns={[
            {
              label: "Rechnung",
              cell: ({ id, number }) => <TextLink to={`/e-invoices/${id}`}>{number}</TextLink>,
            },
            { label: "vom", cell: ({ issuedOn }) => <DayText day={issuedOn} /> },
            { label: "Lieferant", cell: ({ supplier }) => supplier },
            { label: "Zahlbetrag", isNumeric: true, cell: ({ due }) => <Euro amount={due} /> },
            {
              label: "eingegangen",
              cell: ({ receivedAt, receivedBy }) => `${formatMoment(receivedAt)}, ${receivedBy}`,
            },
            { label: "Stand", cell: (one) => <EInvoiceStateBadge eInvoice={one} /> },
          ]}
        />
      )}
    </Section>
  );
}
