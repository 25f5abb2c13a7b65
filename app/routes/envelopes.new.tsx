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
import { DayField, EuroField, TextArea } from "#app/components/fields.tsx";
import { EntryForm, Hidden } from "#app/components/form.tsx";
import { Badge, Notice, Page, TextLink } from "#app/components/page.tsx";
import {
  day,
  euroAmount,
  key,
  optionalEuroAmount,
  optionalText,
  picked,
  readForm,
  rejected,
} from "#app/form.ts";
import { formatDay, formatEuro } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { wire } from "#app/http.ts";
import { computeForSchools, recordEnvelope } from "#app/records/envelopes.server.ts";
import { listProgrammes, requireProgramme } from "#app/records/programmes.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const envelopeForm = z.object({
  id: key,
  programme: picked,
  givenAmount: euroAmount,
  administrationAmount: optionalEuroAmount,
  givenOn: day,
  note: optionalText,
});

export const meta: MetaFunction = () => [{ title: "Höchstbetrag buchen – Paktbuch" }];

/** First the programme is chosen, then the amount is entered beside what its formula gives. */
export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "record");
  const chosen = new URL(request.url).searchParams.get("programme");
  if (chosen === null) {
    const known = await listProgrammes(user);
    const programmes = known.map(({ programme }) => {
      const { key, name, isDraft, directive } = programme;
      return { key, name, isDraft, directive };
    });
    return wire({ id: randomUUID(), chosen: null, programmes });
  }
  const { programme } = await requireProgramme(user, chosen);
  const computed = await computeForSchools(user, programme);
  const { key: programmeKey, name, isDraft, pots } = programme;
  return wire({
    id: randomUUID(),
    chosen: {
      key: programmeKey,
      name,
      isDraft,
      computed: computed.total,
      rounded: computed.roundedTotal,
      schools: computed.shares.length,
      needsSchools: programme.envelope !== undefined && computed.shares.length === 0,
      uncounted: computed.shares
        .filter(({ isCounted }) => programme.envelope && !isCounted)
        .map(({ schoolId, name: school, kind }) => {
          return { schoolId, school, countedOn: programme.envelope!.countedOn[kind] };
        }),
      hasAdministration: pots.some(({ kind }) => kind === "administration"),
    },
    programmes: [],
  });
}

export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const form = await readForm(request, envelopeForm);
  if (form.status !== "success") return rejected(form);

  const { id, programme, ...draft } = form.value;
  const violation = await recordEnvelope(user, id, programme, draft);
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/envelopes/${id}`);
}

export default function NewEnvelope() {
  const { chosen, programmes } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Höchstbetrag buchen"
      lead={chosen?.name ?? "Für welches Förderprogramm?"}
      crumbs={[
        { to: "/", label: "Übersicht" },
        ...(chosen ? [{ to: "/envelopes/new", label: "Förderprogramm wählen" }] : []),
      ]}
    >
      {chosen ? (
        <EnvelopeForm chosen={chosen} />
      ) : (
        <ul className="cards">
          {programmes.map(({ key, name, isDraft, directive }) => (
            <li key={key} className="card">
              <h2 className="kern-heading-small">
                <TextLink to={`/envelopes/new?programme=${key}`}>{name}</TextLink>
              </h2>
              {isDraft && <Badge kind="warning">Entwurf</Badge>}
              <p className="kern-body muted">{directive}</p>
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}

type Chosen = NonNullable<ReturnType<typeof useLoaderData<typeof loader>>["chosen"]>;

function EnvelopeForm({ chosen }: { chosen: Chosen }) {
  const { id } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof envelopeForm>>({
    id: "envelope",
    lastResult: useActionData<typeof action>(),
    defaultValue: { id, programme: chosen.key },
  });
  return (
    <>
      {chosen.isDraft && (
        <Notice kind="warning" title="Dieses Förderprogramm ist ein Entwurf">
          <p className="kern-body">
            Es gibt noch keine Richtlinie; seine Regeln können sich ändern.
          </p>
        </Notice>
      )}
      <Notice
        kind="info"
        title={
          chosen.computed && chosen.rounded
            ? `Berechnet aus ${chosen.schools} Schulen: ${formatEuro(chosen.computed)}, als Summe gerundeter Schulbeträge ${formatEuro(chosen.rounded)}`
            : "Für dieses Förderprogramm ist keine Formel veröffentlicht"
        }
      >
        <p className="kern-body">
          Gebucht wird der veröffentlichte Betrag.
          {chosen.computed && " Der berechnete steht daneben, mit der Differenz."}
        </p>
      </Notice>
      <Missing chosen={chosen} />
      <EntryForm form={form} submit="Höchstbetrag buchen">
        <Hidden field={fields.id} />
        <Hidden field={fields.programme} />
        <div className="field-row">
          <EuroField field={fields.givenAmount} label="Veröffentlichter Höchstbetrag" />
          {chosen.hasAdministration && (
            <EuroField
              field={fields.administrationAmount}
              label="Höchstbetrag Administration"
              hint="eigener Betrag, in Niedersachsen nach Anlage 2.2"
              isOptional
            />
          )}
        </div>
        <DayField field={fields.givenOn} label="Veröffentlicht am" />
        <TextArea field={fields.note} label="Fundstelle, Bemerkung" isOptional />
      </EntryForm>
    </>
  );
}

/** What the formula still needs; without it no amount can be booked. */
function Missing({ chosen: { uncounted, needsSchools } }: { chosen: Chosen }) {
  if (needsSchools) {
    return (
      <Notice kind="warning" title="Es ist noch keine Schule angelegt">
        <p className="kern-body">
          Aus den Schulen ergibt sich der Sockelbetrag:{" "}
          <TextLink to="/schools/new">Schule anlegen</TextLink>.
        </p>
      </Notice>
    );
  }
  if (uncounted.length === 0) return null;
  return (
    <Notice kind="warning" title="Für diese Schulen fehlt die Schülerzahl vom Stichtag">
      <ul className="kern-list kern-list--bullet">
        {uncounted.map(({ schoolId, school, countedOn }) => (
          <li key={schoolId}>
            <TextLink to={`/schools/${schoolId}`}>{school}</TextLink>: Stichtag{" "}
            {formatDay(countedOn)}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
