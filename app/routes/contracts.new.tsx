import { randomUUID } from "node:crypto";
import { useForm } from "@conform-to/react";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import type { z } from "zod";
import { DayField, EuroField, SelectField, TextArea, TextField } from "#app/components/fields.tsx";
import { EntryForm, Fold, Hidden } from "#app/components/form.tsx";
import { MunicipalTabs } from "#app/components/municipal-tabs.tsx";
import { Page } from "#app/components/page.tsx";
import { contractForm, contractOf } from "#app/contract-form.ts";
import { readForm, rejected } from "#app/form.ts";
import {
  adjustmentWords,
  contractKindWords,
  rhythmWords,
  stepDayWords,
} from "#app/german/contract-words.ts";
import { problemOf } from "#app/german/words.ts";
import { listAccounts } from "#app/records/accounts.server.ts";
import { listSchools } from "#app/records/authorities.server.ts";
import { recordContract } from "#app/records/contract-recording.server.ts";
import { listSuppliers } from "#app/records/suppliers.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

export const meta: MetaFunction = () => [{ title: "Vertrag anlegen – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "record");
  const [schools, lines, suppliers] = await Promise.all([
    listSchools(user),
    listAccounts(user, { kind: "budget_line" }),
    listSuppliers(user),
  ]);
  return {
    id: randomUUID(),
    schools: schools.map(({ id, name }) => ({ value: id, label: name })),
    lines: lines.map(({ id, label }) => ({ value: id, label })),
    suppliers: suppliers.map(({ name }) => name),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const form = await readForm(request, contractForm);
  if (form.status !== "success") return rejected(form);

  const { id, ...draft } = form.value;
  const violation = await recordContract(user, id, contractOf(draft));
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/contracts/${id}`);
}

function options<Value extends string>(words: Record<Value, string>) {
  return Object.entries<string>(words).map(([value, label]) => ({ value, label }));
}

export default function NewContract() {
  const { id, schools, lines, suppliers } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof contractForm>>({
    id: "contract",
    lastResult: useActionData<typeof action>(),
    defaultValue: { id, vatRate: "19", rhythm: "year", adjustment: "none", stepOn: "new_year" },
  });
  const adjusting = [fields.stepRate, fields.indexName, fields.indexBase, fields.expectedRate];
  const isAdjusted =
    (fields.adjustment.initialValue ?? "none") !== "none" ||
    adjusting.some(({ errors, initialValue }) => errors || initialValue);
  const isServing = Boolean(fields.servedNote.errors ?? fields.servedLineId.initialValue);
  return (
    <Page
      title="Vertrag anlegen"
      lead="Laufende Kosten stehen im Gemeindehaushalt. Was sich später ändert, wird als Vertragsänderung gebucht."
      crumbs={[
        { to: "/municipal-budget", label: "Haushalt" },
        { to: "/contracts", label: "Verträge" },
      ]}
    >
      <MunicipalTabs />
      <EntryForm form={form} submit="Vertrag anlegen">
        <Hidden field={fields.id} />
        <div className="field-row">
          <TextField field={fields.number} label="Nummer" isShort />
          <SelectField field={fields.kind} label="Art" options={options(contractKindWords)} />
        </div>
        <TextField field={fields.name} label="Bezeichnung" />
        <div className="field-row">
          <TextField
            field={fields.supplier}
            label="Vertragspartner"
            hint="bei einem eigenen Personalanteil leer lassen"
            list="suppliers"
            isOptional
          />
          <SelectField
            field={fields.schoolId}
            label="Schule"
            options={schools}
            empty="ganzer Schulträger"
          />
        </div>
        <datalist id="suppliers">
          {suppliers.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <div className="field-row">
          <EuroField field={fields.amount} label="Betrag brutto" />
          <SelectField
            field={fields.rhythm}
            label="Zahlungsrhythmus"
            options={options(rhythmWords)}
          />
          <TextField
            field={fields.vatRate}
            label="darin Umsatzsteuer (%)"
            inputMode="decimal"
            isShort
          />
        </div>
        <div className="field-row">
          <DayField field={fields.signedOn} label="Geschlossen am" />
          <DayField
            field={fields.startedOn}
            label="Beginn"
            hint="erster Tag, für den gezahlt wird"
          />
          <DayField
            field={fields.endsOn}
            label="Ende der Laufzeit"
            hint="leer: unbefristet"
            isOptional
          />
        </div>
        <div className="field-row">
          <TextField
            field={fields.noticeMonths}
            label="Kündigungsfrist in Monaten"
            inputMode="numeric"
            isOptional
            isShort
          />
          <TextField
            field={fields.renewalMonths}
            label="Verlängert sich um Monate"
            hint="leer oder 0: endet von selbst"
            inputMode="numeric"
            isOptional
            isShort
          />
        </div>
        <div className="field-row">
          <TextField field={fields.product} label="Produkt" isShort />
          <TextField field={fields.costCentre} label="Kostenstelle" isOptional isShort />
          <TextField field={fields.ledgerAccount} label="Sachkonto" isShort />
        </div>
        <Fold title="Der Preis passt sich an" isOpen={isAdjusted}>
          <div className="field-row">
            <SelectField
              field={fields.adjustment}
              label="Preisanpassung"
              options={options(adjustmentWords)}
            />
            <SelectField field={fields.stepOn} label="Stichtag" options={options(stepDayWords)} />
            <TextField
              field={fields.stepRate}
              label="Steigerung im Jahr (%)"
              hint="bei fester Steigerung"
              inputMode="decimal"
              isOptional
              isShort
            />
          </div>
          <div className="field-row">
            <TextField
              field={fields.indexName}
              label="Index"
              hint="wie Verbraucherpreisindex"
              isOptional
            />
            <TextField
              field={fields.indexBase}
              label="Indexwert bei Abschluss"
              inputMode="decimal"
              isOptional
              isShort
            />
            <TextField
              field={fields.expectedRate}
              label="Erwartete Änderung im Jahr (%)"
              hint="solange kein Wert vorliegt"
              inputMode="decimal"
              isOptional
              isShort
            />
          </div>
        </Fold>
        <Fold title="Dient einer geförderten Investition" isOpen={isServing}>
          <p className="kern-body muted">
            Nur zur Auskunft, welche Folgekosten eine Investition hat: Auf die Zuwendung wird davon
            nichts gebucht.
          </p>
          <SelectField
            field={fields.servedLineId}
            label="Investition"
            options={lines}
            empty="keine"
            isOptional
          />
          <TextArea field={fields.servedNote} label="Zusammenhang" isOptional />
        </Fold>
      </EntryForm>
    </Page>
  );
}
