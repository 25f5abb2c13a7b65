import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { DayText, Euro } from "#app/components/euro.tsx";
import { ActionLink, Badge, Empty, Section, TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { sum } from "#app/domain/money.ts";
import { may } from "#app/domain/permission.ts";
import { idParam, wire } from "#app/http.ts";
import { requireGrant } from "#app/records/grants.server.ts";
import { listOrderLines } from "#app/records/orders.server.ts";
import { requireUser } from "#app/session.server.ts";

export const meta: MetaFunction = () => [{ title: "Aufträge – Paktbuch" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "read_books");
  const grant = await requireGrant(user, idParam(params.grantId));
  const lines = await listOrderLines(user, { grantId: grant.id });
  return wire({
    lines,
    committed: sum(lines.map(({ open }) => open)),
    mayRecord: may(user.role, "record") && grant.stands,
  });
}

export default function Orders() {
  const { lines, committed, mayRecord } = useLoaderData<typeof loader>();
  return (
    <Section
      title="Aufträge"
      actions={
        mayRecord && (
          <ActionLink to="new" kind="primary">
            Auftrag buchen
          </ActionLink>
        )
      }
    >
      {lines.length === 0 ? (
        <Empty>Noch kein Auftrag. Ein Auftrag bindet Geld, bis die Rechnung kommt.</Empty>
      ) : (
        <Table
          caption="Auftragszeilen, neueste zuerst"
          rows={lines}
          keyOf={({ id }) => id}
          footer={["Summe", "", "", "", "", "", <Euro key="open" amount={committed} />]}
          columns={[
            {
              label: "Auftrag",
              cell: ({ orderId, number, stands }) => (
                <>
                  <TextLink to={`/orders/${orderId}`}>{number}</TextLink>{" "}
                  {!stands && <Badge kind="danger">storniert</Badge>}
                </>
              ),
            },
            { label: "vom", cell: ({ orderedOn }) => <DayText day={orderedOn} /> },
            { label: "Lieferant", cell: ({ supplier }) => supplier },
            { label: "Position", cell: ({ school, code }) => `${school} ${code}` },
            {
              label: "bestellt",
              isNumeric: true,
              cell: ({ ordered }) => <Euro amount={ordered} />,
            },
            {
              label: "abgerechnet",
              isNumeric: true,
              cell: ({ releasedAmount }) => <Euro amount={releasedAmount} />,
            },
            { label: "gebunden", isNumeric: true, cell: ({ open }) => <Euro amount={open} /> },
          ]}
        />
      )}
    </Section>
  );
}
