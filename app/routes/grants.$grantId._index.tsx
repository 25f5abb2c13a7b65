import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Attachments } from "#app/components/attachments.tsx";
import { entriesOf, Euro } from "#app/components/euro.tsx";
import { Table } from "#app/components/table.tsx";
import { available, summarize } from "#app/domain/budget.ts";
import { categoryOf } from "#app/domain/programme.ts";
import { idParam, wire } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { loadBudget } from "#app/records/accounts.server.ts";
import { loadAttachments } from "#app/records/attachments.server.ts";
import { requireGrant } from "#app/records/grants.server.ts";

export const handle = { isInteractive: true };

export const meta: MetaFunction = () => [{ title: "Budget – Paktbuch" }];

export const loader = asKnown("read_books", async ({ params }, user) => {
  const grant = await requireGrant(user, idParam(params.grantId));
  const { programme } = grant;
  const lines = await loadBudget(user, grant.id);
  return wire({
    attachments: await loadAttachments(user, { subject: "grant", subjectId: grant.id }),
    grantId: grant.id,
    total: summarize(lines),
    lines: lines.map((line) => ({
      ...line,
      category: categoryOf(programme, line.code).name,
      available: available(line),
    })),
  });
});

const figures = ["approved", "committed", "invoiced", "paid"] as const;
const headings = {
  approved: "bewilligt",
  committed: "gebunden",
  invoiced: "in Rechnung",
  paid: "bezahlt",
};

export default function Budget() {
  const { grantId, lines, total, attachments } = useLoaderData<typeof loader>();
  const ofGrant = { grant: grantId, kind: "budget_line" };
  return (
    <>
      <Table
        caption="Budget nach Kostenpositionen"
        rows={lines}
        keyOf={({ id }) => id}
        footer={[
          "Summe",
          "",
          ...figures.map((figure) => (
            <Euro key={figure} amount={total[figure]} to={entriesOf({ ...ofGrant, figure })} />
          )),
          <Euro key="available" amount={total.available} to={entriesOf(ofGrant)} />,
        ]}
        columns={[
          { label: "Schule", cell: ({ school }) => school },
          { label: "Fördergegenstand", cell: ({ code, category }) => `${code} ${category}` },
          ...figures.map((figure) => ({
            label: headings[figure],
            isNumeric: true,
            cell: (line: (typeof lines)[number]) => (
              <Euro amount={line[figure]} to={entriesOf({ account: line.id, figure })} />
            ),
          })),
          {
            label: "verfügbar",
            isNumeric: true,
            cell: ({ id, available }) => (
              <strong>
                <Euro amount={available} to={entriesOf({ account: id })} />
              </strong>
            ),
          },
        ]}
      />
      <Attachments {...attachments} hint="Der Bescheid, wie er gekommen ist." />
    </>
  );
}
