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
import { Checkbox, DayField, TextField } from "#app/components/fields.tsx";
import { EntryForm, Hidden, Row, Rows } from "#app/components/form.tsx";
import { MunicipalTabs } from "#app/components/municipal-tabs.tsx";
import { Empty, Page } from "#app/components/page.tsx";
import { checkbox, day, key, readForm, rejected, text } from "#app/form.ts";
import { formatDay, formatEuro } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { wire, yearParam } from "#app/http.ts";
import { listOpenOrders, moveOrders } from "#app/records/order-moves.server.ts";
import { findYearClosing } from "#app/records/fiscal-years.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const movesForm = z.object({
  id: key,
  movedOn: day,
  decision: text,
  orders: z.array(z.object({ id: key, isMoved: checkbox })).default([]),
});

export const meta: MetaFunction = () => [{ title: "Aufträge übernehmen – Paktbuch" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "decide_budget");
  const year = yearParam(params.year);
  // A closed year has no form: its page says so.
  if (await findYearClosing(user, year)) throw redirect(`/municipal-budget?year=${year}`);
  return wire({ id: randomUUID(), year, open: await listOpenOrders(user, year) });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "decide_budget");
  const year = yearParam(params.year);
  const form = await readForm(request, movesForm);
  if (form.status !== "success") return rejected(form);

  const { id, orders, ...draft } = form.value;
  const orderIds = orders.filter(({ isMoved }) => isMoved).map((one) => one.id);
  const violation = await moveOrders(user, id, year, { ...draft, orderIds });
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/municipal-budget/${year}/closing`);
}

export default function MoveOrders() {
  const { id, year, open } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof movesForm>>({
    id: "moves",
    lastResult: useActionData<typeof action>(),
    defaultValue: {
      id,
      movedOn: formatDay(`${year + 1}-01-01`),
      orders: open.map((one) => ({ id: one.id, isMoved: "on" })),
    },
  });
  return (
    <Page
      title={`Aufträge in das Haushaltsjahr ${year + 1} übernehmen`}
      lead={`Jeder ausgewählte Auftrag wird ${year} geschlossen und geht ${year + 1} auf derselben Haushaltsstelle weiter; das gebundene Geld geht als Haushaltsrest mit. Alle zusammen oder keiner.`}
      crumbs={[
        { to: `/municipal-budget?year=${year}`, label: "Haushalt" },
        { to: `/municipal-budget/${year}/closing`, label: "Jahresabschluss" },
      ]}
    >
      <MunicipalTabs />
      {open.length === 0 ? (
        <Empty>Kein Auftrag ist offen.</Empty>
      ) : (
        <EntryForm form={form} submit="Aufträge übernehmen">
          <Hidden field={fields.id} />
          <div className="field-row">
            <DayField
              field={fields.movedOn}
              label="Übernommen am"
              hint={`Bis dahin steht der Auftrag ${year} offen, von da an ${year + 1}; frühere Rechnungen gehören in das alte Jahr.`}
            />
            <TextField
              field={fields.decision}
              label="Wer entschieden hat"
              hint="Über den Haushaltsrest, zum Beispiel der Hauptverwaltungsbeamte mit Datum."
            />
          </div>
          <Rows
            id={fields.orders.id}
            title="Offene Aufträge"
            errors={fields.orders.errors}
            addButton={null}
          >
            {fields.orders.getFieldList().map((row) => {
              const { id, isMoved } = row.getFieldset();
              const order = open.find((one) => one.id === id.initialValue);
              if (!order) return null;
              return (
                <Row key={row.key} title={`${order.number}, ${order.supplier}`}>
                  <Hidden field={id} />
                  <p className="kern-body">
                    {order.places.join(", ")}, vom {formatDay(order.orderedOn)}: noch gebunden{" "}
                    {formatEuro(order.open)}
                  </p>
                  <Checkbox field={isMoved} label={`in das Jahr ${year + 1} übernehmen`} />
                </Row>
              );
            })}
          </Rows>
        </EntryForm>
      )}
    </Page>
  );
}
