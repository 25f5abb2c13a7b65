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
import { DayField, TextField } from "#app/components/fields.tsx";
import { EntryForm, Hidden, Row, Rows } from "#app/components/form.tsx";
import { MunicipalTabs } from "#app/components/municipal-tabs.tsx";
import { Notice, Page } from "#app/components/page.tsx";
import { type KeyBasis, keyBases } from "#app/domain/joint-key.ts";
import type { Factor } from "#app/domain/money.ts";
import {
  euroAmount,
  key,
  optionalDay,
  optionalText,
  percentShare,
  readForm,
  rejected,
  weight,
} from "#app/form.ts";
import { keyBasisWords } from "#app/german/joint-words.ts";
import { amountInput, formatDay, plainFactor } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam, yearParam } from "#app/http.ts";
import { membersOf, requireAgreement } from "#app/records/joint-agreements.server.ts";
import { listKeys, recordKey } from "#app/records/joint-keys.server.ts";
import { findFixedShare } from "#app/records/joint-services.server.ts";
import { requireUser } from "#app/session.server.ts";

/** One row for each basis and one for each member, in their order: what is left empty is not used. */
const keyForm = z.object({
  id: key,
  bases: z
    .array(
      z.object({
        percent: percentShare.optional(),
        countedOn: optionalDay,
        source: optionalText,
      }),
    )
    .default([]),
  figures: z
    .array(
      z.object({
        memberId: key,
        fixedSum: euroAmount.optional(),
        pupils: weight.optional(),
        schools: weight.optional(),
        inhabitants: weight.optional(),
        devices: weight.optional(),
      }),
    )
    .default([]),
});

export const meta: MetaFunction = () => [{ title: "Verteilungsschlüssel – Paktbuch" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "coordinate");
  const year = yearParam(params.year);
  const agreement = await requireAgreement(user, idParam(params.jointServiceId));
  // A fixed sum is divided by no key of the year: its page says so.
  if (await findFixedShare(user, agreement.id, year)) {
    throw redirect(`/joint-services/${agreement.id}/years/${year}`);
  }
  const keys = await listKeys(user, agreement.id);
  const own = keys.findLast(({ fiscalYear }) => fiscalYear === year);
  const last = own ?? keys.findLast(({ fiscalYear }) => fiscalYear < year);
  const figureOf = (basis: KeyBasis, memberId: string, write: (value: Factor) => string) => {
    const value = last?.figures.find((one) => one.basis === basis && one.memberId === memberId);
    return value && write(value.value);
  };
  return {
    year,
    service: { id: agreement.id, name: agreement.name },
    members: membersOf(agreement, year)
      .filter(({ days }) => days > 0)
      .map(({ name, days }) => ({ name, days })),
    proposedFrom: last && !own ? last.fiscalYear : null,
    defaults: {
      id: randomUUID(),
      bases: keyBases.map((basis) => {
        const used = last?.components.find((one) => one.basis === basis);
        return {
          percent: used?.percent ? plainFactor(used.percent) : "",
          countedOn: used?.countedOn ? formatDay(used.countedOn) : "",
          source: used?.source ?? "",
        };
      }),
      figures: membersOf(agreement, year)
        .filter(({ days }) => days > 0)
        .map(({ id }) => ({
          memberId: id,
          fixedSum: figureOf("fixed_sum", id, amountInput),
          pupils: figureOf("pupils", id, plainFactor),
          schools: figureOf("schools", id, plainFactor),
          inhabitants: figureOf("inhabitants", id, plainFactor),
          devices: figureOf("devices", id, plainFactor),
        })),
    },
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "coordinate");
  const [jointServiceId, fiscalYear] = [idParam(params.jointServiceId), yearParam(params.year)];
  const form = await readForm(request, keyForm);
  if (form.status !== "success") return rejected(form);

  const { id, bases, figures } = form.value;
  const given = figures.flatMap(({ memberId, fixedSum, ...counts }) =>
    keyBases.flatMap((basis) => {
      const values = { ...counts, fixed_sum: fixedSum, equal_parts: undefined };
      const value = values[basis];
      return value ? [{ basis, memberId, value }] : [];
    }),
  );
  const components = keyBases.flatMap((basis, index) => {
    const { percent = null, countedOn = null, source = "" } = bases[index] ?? {};
    const isFixed = basis === "fixed_sum";
    const isUsed = isFixed ? given.some((one) => one.basis === basis) : percent !== null;
    return isUsed ? [{ basis, percent: isFixed ? null : percent, countedOn, source }] : [];
  });
  const draft = { fiscalYear, components, figures: given };
  const violation = await recordKey(user, id, jointServiceId, draft);
  if (violation) {
    const { field, sentence } = problemOf(violation);
    return rejected(form, { field: field === "fiscalYear" ? "bases" : field, sentence });
  }
  return redirect(`/joint-services/${jointServiceId}/years/${fiscalYear}`);
}

export default function YearKey() {
  const { year, service, members, proposedFrom, defaults } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof keyForm>>({
    id: "key",
    lastResult: useActionData<typeof action>(),
    defaultValue: defaults,
  });
  return (
    <Page
      title={`Verteilungsschlüssel ${year}`}
      lead={service.name}
      crumbs={[{ to: `/joint-services/${service.id}`, label: "IKZ-Vereinbarung" }]}
    >
      <MunicipalTabs />
      {proposedFrom && (
        <Notice kind="info" title={`Vorgeschlagen ist der Schlüssel von ${proposedFrom}.`}>
          Bitte Stichtag, Quelle und Zahlen prüfen.
        </Notice>
      )}
      <EntryForm form={form} submit="Schlüssel festlegen">
        <Hidden field={fields.id} />
        <Rows
          id={fields.bases.id}
          title="Wonach geteilt wird"
          errors={fields.bases.errors}
          addButton={null}
        >
          {fields.bases.getFieldList().map((row, index) => {
            const field = row.getFieldset();
            const basis = keyBases[index] ?? "equal_parts";
            return (
              <Row key={row.key} title={basisTitle(basis)}>
                <div className="field-row">
                  {basis !== "fixed_sum" && (
                    <TextField
                      field={field.percent}
                      label="Anteil (%)"
                      inputMode="decimal"
                      isOptional
                      isShort
                    />
                  )}
                  {basis !== "equal_parts" && (
                    <>
                      <DayField field={field.countedOn} label="Stichtag der Zahlen" isOptional />
                      <TextField field={field.source} label="Quelle der Zahlen" isOptional />
                    </>
                  )}
                </div>
              </Row>
            );
          })}
        </Rows>
        <Rows
          id={fields.figures.id}
          title="Zahlen der Mitglieder"
          errors={fields.figures.errors}
          addButton={null}
        >
          {fields.figures.getFieldList().map((row, index) => {
            const field = row.getFieldset();
            const member = members[index];
            return (
              <Row
                key={row.key}
                title={member ? `${member.name} (${member.days} Tage ${year})` : "Mitglied"}
              >
                <Hidden field={field.memberId} />
                <div className="field-row">
                  {counted.map((basis) => (
                    <TextField
                      key={basis}
                      field={field[basis === "fixed_sum" ? "fixedSum" : basis]}
                      label={
                        basis === "fixed_sum" ? "Festbetrag im Jahr (€)" : keyBasisWords[basis]
                      }
                      inputMode="decimal"
                      isOptional
                      isShort
                    />
                  ))}
                </div>
              </Row>
            );
          })}
        </Rows>
        <p className="kern-body">
          Sobald das Jahr damit geplant ist, bleibt der Schlüssel, wie er ist.
        </p>
      </EntryForm>
    </Page>
  );
}

const counted = ["pupils", "schools", "inhabitants", "devices", "fixed_sum"] as const;

function basisTitle(basis: KeyBasis): string {
  if (basis === "fixed_sum") return "Festbeträge: werden zuerst abgezogen";
  return `${keyBasisWords[basis]}: Anteil an dem, was danach bleibt`;
}
