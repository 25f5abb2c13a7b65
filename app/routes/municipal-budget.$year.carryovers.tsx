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
import { Checkbox, DayField, EuroField, SelectField, TextField } from "#app/components/fields.tsx";
import { EntryForm, Hidden, Row, Rows } from "#app/components/form.tsx";
import { MunicipalTabs } from "#app/components/municipal-tabs.tsx";
import { Empty, Page } from "#app/components/page.tsx";
import { carryoverGrounds } from "#app/domain/carryover.ts";
import {
  checkbox,
  choice,
  day,
  key,
  optionalEuroAmount,
  optionalKey,
  optionalText,
  readForm,
  rejected,
} from "#app/form.ts";
import { carryoverGroundWords } from "#app/german/budget-sentences.ts";
import { formatEuro } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { wire, yearParam } from "#app/http.ts";
import { listResolutions } from "#app/records/authorities.server.ts";
import { listRests, recordCarryovers } from "#app/records/carryovers.server.ts";
import { findYearClosing } from "#app/records/fiscal-years.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const carryoversForm = z.object({
  decidedOn: day,
  resolutionId: optionalKey,
  decision: optionalText,
  rows: z
    .array(
      z.object({
        id: key,
        accountId: key,
        amount: optionalEuroAmount,
        ground: choice(carryoverGrounds).optional(),
        isBegun: checkbox,
        reason: optionalText,
      }),
    )
    .default([]),
});

export const meta: MetaFunction = () => [{ title: "Reste übertragen – Paktbuch" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "decide_budget");
  const year = yearParam(params.year);
  // A closed year has no form: its page says so.
  if (await findYearClosing(user, year)) throw redirect(`/municipal-budget?year=${year}`);
  const [rests, resolutions] = await Promise.all([listRests(user, year), listResolutions(user)]);
  return wire({
    year,
    rests: rests.map((rest) => ({ ...rest, id: randomUUID() })),
    resolutions: resolutions.map(({ id, number, title }) => {
      return { value: id, label: `${number} ${title}` };
    }),
  });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "decide_budget");
  const year = yearParam(params.year);
  const form = await readForm(request, carryoversForm);
  if (form.status !== "success") return rejected(form);

  const { rows, resolutionId, decidedOn, decision } = form.value;
  const violation = await recordCarryovers(
    user,
    rows.flatMap(({ amount, ...row }, position) =>
      amount && !amount.isZero()
        ? [{ ...row, resolutionId, decidedOn, decision, amount, position }]
        : [],
    ),
  );
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/municipal-budget?year=${year + 1}`);
}

export default function Carryovers() {
  const { year, rests, resolutions } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof carryoversForm>>({
    id: "carryovers",
    lastResult: useActionData<typeof action>(),
    defaultValue: {
      rows: rests.map(({ id, accountId, grounds }) => {
        // The widest ground is chosen by a person: money earmarked for a purpose stays without end.
        return { id, accountId, ground: grounds[0] === "earmarked" ? undefined : grounds[0] };
      }),
    },
  });
  return (
    <Page
      title={`Reste aus ${year} übertragen`}
      lead={`Jeder Betrag verlässt die Haushaltsstelle ${year} und kommt auf derselben Haushaltsstelle ${year + 1} an, alle zusammen oder keiner.`}
      crumbs={[
        { to: `/municipal-budget?year=${year}`, label: "Haushalt" },
        { to: `/municipal-budget/${year}/closing`, label: "Jahresabschluss" },
      ]}
    >
      <MunicipalTabs />
      {rests.length === 0 ? (
        <Empty>Auf keiner Haushaltsstelle ist Geld übrig.</Empty>
      ) : (
        <EntryForm form={form} submit="Reste übertragen">
          <div className="field-row">
            <DayField field={fields.decidedOn} label="Beschlossen am" />
            <SelectField
              field={fields.resolutionId}
              label="Beschluss"
              isOptional
              empty="ohne Beschluss im Buch"
              options={resolutions}
            />
          </div>
          <TextField field={fields.decision} label="Wer entschieden hat" isOptional />
          <Rows
            id={fields.rows.id}
            title="Haushaltsstellen mit Resten"
            errors={fields.rows.errors}
            addButton={null}
          >
            {fields.rows.getFieldList().map((row) => {
              const { id, accountId, amount, ground, isBegun, reason } = row.getFieldset();
              const rest = rests.find((one) => one.accountId === accountId.initialValue);
              const lapse = /[1-9]/.test(rest?.lapsing ?? "")
                ? ` ${formatEuro(rest!.lapsing)} wurden schon einmal übertragen und verfallen.`
                : "";
              return (
                <Row key={row.key} title={rest?.label ?? "Haushaltsstelle"}>
                  <Hidden field={id} />
                  <Hidden field={accountId} />
                  <div className="field-row">
                    <EuroField
                      field={amount}
                      label="Übertragen"
                      hint={`Übrig: ${formatEuro(rest?.left ?? "0")}. Leer: verfällt.${lapse}`}
                      isOptional
                    />
                    <SelectField
                      field={ground}
                      label="Grund nach § 20 KomHKVO"
                      hint="nur wo übertragen wird"
                      options={(rest?.grounds ?? carryoverGrounds).map((value) => {
                        return { value, label: carryoverGroundWords[value] };
                      })}
                    />
                  </div>
                  {rest?.grounds[0] === "investment" && (
                    <Checkbox field={isBegun} label="Investition ist begonnen" />
                  )}
                  <TextField
                    field={reason}
                    label="Warum es nötig ist"
                    hint="nur wo übertragen wird"
                  />
                </Row>
              );
            })}
          </Rows>
        </EntryForm>
      )}
    </Page>
  );
}
