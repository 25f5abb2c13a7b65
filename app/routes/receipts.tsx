import type { MetaFunction } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { today } from "#app/clock.server.ts";
import { DayText, Euro } from "#app/components/euro.tsx";
import { Empty, Page, Section, TextLink } from "#app/components/page.tsx";
import { KeptStand } from "#app/components/past.tsx";
import { type Column, Table } from "#app/components/table.tsx";
import { kindsWithReceipt } from "#app/domain/attachment.ts";
import { daysBetween } from "#app/domain/calendar.ts";
import { sum, zero } from "#app/domain/money.ts";
import { mayUser } from "#app/domain/permission.ts";
import { ageWords, missingWords } from "#app/german/receipt-words.ts";
import { idParam, type Wire, wire } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { listGrants } from "#app/records/grants.server.ts";
import { listMissingReceipts } from "#app/records/missing-receipts.server.ts";

export const meta: MetaFunction = () => [{ title: "Fehlende Belege – Paktbuch" }];

export const loader = asKnown("read_books", async ({ request }, user) => {
  const grant = new URL(request.url).searchParams.get("grant") || null;
  const grantId = grant === null ? undefined : idParam(grant);
  const missing = await listMissingReceipts(user, { grantId });
  const asOf = today();
  return wire({
    groups: kindsWithReceipt
      .map((kind) => {
        const rows = missing.filter((one) => one.kind === kind);
        return {
          kind,
          rows: rows.map((row) => ({ ...row, age: daysBetween(row.datedOn, asOf) })),
          total: sum(rows.map(({ amount }) => amount ?? zero)),
        };
      })
      .filter(({ rows }) => rows.length > 0),
    count: missing.length,
    grants: (await listGrants(user, "all")).map(({ id, fileNumber }) => ({ id, fileNumber })),
    grantId: grantId ?? null,
    mayAttach: mayUser(user, "attach"),
  });
});

type Receipt = Wire<Awaited<ReturnType<typeof listMissingReceipts>>[number]> & { age: number };

export default function MissingReceipts() {
  const { groups, count, mayAttach } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Fehlende Belege"
      lead="Bescheide, Rechnungen, Zahlungseingänge und Umlagen, zu denen noch keine Datei abgelegt ist, die ältesten zuerst."
    >
      <GrantFilter />
      {count === 0 && <Empty>Zu jedem Beleg liegt eine Datei vor.</Empty>}
      {groups.map(({ kind, rows, total }) => (
        <Section key={kind} title={`${missingWords[kind]} (${rows.length})`}>
          <Table
            caption={missingWords[kind]}
            isCaptionHidden
            rows={rows}
            keyOf={({ id }) => id}
            columns={columnsFor(mayAttach)}
            footer={[
              "zusammen",
              "",
              "",
              "",
              "",
              <Euro key="total" amount={total} />,
              ...(mayAttach ? [""] : []),
            ]}
          />
        </Section>
      ))}
    </Page>
  );
}

function columnsFor(mayAttach: boolean): Column<Receipt>[] {
  const columns: Column<Receipt>[] = [
    {
      label: "Nummer",
      cell: ({ kind, id, number }) => (
        <TextLink to={`/documents/${kind}/${id}`}>{number || "ohne"}</TextLink>
      ),
    },
    { label: "vom", cell: ({ datedOn }) => <DayText day={datedOn} /> },
    { label: "Alter", isNumeric: true, cell: ({ age }) => ageWords(age) },
    { label: "von", cell: ({ party }) => party },
    { label: "Zuwendung", cell: ({ fileNumber }) => fileNumber ?? "–" },
    {
      label: "Betrag",
      isNumeric: true,
      cell: ({ amount }) => (amount === null ? "–" : <Euro amount={amount} />),
    },
  ];
  const attach: Column<Receipt> = {
    label: "Beleg",
    cell: ({ kind, id, number }) => (
      <TextLink
        to={`/attachments?${new URLSearchParams({ subject: kind, subjectId: id, from: "receipts" })}`}
      >
        <span className="links">ablegen</span>
        <span className="kern-sr-only">: {number}</span>
      </TextLink>
    ),
  };
  return mayAttach ? [...columns, attach] : columns;
}

/** Narrows the list to one grant, without JavaScript too. */
function GrantFilter() {
  const { grants, grantId } = useLoaderData<typeof loader>();
  if (grants.length === 0) return null;
  return (
    <Form method="get" className="actions">
      <KeptStand />
      <label className="kern-label" htmlFor="grant">
        Zuwendung
      </label>
      <div className="kern-form-input__select-wrapper">
        <select
          id="grant"
          name="grant"
          defaultValue={grantId ?? ""}
          className="kern-form-input__select"
        >
          <option value="">alle</option>
          {grants.map(({ id, fileNumber }) => (
            <option key={id} value={id}>
              {fileNumber}
            </option>
          ))}
        </select>
      </div>
      <button type="submit" className="kern-btn kern-btn--secondary">
        <span className="kern-label">Anzeigen</span>
      </button>
    </Form>
  );
}
