import { randomUUID } from "node:crypto";
import { useForm } from "@conform-to/react";
import { type ActionFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { today } from "#app/clock.server.ts";
import { DayText, Euro } from "#app/components/euro.tsx";
import { DayField, EuroField, SelectField, TextArea, TextField } from "#app/components/fields.tsx";
import { ButtonKey, EntryForm, Hidden } from "#app/components/form.tsx";
import { Badge, Empty, Page, Section } from "#app/components/page.tsx";
import { SchoolLeft, SchoolLines } from "#app/components/school-left.tsx";
import { Table } from "#app/components/table.tsx";
import { costKinds } from "#app/domain/order.ts";
import { mayUser } from "#app/domain/permission.ts";
import { wishEndTitles } from "#app/domain/titles.ts";
import {
  choice,
  euroAmount,
  key,
  optionalDay,
  readForm,
  rejected,
  text,
  wholeNumber,
} from "#app/form.ts";
import { mediaConceptWords } from "#app/german/application-sentences.ts";
import { formatDay } from "#app/german/notation.ts";
import { costKindWords, problemOf } from "#app/german/words.ts";
import { wire } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { loadOwnSchools } from "#app/records/own-schools.server.ts";
import { listWishes, recordWish } from "#app/records/school-wishes.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const wishForm = z.object({
  id: key,
  schoolId: key,
  what: text,
  costKind: choice(costKinds),
  quantity: wholeNumber(1, 9999),
  estimatedAmount: euroAmount,
  wantedBy: optionalDay,
  reason: text,
});

export const meta: MetaFunction = () => [{ title: "Meine Schule – Paktbuch" }];

export const loader = asKnown("read_own_school", async (_args, user) => {
  const asOf = today();
  return wire({
    id: randomUUID(),
    asOf,
    schools: await loadOwnSchools(user, asOf),
    wishes: await listWishes(user),
    mayWish: mayUser(user, "wish"),
  });
});

export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request, "wish");
  const form = await readForm(request, wishForm);
  if (form.status !== "success") return rejected(form);

  const { id, ...draft } = form.value;
  const violation = await recordWish(user, id, draft);
  if (violation) return rejected(form, problemOf(violation));
  return redirect("/own-school");
}

export default function OwnSchool() {
  const { id, asOf, schools, wishes, mayWish } = useLoaderData<typeof loader>();
  return (
    <Page
      title={schools.map(({ name }) => name).join(", ")}
      lead={`Was noch da ist, und was die Schule braucht. Stand ${formatDay(asOf)}.`}
    >
      {schools.map((school) => (
        <School
          key={school.id}
          school={school}
          asOf={asOf}
          title={schools.length === 1 ? "Was bewilligt ist" : school.name}
        />
      ))}
      <Section title="Bedarfsmeldungen">
        {wishes.length === 0 ? (
          <Empty>Noch ist kein Bedarf gemeldet.</Empty>
        ) : (
          <Table
            caption="Was gemeldet ist"
            isCaptionHidden
            rows={wishes}
            keyOf={(wish) => wish.id}
            columns={[
              { label: "Bedarf", cell: ({ quantity, what }) => `${quantity} × ${what}` },
              { label: "Schule", cell: ({ school }) => school },
              {
                label: "geschätzt (brutto)",
                isNumeric: true,
                cell: ({ estimatedAmount }) => <Euro amount={estimatedAmount} />,
              },
              {
                label: "gewünscht bis",
                cell: ({ wantedBy }) => (wantedBy ? <DayText day={wantedBy} /> : "–"),
              },
              {
                label: "Stand",
                cell: ({ end, answer }) =>
                  end ? [wishEndTitles[end], answer].filter(Boolean).join(": ") : "offen",
              },
              ...(mayWish
                ? [
                    {
                      label: "Ändern",
                      cell: (wish: (typeof wishes)[number]) =>
                        wish.end ? "–" : <Withdrawal {...wish} />,
                    },
                  ]
                : []),
            ]}
          />
        )}
      </Section>
      {mayWish && <WishForm key={id} />}
    </Page>
  );
}

type Own = ReturnType<typeof useLoaderData<typeof loader>>["schools"][number];

function School({ school, title, asOf }: { school: Own; title: string; asOf: string }) {
  const { lines, mediaConcept, mediaConceptOn } = school;
  return (
    <Section title={title}>
      {lines.length > 0 && <SchoolLeft share={school.share} asOf={asOf} />}
      <p className="kern-body">
        Medienbildungskonzept:{" "}
        {mediaConcept === "there" && mediaConceptOn ? (
          `liegt vor seit ${formatDay(mediaConceptOn)}`
        ) : (
          <Badge kind="warning">{mediaConceptWords[mediaConcept]}</Badge>
        )}
      </p>
      {lines.length === 0 ? (
        <Empty>Für diese Schule ist noch nichts bewilligt.</Empty>
      ) : (
        <SchoolLines lines={lines} asOf={asOf} />
      )}
    </Section>
  );
}

function Withdrawal({ id, what }: { id: string; what: string }) {
  return (
    <Form method="post" action={`/own-school/wishes/${id}/withdrawal`} className="inline-form">
      <ButtonKey />
      <button
        type="submit"
        className="kern-btn kern-btn--tertiary kern-btn--x-small"
        aria-label={`${what} zurückziehen`}
      >
        <span className="kern-label">Zurückziehen</span>
      </button>
    </Form>
  );
}

function WishForm() {
  const { id, schools } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof wishForm>>({
    id: "wish",
    lastResult: useActionData<typeof action>(),
    defaultValue: {
      id,
      schoolId: schools.length === 1 ? schools[0]!.id : undefined,
      quantity: "1",
    },
  });
  return (
    <Section title="Bedarf melden">
      <p className="kern-body">
        Eine Meldung bestellt nichts und bindet kein Geld. Der Schulträger antwortet auf dieser
        Seite.
      </p>
      <EntryForm form={form} submit="Bedarf melden">
        <Hidden field={fields.id} />
        {schools.length === 1 ? (
          <Hidden field={fields.schoolId} />
        ) : (
          <SelectField
            field={fields.schoolId}
            label="Schule"
            options={schools.map((one) => ({ value: one.id, label: one.name }))}
          />
        )}
        <TextField field={fields.what} label="Was gebraucht wird" autoComplete="off" />
        <div className="field-row">
          <SelectField
            field={fields.costKind}
            label="Art der Kosten"
            options={costKinds.map((value) => ({ value, label: costKindWords[value] }))}
          />
          <TextField
            field={fields.quantity}
            label="Anzahl"
            inputMode="numeric"
            isShort
            autoComplete="off"
          />
          <EuroField field={fields.estimatedAmount} label="Geschätzt für alles, brutto" />
          <DayField field={fields.wantedBy} label="Gewünscht bis" isOptional />
        </div>
        <TextArea field={fields.reason} label="Grund" />
      </EntryForm>
    </Section>
  );
}
