import { useForm } from "@conform-to/react";
import { type ActionFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { Attachments } from "#app/components/attachments.tsx";
import { Euro } from "#app/components/euro.tsx";
import { DayField, TextArea } from "#app/components/fields.tsx";
import { EntryForm } from "#app/components/form.tsx";
import { ActionLink, Badge, Facts, Page, Section, TextLink } from "#app/components/page.tsx";
import { crumbsOf, pathOf } from "#app/components/spending.tsx";
import { Table } from "#app/components/table.tsx";
import { mayUser } from "#app/domain/permission.ts";
import { day, readForm, rejected, text } from "#app/form.ts";
import { awardKindWords } from "#app/german/book-words.ts";
import { formatDay } from "#app/german/notation.ts";
import { costKindWords, problemOf } from "#app/german/words.ts";
import { idParam, wire } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { loadAttachments } from "#app/records/attachments.server.ts";
import { closeOrder, listOrderChanges } from "#app/records/order-changes.server.ts";
import { requireOrder } from "#app/records/orders.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const closureForm = z.object({ closedOn: day, reason: text });

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Auftrag ${data?.order.number ?? ""} – Paktbuch` },
];

export const loader = asKnown("read_books", async ({ params }, user) => {
  const order = await requireOrder(user, idParam(params.orderId));
  const isOpen = order.stands && order.open.greaterThan(0);
  return wire({
    order,
    changes: await listOrderChanges(user, order.id),
    mayClose: mayUser(user, "record") && isOpen,
    attachments: await loadAttachments(user, { subject: "order", subjectId: order.id }),
  });
});

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const orderId = idParam(params.orderId);
  const form = await readForm(request, closureForm);
  if (form.status !== "success") return rejected(form);

  const violation = await closeOrder(user, orderId, form.value);
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/orders/${orderId}`);
}

export default function Order() {
  const { order, changes, mayClose, attachments } = useLoaderData<typeof loader>();
  return (
    <Page
      title={`Auftrag ${order.number}`}
      lead={`${order.supplier}, bestellt am ${formatDay(order.orderedOn)}`}
      crumbs={crumbsOf(order, "orders")}
      actions={
        <>
          {!order.stands && <Badge kind="danger">storniert</Badge>}
          <TextLink to={`/documents/order/${order.id}`}>Beleg und Storno</TextLink>
          {mayClose && (
            <ActionLink to={`/orders/${order.id}/changes/new`}>Erhöhen oder senken</ActionLink>
          )}
          {mayClose && (
            <ActionLink to={`${pathOf(order)}/invoices/new?order=${order.id}`} kind="primary">
              Rechnung dazu buchen
            </ActionLink>
          )}
        </>
      }
    >
      <Facts
        facts={[
          ["Vergabeart", awardKindWords[order.awardKind]],
          ["Vergabenummer", order.awardReference || "–"],
          ["Begründung der Vergabeart", order.awardReason || "–"],
          ...(order.overBudgetReason
            ? [["Warum über den Haushalt hinaus", order.overBudgetReason] as [string, string]]
            : []),
          ["Noch gebunden", <Euro key="open" amount={order.open} />],
          [
            "Geschlossen",
            order.closure ? (
              <TextLink to={`/documents/order_closure/${order.closure.id}`}>
                am {formatDay(order.closure.closedOn)}: {order.closure.reason}
              </TextLink>
            ) : (
              "nein"
            ),
          ],
        ]}
      />
      <Table
        caption="Zeilen"
        rows={order.lines}
        keyOf={({ id }) => id}
        columns={[
          { label: "Position", cell: ({ school, code }) => `${school} ${code}` },
          { label: "Was", cell: ({ description }) => description },
          { label: "Kostenart", cell: CostKind },
          {
            label: "bestellt",
            isNumeric: true,
            cell: ({ grossAmount }) => <Euro amount={grossAmount} />,
          },
          {
            label: "geändert um",
            isNumeric: true,
            cell: ({ changedAmount }) => <Euro amount={changedAmount} />,
          },
          {
            label: "abgerechnet",
            isNumeric: true,
            cell: ({ releasedAmount }) => <Euro amount={releasedAmount} />,
          },
          {
            label: "freigegeben",
            isNumeric: true,
            cell: ({ freedAmount }) => <Euro amount={freedAmount} />,
          },
          { label: "gebunden", isNumeric: true, cell: ({ open }) => <Euro amount={open} /> },
        ]}
      />
      {changes.length > 0 && (
        <Table
          caption="Änderungen"
          rows={changes}
          keyOf={({ id }) => id}
          columns={[
            {
              label: "Tag",
              cell: ({ id, changedOn, stands }) => (
                <>
                  <TextLink to={`/documents/order_change/${id}`}>{formatDay(changedOn)}</TextLink>{" "}
                  {!stands && <Badge kind="danger">storniert</Badge>}
                </>
              ),
            },
            { label: "Grund", cell: ({ reason }) => reason },
            {
              label: "Warum über den Haushalt hinaus",
              cell: ({ overBudgetReason }) => overBudgetReason || "–",
            },
            { label: "Begründung der Vergabeart", cell: ({ awardReason }) => awardReason || "–" },
            { label: "Betrag", isNumeric: true, cell: ({ amount }) => <Euro amount={amount} /> },
          ]}
        />
      )}
      <Attachments {...attachments} hint="Angebote, Vergabevermerk, Auftragsschreiben." />
      {mayClose && <ClosureForm />}
    </Page>
  );
}

/** Outside advice says what it belongs to and why. */
function CostKind(line: {
  costKind: keyof typeof costKindWords;
  accompanyingReason: string | null;
}) {
  const { costKind, accompanyingReason } = line;
  return costKindWords[costKind] + (accompanyingReason ? `: ${accompanyingReason}` : "");
}

function ClosureForm() {
  const [form, fields] = useForm<z.input<typeof closureForm>>({
    id: "closure",
    lastResult: useActionData<typeof action>(),
  });
  return (
    <Section title="Auftrag schließen">
      <p className="kern-body">
        Wenn keine Rechnung mehr kommt: Was noch gebunden ist, wird wieder frei.
      </p>
      <EntryForm form={form} submit="Auftrag schließen">
        <DayField field={fields.closedOn} label="Geschlossen am" />
        <TextArea field={fields.reason} label="Grund" />
      </EntryForm>
    </Section>
  );
}
