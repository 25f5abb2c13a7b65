import { useForm } from "@conform-to/react";
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { Email } from "#app/components/email.tsx";
import { Checkbox } from "#app/components/fields.tsx";
import { EntryForm } from "#app/components/form.tsx";
import {
  ActionLink,
  Empty,
  Facts,
  Notice,
  Page,
  Section,
  TextLink,
} from "#app/components/page.tsx";
import { PersonalDataRegister } from "#app/components/personal-data-register.tsx";
import { Table } from "#app/components/table.tsx";
import { checkbox, readForm, rejected, shortText } from "#app/form.ts";
import { formatDay } from "#app/german/notation.ts";
import {
  listRetention,
  loadRetentionPeriod,
  pseudonymiseDue,
} from "#app/records/retention.server.ts";
import { listUsers } from "#app/records/users.server.ts";
import { requireUser } from "#app/session.server.ts";

const runForm = z.object({ mark: shortText, isConfirmed: checkbox });

export const meta: MetaFunction = () => [{ title: "Datenschutz – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "manage_users");
  const { persons, mark } = await listRetention(user);
  const { years, basis } = await loadRetentionPeriod(user);
  const people = (await listUsers(user)).map(({ id, name, email, isActive }) => {
    return { id, name, email, isActive };
  });
  const done = new URL(request.url).searchParams.get("done");
  return { persons, mark, years, basis, people, done };
}

/** Acts on the list that was seen and on no other: one that has changed meanwhile is shown anew, and nothing is done. */
export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request, "manage_users");
  const form = await readForm(request, runForm);
  if (form.status !== "success") return rejected(form);
  const { mark, isConfirmed } = form.value;
  if (!isConfirmed) {
    const sentence = "Bitte bestätigen, dass die Liste geprüft ist.";
    return rejected(form, { field: "isConfirmed", sentence });
  }
  const done = await pseudonymiseDue(user, mark);
  if (!("rule" in done)) return redirect(`/data-protection?done=${done.persons.length}`);
  const sentence = {
    another_list:
      "Die Liste hat sich inzwischen geändert. Es wurde nichts ersetzt; bitte die neue Liste prüfen.",
    no_basis:
      "Zuerst ist festzulegen, wie lange und auf welcher Grundlage Namen aufbewahrt werden.",
  }[done.rule];
  const reply = form.reply({ formErrors: [sentence] });
  return data({ ...reply, initialValue: {} }, { status: 409 });
}

export default function DataProtection() {
  const { persons, mark, years, basis, people, done } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Datenschutz"
      lead="Welche Angaben über Personen Paktbuch führt, wozu, wie lange, und was danach aus ihnen wird."
    >
      {done && (
        <Notice
          kind="success"
          title={
            done === "1" ? "Eine Person hat ein Pseudonym" : `${done} Personen haben ein Pseudonym`
          }
        />
      )}
      <Section
        title="Aufbewahrung von Namen"
        actions={
          <ActionLink to="/data-protection/period">
            {basis ? "Aufbewahrung ändern" : "Aufbewahrung festlegen"}
          </ActionLink>
        }
      >
        <Facts
          facts={[
            ["Dauer", `${years} volle Jahre nach dem Jahr des letzten Vorgangs`],
            ["Grundlage", basis ?? "noch nicht festgelegt"],
          ]}
        />
        {!basis && (
          <Notice kind="warning" title="Die Rechtsgrundlage der Frist ist offen">
            <p className="kern-body">
              Zehn Jahre sind eine Annahme nach § 147 Abs. 3 AO und § 69 Abs. 2 KommHV-Doppik
              (Bayern). Für Niedersachsen liegt uns keine Fundstelle vor, die wir selbst gelesen
              hätten. Der Schulträger legt die Frist mit ihrer Grundlage fest; bis dahin wird nichts
              ersetzt.
            </p>
          </Notice>
        )}
      </Section>
      <Section title="Deren Aufbewahrung abgelaufen ist">
        <p className="kern-body">
          Gesperrte Zugänge, deren letzter Vorgang lange genug her ist. Beim Ersetzen erhalten Name
          und E-Mail-Adresse im Zugang und im Protokoll ein Pseudonym, und womit sich der Zugang
          anmeldet, wird gelöscht. Summen, Siegel und Belegliste bleiben prüfbar. Es lässt sich
          nicht rückgängig machen. Freie Texte, Namen von Lieferanten, Dateien und ältere
          Sicherungen behalten den Namen: Wo er noch steht, zeigt die Auskunft.
        </p>
        {persons.length === 0 ? (
          <Empty>Zurzeit niemand.</Empty>
        ) : (
          <>
            <div className="whole-words">
              <Table
                caption="Wessen Name ersetzt werden kann"
                isCaptionHidden
                rows={persons}
                keyOf={({ id }) => id}
                columns={[
                  { label: "Name", cell: ({ name }) => name },
                  { label: "E-Mail-Adresse", cell: ({ email }) => <Email address={email} /> },
                  { label: "Was", cell: () => "Name, Adresse, Anmeldung" },
                  {
                    label: "Warum",
                    cell: ({ lastDeedOn }) =>
                      `gesperrt, letzter Vorgang am ${formatDay(lastDeedOn)}`,
                  },
                  { label: "fällig seit", cell: ({ dueOn }) => formatDay(dueOn) },
                  {
                    label: "Wo der Name noch steht",
                    cell: ({ id, name }) => (
                      <TextLink to={`/data-protection/${id}`}>
                        Ansehen<span className="kern-sr-only">: {name}</span>
                      </TextLink>
                    ),
                  },
                ]}
              />
            </div>
            {basis && <RunForm key={mark} mark={mark} count={persons.length} />}
          </>
        )}
      </Section>
      <Section title="Auskunft über eine Person">
        <p className="kern-body">
          Alles, was Paktbuch zu einem Zugang führt (Art. 15 DSGVO), zum Lesen, Drucken und als
          Datei. Jede Person erhält ihre eigenen Angaben auch selbst unter „Mein Zugang“.
        </p>
        <div className="whole-words">
          <Table
            caption="Auskunft über eine Person"
            isCaptionHidden
            rows={people}
            keyOf={({ id }) => id}
            columns={[
              { label: "Name", cell: ({ name }) => name },
              { label: "E-Mail-Adresse", cell: ({ email }) => <Email address={email} /> },
              { label: "Zugang", cell: ({ isActive }) => (isActive ? "offen" : "gesperrt") },
              {
                label: "Auskunft",
                cell: ({ id, name }) => (
                  <TextLink to={`/data-protection/${id}`}>
                    Auskunft<span className="kern-sr-only"> über {name}</span>
                  </TextLink>
                ),
              },
            ]}
          />
        </div>
      </Section>
      <PersonalDataRegister />
    </Page>
  );
}

function RunForm({ mark, count }: { mark: string; count: number }) {
  const [form, fields] = useForm<z.input<typeof runForm>>({
    id: "retention",
    lastResult: useActionData<typeof action>(),
  });
  return (
    <EntryForm
      form={form}
      submit={
        count === 1 ? "Angaben dieser Person ersetzen" : `Angaben dieser ${count} Personen ersetzen`
      }
      consequence="Es wurde nichts ersetzt."
    >
      <input type="hidden" name="mark" value={mark} readOnly />
      <Checkbox
        field={fields.isConfirmed}
        label="Ich habe die Liste geprüft; keine dieser Personen muss länger genannt bleiben."
      />
    </EntryForm>
  );
}
