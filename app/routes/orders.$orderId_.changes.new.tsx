import { randomUUID } from "node:crypto";
import { useForm } from "@conform-to/react";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { DayField, EuroField, TextField } from "#app/components/fields.tsx";
import { EntryForm, Hidden, Row } from "#app/components/form.tsx";
import { Page } from "#app/components/page.tsx";
import { OverBudgetField } from "#app/components/spending.tsx";
import { day, key, optionalEuroAmount, optionalText, readForm, rejected, text } from "#app/form.ts";
import { formatEuro } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam, notFound, wire } from "#app/http.ts";
import { changeOrder } from "#app/records/order-changes.server.ts";
import { requireOrder } from "#app/records/orders.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const changeForm = z.object({
  id: key,
  changedOn: day,
  reason: text,
  awardReason: optionalText,
  overBudgetReason: optionalText,
  lines: z.array(z.object({ orderLineId: key, change: optionalEuroAmount })).default([]),
});

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Auftrag ${data?.order.number ?? ""} ändern – Paktbuch` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "record");
  const order = await requireOrder(user, idParam(params.orderId));
  if (!order.stands || order.closure) notFound();
  return wire({ id: randomUUID(), order });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const orderId = idParam(params.orderId);
  const form = await readForm(request, changeForm);
  if (form.status !== "success") return rejected(form);

  const { id, ...draft } = form.value;
  const violation = await changeOrder(user, id, orderId, draft);
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/orders/${orderId}`);
}

export default function NewOrderChange() {
  const { id, order } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof changeForm>>({
    id: "change",
    lastResult: useActionData<typeof action>(),
    defaultValue: { id, lines: order.lines.map((line) => ({ orderLineId: line.id })) },
  });
  return (
    <Page
      title={`Auftrag ${order.number} erhöhen oder senken`}
      lead={`${order.supplier}, noch gebunden ${formatEuro(order.open)}`}
      crumbs={[{ to: `/orders/${order.id}`, label: `Auftrag ${order.number}` }]}
    >
      <EntryForm form={form} submit="Änderung buchen">
        <Hidden field={fields.id} />
        <div className="field-row">
          <DayField field={fields.changedOn} label="Geändert am" />
          <TextField field={fields.reason} label="Grund" />
          <TextField
            field={fields.awardReason}
            label="Begründung der Vergabeart"
            hint="nur wenn der Auftrag jetzt über der Wertgrenze liegt"
            isOptional
          />
        </div>
        {order.fiscalYear !== null && <OverBudgetField field={fields.overBudgetReason} />}
        {fields.lines.getFieldList().map((line, index) => {
          const { orderLineId, change } = line.getFieldset();
          const { school, code, description, open } = order.lines[index]!;
          return (
            <Row key={line.key} title={`${school} ${code}, ${description}`}>
              <Hidden field={orderLineId} />
              <EuroField
                field={change}
                label="Änderung"
                hint={`mehr: 500,00; weniger: -500,00; offen sind ${formatEuro(open)}`}
                isOptional
              />
            </Row>
          );
        })}
      </EntryForm>
    </Page>
  );
}
