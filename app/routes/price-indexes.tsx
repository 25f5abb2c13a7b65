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
import { TextField } from "#app/components/fields.tsx";
import { EntryForm, Hidden } from "#app/components/form.tsx";
import { MunicipalTabs } from "#app/components/municipal-tabs.tsx";
import { Empty, Page, Section } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { mayUser } from "#app/domain/permission.ts";
import { key, readForm, rejected, shortText, text, weight } from "#app/form.ts";
import { formatFactor } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { wire } from "#app/http.ts";
import { listContracts } from "#app/records/contracts.server.ts";
import { listIndexValues, recordIndexValue } from "#app/records/index-values.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

/** "07.2025" or "7.2025" becomes "2025-07". */
const month = shortText.transform((input, context) => {
  const match = /^(0?[1-9]|1[0-2])[./](20\d\d)$/.exec(input);
  if (match) return `${match[2]}-${match[1]!.padStart(2, "0")}`;
  context.addIssue({ code: "custom", message: "Bitte einen Monat wie 07.2025 eingeben." });
  return z.NEVER;
});
const positive = weight.refine((value) => value.greaterThan(0), "Bitte eine Zahl über 0 eingeben.");

const valueForm = z.object({ id: key, indexName: text, month, value: positive, source: text });

export const meta: MetaFunction = () => [{ title: "Preisindizes – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "read_all_books");
  const [values, contracts] = await Promise.all([listIndexValues(user), listContracts(user)]);
  const used = contracts.map(({ indexName }) => indexName).filter(Boolean);
  return wire({
    id: randomUUID(),
    values,
    names: [...new Set([...used, ...values.map(({ indexName }) => indexName)])].sort(),
    mayRecord: mayUser(user, "record"),
  });
}

export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const form = await readForm(request, valueForm);
  if (form.status !== "success") return rejected(form);

  const { id, ...draft } = form.value;
  const violation = await recordIndexValue(user, id, draft);
  if (violation) return rejected(form, problemOf(violation));
  return redirect("/price-indexes");
}

export default function PriceIndexes() {
  const { values, mayRecord } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Preisindizes"
      lead="Werte, nach denen sich Preise von Verträgen richten. Ein zweiter Wert für denselben Monat berichtigt den ersten."
      crumbs={[
        { to: "/municipal-budget", label: "Haushalt" },
        { to: "/contracts", label: "Verträge" },
      ]}
    >
      <MunicipalTabs />
      {values.length === 0 ? (
        <Empty>
          Noch kein Wert. Solange rechnet Paktbuch mit der Änderung, die im Vertrag erwartet wird.
        </Empty>
      ) : (
        <Table
          caption="Werte"
          isCaptionHidden
          rows={values}
          keyOf={({ id }) => id}
          columns={[
            { label: "Index", cell: ({ indexName }) => indexName },
            { label: "Monat", cell: (value) => value.month.split("-").reverse().join(".") },
            { label: "Wert", isNumeric: true, cell: ({ value }) => formatFactor(value) },
            { label: "Quelle", cell: ({ source }) => source },
          ]}
        />
      )}
      {mayRecord && <ValueForm />}
    </Page>
  );
}

function ValueForm() {
  const { id, names } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof valueForm>>({
    id: "index-value",
    lastResult: useActionData<typeof action>(),
    defaultValue: { id, indexName: names.length === 1 ? names[0] : undefined },
  });
  return (
    <Section title="Wert eintragen">
      <EntryForm form={form} submit="Wert eintragen">
        <Hidden field={fields.id} />
        <div className="field-row">
          <TextField
            field={fields.indexName}
            label="Index"
            hint="genau wie im Vertrag"
            list="index-names"
          />
          <TextField field={fields.month} label="Monat" hint="wie 07.2025" isShort />
          <TextField field={fields.value} label="Wert" inputMode="decimal" isShort />
        </div>
        <datalist id="index-names">
          {names.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <TextField field={fields.source} label="Quelle" hint="wie Destatis, Tabelle 61111-0002" />
      </EntryForm>
    </Section>
  );
}
