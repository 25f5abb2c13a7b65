import { randomUUID } from "node:crypto";
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import { askedBook } from "#app/audit-request.server.ts";
import { ButtonKey } from "#app/components/form.tsx";
import { ActionLink, Notice, Page, Section } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { exportKinds } from "#app/domain/book-export.ts";
import {
  allWord,
  exportKindNotes,
  exportKindWords,
  orderSentences,
} from "#app/german/export-words.ts";
import { proofWords } from "#app/german/words.ts";
import { listGrants } from "#app/records/grants.server.ts";
import { verifyJournal } from "#app/records/verification.server.ts";
import { requireUser } from "#app/session.server.ts";

export const meta: MetaFunction = () => [{ title: "Prüfbuch – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "export_books");
  const { searchParams } = new URL(request.url);
  const isAsked = ["on", "year", "stand", "grant"].some((name) => searchParams.has(name));
  const [grants, verdicts, asked] = await Promise.all([
    listGrants(user, "all"),
    searchParams.has("verify") ? verifyJournal(user.schoolAuthorityId) : null,
    isAsked ? askedBook(user, request) : null,
  ]);
  const refused = searchParams.get("refused");
  return {
    /** The export to be: the form sent twice orders it once. */
    id: randomUUID(),
    kind: exportKinds.find((one) => one === searchParams.get("kind")) ?? "workbook",
    refused: Object.entries(orderSentences).find(([rule]) => rule === refused)?.[1],
    on: searchParams.get("on") ?? "",
    year: searchParams.get("year") ?? "",
    stand: searchParams.get("stand") ?? "",
    chosen: searchParams.getAll("grant"),
    problems: asked && "problems" in asked ? asked.problems : {},
    grants: grants.map(({ id, fileNumber }) => ({ id, fileNumber })),
    verdicts,
    all: allWord(user.limits !== undefined),
  };
}

export default function Audit() {
  const { id, kind, refused, on, year, stand, chosen, problems, grants, verdicts, all } =
    useLoaderData<typeof loader>();
  const holds = verdicts?.every(({ findings }) => findings.length === 0);
  return (
    <Page
      title="Prüfbuch"
      lead="Eine Excel-Arbeitsmappe mit jedem Cent, seinem Beleg und seinem Grund, zum Nachrechnen; für eine Zuwendung auch als Prüfakte mit allen Dateien."
      actions={<ActionLink to="/exports">Ihre Exporte</ActionLink>}
    >
      {refused && <Notice kind="danger" title={refused} />}
      <form method="post" action="/exports" className="entry-form">
        <ButtonKey />
        <input type="hidden" name="id" value={id} />
        <fieldset className="kern-fieldset rows">
          <legend className="kern-label">Was</legend>
          {exportKinds.map((one) => (
            <div className="kern-form-check" key={one}>
              <input
                type="radio"
                id={`kind-${one}`}
                name="kind"
                value={one}
                defaultChecked={one === kind}
                className="kern-form-check__radio"
              />
              <label className="kern-label" htmlFor={`kind-${one}`}>
                {exportKindWords[one]}: {exportKindNotes[one]}
              </label>
            </div>
          ))}
        </fieldset>
        <fieldset className="kern-fieldset rows" aria-describedby={problems.grant && "grant-error"}>
          <legend className="kern-label">Nur diese Zuwendungen (ohne Auswahl: {all})</legend>
          {grants.map(({ id, fileNumber }) => (
            <div className="kern-form-check" key={id}>
              <input
                type="checkbox"
                id={`grant-${id}`}
                name="grant"
                value={id}
                defaultChecked={chosen.includes(id)}
                className="kern-form-check__checkbox"
              />
              <label className="kern-label" htmlFor={`grant-${id}`}>
                {fileNumber}
              </label>
            </div>
          ))}
          {problems.grant && <Problem id="grant-error" sentence={problems.grant} />}
        </fieldset>
        <div className="field-row">
          <Field name="year" label="nur Gemeindehaushalt des Jahres" problem={problems.year}>
            {(props) => <input {...props} defaultValue={year} {...short} />}
          </Field>
          <Field name="on" label="Stichtag der Buchungen (leer: heute)" problem={problems.on}>
            {(props) => <input {...props} defaultValue={on} {...short} />}
          </Field>
          <Field name="stand" label="nur was bekannt war am (leer: jetzt)" problem={problems.stand}>
            {(props) => (
              <input {...props} defaultValue={stand} placeholder="31.12.2025 12:00" {...short} />
            )}
          </Field>
        </div>
        <div className="actions">
          <button type="submit" className="kern-btn kern-btn--primary">
            <span className="kern-label">Export erstellen</span>
          </button>
        </div>
        <p className="kern-body kern-body--small muted">
          Der Z3-Export (Datenträgerüberlassung) enthält Stammdaten, Journal, Belege und Protokoll
          als CSV-Dateien mit Beschreibung, zum Einlesen in Prüfprogramme wie IDEA. Das Protokoll
          ist nur in einem Export aller Bücher.
        </p>
      </form>

      <Section
        title="Liegt zu allem ein Beleg vor?"
        actions={<ActionLink to="/receipts">Fehlende Belege</ActionLink>}
      >
        <p className="kern-body">
          Die Belegliste des Prüfbuchs nennt zu jeder Rechnung ihre Dateien; hier steht, was noch
          fehlt.
        </p>
      </Section>

      <Section
        title="Ist eine Kopie unverändert?"
        actions={<ActionLink to="/workbook-check">Prüfbuch nachprüfen</ActionLink>}
      >
        <p className="kern-body">
          Ein Prüfbuch, das zurückkommt, wird aus den Büchern noch einmal hergestellt und Zelle für
          Zelle verglichen.
        </p>
      </Section>

      <Section
        title="Stimmt das Journal?"
        actions={<ActionLink to="/audit?verify">Journal nachrechnen</ActionLink>}
      >
        {!verdicts && (
          <p className="kern-body">
            Fünf Nachweise rechnen das ganze Journal nach; bei großen Büchern dauert das einige
            Sekunden. In jedem Prüfbuch stehen sie auch.
          </p>
        )}
        {verdicts && (
          <>
            <Notice
              kind={holds ? "success" : "danger"}
              title={holds ? "Alle fünf Nachweise stimmen" : "Das Journal weicht ab"}
            />
            <Table
              caption="Die fünf Nachweise der Bücher"
              isCaptionHidden
              rows={verdicts}
              keyOf={({ proof }) => proof}
              columns={[
                { label: "Nachweis", cell: ({ proof }) => proofWords[proof] },
                { label: "geprüft", isNumeric: true, cell: ({ checked }) => checked },
                {
                  label: "Ergebnis",
                  cell: ({ findings }) =>
                    findings.length === 0 ? "stimmt" : findings.slice(0, 5).join("; "),
                },
              ]}
            />
          </>
        )}
      </Section>
    </Page>
  );
}

const short = { className: "kern-form-input__input short" };

type FieldProps = {
  name: string;
  label: string;
  problem: string | undefined;
  children: (props: {
    id: string;
    name: string;
    "aria-invalid": true | undefined;
    "aria-describedby": string | undefined;
  }) => ReactNode;
};

function Field({ name, label, problem, children }: FieldProps) {
  const invalid = problem ? true : undefined;
  const errorId = problem ? `${name}-error` : undefined;
  return (
    <div className="kern-form-input">
      <label className="kern-label" htmlFor={name}>
        {label}
      </label>
      {children({ id: name, name, "aria-invalid": invalid, "aria-describedby": errorId })}
      {problem && <Problem id={errorId!} sentence={problem} />}
    </div>
  );
}

function Problem({ id, sentence }: { id: string; sentence: string }) {
  return (
    <p className="kern-error" id={id} role="alert">
      <span className="kern-icon kern-icon--danger kern-icon--small" aria-hidden="true" />
      <span className="kern-body">{sentence}</span>
    </p>
  );
}
