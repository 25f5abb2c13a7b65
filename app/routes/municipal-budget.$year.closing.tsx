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
import { DayText, Euro } from "#app/components/euro.tsx";
import { DayField, TextField } from "#app/components/fields.tsx";
import { EntryForm, Hidden } from "#app/components/form.tsx";
import { MunicipalTabs } from "#app/components/municipal-tabs.tsx";
import { ActionLink, Empty, Notice, Page, Section, TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { day, key, optionalText, readForm, rejected } from "#app/form.ts";
import { problemOf } from "#app/german/words.ts";
import { wire, yearParam } from "#app/http.ts";
import { closeYear, loadYearState } from "#app/records/fiscal-years.server.ts";
import { listOpenOrders } from "#app/records/order-moves.server.ts";
import { listUnpaid } from "#app/records/unpaid.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const closingForm = z.object({ id: key, closedOn: day, note: optionalText });

export const meta: MetaFunction = () => [{ title: "Jahresabschluss – Paktbuch" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "decide_budget");
  const year = yearParam(params.year);
  const [{ isClosed, unsettled, earlierOpen }, orders, unpaid] = await Promise.all([
    loadYearState(user, year),
    listOpenOrders(user, year),
    listUnpaid(user, year),
  ]);
  return wire({ id: randomUUID(), year, isClosed, earlierOpen, unpaid, orders, unsettled });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "decide_budget");
  const year = yearParam(params.year);
  const form = await readForm(request, closingForm);
  if (form.status !== "success") return rejected(form);

  const { id, ...draft } = form.value;
  const violation = await closeYear(user, id, year, draft);
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/municipal-budget?year=${year}`);
}

export default function YearClosing() {
  const { id, year, isClosed, earlierOpen, unpaid, orders, unsettled } =
    useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof closingForm>>({
    id: "closing",
    lastResult: useActionData<typeof action>(),
    defaultValue: { id },
  });
  return (
    <Page
      title={`Haushaltsjahr ${year} abschließen`}
      lead="Danach sind für dieses Jahr nur noch Stornos möglich. Das Storno des Abschlusses öffnet es wieder."
      crumbs={[{ to: `/municipal-budget?year=${year}`, label: "Haushalt" }]}
    >
      <MunicipalTabs />
      {isClosed ? (
        <Notice kind="info" title={`Das Haushaltsjahr ${year} ist abgeschlossen.`} />
      ) : (
        <>
          {earlierOpen.length > 0 && (
            <Notice kind="warning" title="Ältere Jahre sind noch offen.">
              <p className="kern-body">
                Jahre werden in ihrer Reihenfolge abgeschlossen, das älteste zuerst:{" "}
                {earlierOpen.map((one) => (
                  <span key={one}>
                    <TextLink to={`/municipal-budget/${one}/closing`}>{one}</TextLink>{" "}
                  </span>
                ))}
              </p>
            </Notice>
          )}
          <Section title="1. Offene Rechnungen bezahlen">
            {unpaid.length === 0 ? (
              <Empty>Alle Rechnungen sind bezahlt.</Empty>
            ) : (
              <Table
                caption="Unbezahlte Rechnungen"
                isCaptionHidden
                rows={unpaid}
                keyOf={(one) => one.id}
                columns={[
                  {
                    label: "Rechnung",
                    cell: (one) => <TextLink to={one.to}>{one.title}</TextLink>,
                  },
                  { label: "Haushaltsstelle", cell: (one) => one.places.join(", ") },
                  {
                    label: "unbezahlt",
                    isNumeric: true,
                    cell: (one) => <Euro amount={one.open} />,
                  },
                ]}
              />
            )}
          </Section>
          <Section
            title="2. Offene Aufträge in das neue Jahr nehmen"
            actions={
              orders.length > 0 && (
                <ActionLink to={`/municipal-budget/${year}/moves`}>Aufträge übernehmen</ActionLink>
              )
            }
          >
            {orders.length === 0 ? (
              <Empty>Kein Auftrag ist offen.</Empty>
            ) : (
              <Table
                caption="Offene Aufträge"
                isCaptionHidden
                rows={orders}
                keyOf={(one) => one.id}
                columns={[
                  {
                    label: "Auftrag",
                    cell: (one) => (
                      <TextLink to={`/orders/${one.id}`}>
                        {one.number}, {one.supplier}
                      </TextLink>
                    ),
                  },
                  { label: "vom", cell: (one) => <DayText day={one.orderedOn} /> },
                  { label: "Haushaltsstelle", cell: (one) => one.places.join(", ") },
                  { label: "gebunden", isNumeric: true, cell: (one) => <Euro amount={one.open} /> },
                ]}
              />
            )}
          </Section>
          <Section title="3. Zusammenarbeit (IKZ) abrechnen">
            {unsettled.length === 0 ? (
              <Empty>Kein Jahresplan ist offen.</Empty>
            ) : (
              <>
                <ul className="kern-list">
                  {unsettled.map((one) => (
                    <li key={one.id}>
                      <TextLink to={`/joint-services/${one.id}/years/${year}`}>{one.name}</TextLink>
                      {one.isSettled
                        ? ": Die Nachzahlung oder Erstattung ist noch zu buchen."
                        : ": Die Jahresabrechnung ist noch zu erfassen."}
                    </li>
                  ))}
                </ul>
                <p className="kern-body">
                  Die Abrechnung wird auf der Haushaltsstelle des Plans gebucht. Rechnet das
                  durchführende Mitglied nicht ab, sind die Istkosten in Höhe des Plans zu erfassen
                  und abzurechnen.
                </p>
              </>
            )}
          </Section>
          <Section
            title="4. Reste übertragen"
            actions={
              <ActionLink to={`/municipal-budget/${year}/carryovers`}>Reste übertragen</ActionLink>
            }
          >
            <p className="kern-body">
              Was nicht übertragen wird, verfällt mit dem Jahr (§ 20 KomHKVO).
            </p>
          </Section>
          <Section title="5. Abschließen">
            <EntryForm form={form} submit="Haushaltsjahr abschließen">
              <Hidden field={fields.id} />
              <DayField field={fields.closedOn} label="Abgeschlossen am" />
              <TextField field={fields.note} label="Bemerkung" isOptional />
            </EntryForm>
          </Section>
        </>
      )}
    </Page>
  );
}
