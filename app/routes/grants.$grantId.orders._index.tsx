import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { OrderTable } from "#app/components/order-table.tsx";
import { ActionLink, Section } from "#app/components/page.tsx";
import { sum } from "#app/domain/money.ts";
import { mayUser } from "#app/domain/permission.ts";
import { idParam, wire } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { requireGrant } from "#app/records/grants.server.ts";
import { listOrderLines } from "#app/records/orders.server.ts";

export const meta: MetaFunction = () => [{ title: "Aufträge – Paktbuch" }];

export const loader = asKnown("read_books", async ({ params }, user) => {
  const grant = await requireGrant(user, idParam(params.grantId));
  const lines = await listOrderLines(user, { grantId: grant.id });
  return wire({
    lines,
    committed: sum(lines.map(({ open }) => open)),
    mayRecord: mayUser(user, "record") && grant.stands,
  });
});

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
      <OrderTable lines={lines} committed={committed} />
    </Section>
  );
}
