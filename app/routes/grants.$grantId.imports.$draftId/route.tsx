import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { ButtonKey } from "#app/components/form.tsx";
import { Facts, Notice, Section } from "#app/components/page.tsx";
import { Overtaken, SeenVersion } from "#app/components/version.tsx";
import { rowsBelow } from "#app/domain/entry.ts";
import { grossTotal } from "#app/domain/payment.ts";
import type { User } from "#app/domain/permission.ts";
import { checkTableRows, readTableRows } from "#app/entry-table.server.ts";
import { readForm, rejected } from "#app/form.ts";
import {
  columnLetter,
  entryColumnWords,
  headerKey,
  missingColumns,
} from "#app/german/entry-columns.ts";
import { formatEuro, formatPercent } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam, notFound, wire } from "#app/http.ts";
import { madeFromOld, overtaken } from "#app/kept-form.ts";
import {
  isRunning,
  progressOf,
  runWithProgress,
  waitAMoment,
} from "#app/import-progress.server.ts";
import { mapColumns, versionOfMapping } from "#app/records/column-mappings.server.ts";
import { discardDraft, findDraft, recordImport } from "#app/records/imports.server.ts";
import { requireImport } from "#app/records/import-undoing.server.ts";
import { requireUser } from "#app/session.server.ts";
import { MappingForm, typedMapping } from "./mapping-form.tsx";
import { mappingOf, mappingSchema } from "./mapping-schema.ts";
import { ProblemTable, RowTable } from "./row-tables.tsx";

const mostShown = { problems: 200, rows: 10 };

/** While the import is being booked the page looks again by itself. */
export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.fileName ?? "Datei"} einlesen – Paktbuch` },
  ...(data?.share !== undefined ? [{ httpEquiv: "refresh", content: "1" }] : []),
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "record");
  const id = idParam(params.draftId);
  const draft = await findDraft(user, id);
  if (!draft) {
    await requireImport(user, id);
    throw redirect(`/imports/${id}`);
  }
  if (draft.grantId !== idParam(params.grantId)) notFound();
  const { fileName } = draft;
  const progress = progressOf(id);
  if (progress && "share" in progress) return { fileName, share: progress.share };

  const { rows, headerRow, mapping } = draft;
  const refused = progress?.refused ?? null;
  const columns = rows.find(({ number }) => number === headerRow)?.cells ?? [];
  const page = {
    share: undefined,
    fileName,
    headerRow,
    mapping,
    version: versionOfMapping(draft),
    columns,
    widest: widestOf(rows),
    refused,
  };
  const missing = missingColumns(mapping);
  if (missing.length > 0) return { ...page, missing, checked: null };
  return { ...page, missing, checked: await preview(user, draft) };
}

type Draft = NonNullable<Awaited<ReturnType<typeof findDraft>>>;

async function preview(user: User, { grantId, rows, headerRow, mapping }: Draft) {
  const entryRows = rowsBelow(rows, headerRow, mapping);
  const { entries, problems, left } = await checkTableRows(user, grantId, entryRows);
  return wire({
    rowCount: entryRows.length,
    invoiceCount: entries.length,
    total: grossTotal(entries.flatMap(({ draft }) => draft.lines)),
    problemCount: problems.length,
    problems: problems.slice(0, mostShown.problems).map(({ row, column, violation }) => {
      return { row, column, sentence: problemOf(violation).sentence };
    }),
    rows: entryRows.slice(0, mostShown.rows).map(({ number, cells }) => {
      return { number, cells, left: left.get(number) ?? null };
    }),
  });
}

function widestOf(rows: { cells: string[] }[]): number {
  return rows.reduce((most, { cells }) => Math.max(most, cells.length), 0);
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const id = idParam(params.draftId);
  const draft = (await findDraft(user, id)) ?? notFound();
  const form = await readForm(request, mappingSchema);
  if (form.status !== "success") return rejected(form);
  const { deed, headerRow, version } = form.value;
  const page = `/grants/${draft.grantId}/imports`;

  if (deed === "discard") {
    if (await discardDraft(user, id, version)) return overtaken();
    return redirect(page);
  }
  if (deed === "map") {
    const header = draft.rows.find(({ number }) => number === headerRow)?.cells ?? [];
    const mapped = { headerRow, mapping: mappingOf(form.value) };
    const isOld = await mapColumns(user, id, headerKey(header), mapped, version);
    if (isOld) {
      const kept = (await findDraft(user, id)) ?? notFound();
      const theirs = { version: versionOfMapping(kept), fields: typedMapping(kept) };
      return madeFromOld(form, theirs, saidColumn, mappingLabel);
    }
    return redirect(`${page}/${id}`);
  }
  // What is booked is what its page showed.
  if (versionOfMapping(draft) !== version) return overtaken();
  await waitAMoment(runWithProgress(id, (onProgress) => book(user, draft, onProgress)));
  // Still running, or booked: the page knows where to go.
  if (isRunning(id) || !(await findDraft(user, id))) return redirect(`${page}/${id}`);
  return data(null, { status: 422 });
}

function saidColumn(field: string, value: string): string {
  return field === "headerRow" || value === "" ? value : columnLetter(Number(value));
}

function mappingLabel(field: string): string | undefined {
  return { headerRow: "Überschriften stehen in Zeile", ...entryColumnWords }[field];
}

/** Books all rows; else says why none was booked. */
async function book(user: User, draft: Draft, onProgress: (share: number) => void) {
  const rows = rowsBelow(draft.rows, draft.headerRow, draft.mapping);
  const { entries, problems } = await readTableRows(user, draft.grantId, rows);
  if (problems.length > 0) return "Es wurde nichts gebucht: Nicht alle Zeilen stimmen.";
  if (entries.length === 0) return "In dieser Tabelle steht keine Rechnung.";
  const refused = await recordImport(user, draft.id, entries, onProgress);
  if (refused.violation) return problemOf(refused.violation).sentence;
  if (refused.problems.length > 0) return "Es wurde nichts gebucht: Nicht alle Zeilen stimmen.";
}

export default function ImportDraft() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const lastResult = answer && "isOvertaken" in answer ? undefined : answer;
  if (page.share !== undefined) return <Progress fileName={page.fileName} share={page.share} />;
  const { fileName, checked, missing } = page;
  return (
    <Section title={fileName}>
      <Overtaken />
      {page.refused && <Notice kind="danger" title={page.refused} />}
      {checked && <Verdict checked={checked} version={page.version} />}
      <MappingForm page={page} lastResult={lastResult} isOpen={missing.length > 0} />
      {checked && checked.problems.length > 0 && (
        <ProblemTable problems={checked.problems} count={checked.problemCount} page={page} />
      )}
      {checked && <RowTable rows={checked.rows} count={checked.rowCount} />}
    </Section>
  );
}

type Checked = NonNullable<
  Extract<Awaited<ReturnType<typeof loader>>, { checked: unknown }>["checked"]
>;

function Verdict({ checked, version }: { checked: Checked; version: string }) {
  const { rowCount, invoiceCount, total, problemCount } = checked;
  const isGood = problemCount === 0 && invoiceCount > 0;
  return (
    <>
      {problemCount > 0 && (
        <Notice
          kind="warning"
          title={
            problemCount === 1
              ? "Eine Stelle stimmt noch nicht."
              : `${problemCount} Stellen stimmen noch nicht.`
          }
        >
          <p className="kern-body">
            Bitte in der Datei berichtigen und sie neu einlesen, oder unten andere Spalten zuordnen.
            Gebucht wird erst, wenn alles stimmt.
          </p>
        </Notice>
      )}
      {isGood && <Notice kind="success" title="Alle Zeilen stimmen. Gebucht ist noch nichts." />}
      <Facts
        facts={[
          ["Zeilen", rowCount],
          ["Rechnungen ohne Fehler", invoiceCount],
          ["Zusammen brutto", formatEuro(total)],
        ]}
      />
      <Form method="post" className="actions">
        <ButtonKey />
        <SeenVersion seen={version} />
        {isGood && (
          <button type="submit" name="deed" value="book" className="kern-btn kern-btn--primary">
            <span className="kern-label">
              {invoiceCount === 1 ? "1 Rechnung buchen" : `${invoiceCount} Rechnungen buchen`}
            </span>
          </button>
        )}
        <button type="submit" name="deed" value="discard" className="kern-btn kern-btn--tertiary">
          <span className="kern-label">Datei verwerfen</span>
        </button>
      </Form>
    </>
  );
}

function Progress({ fileName, share }: { fileName: string; share: number }) {
  const percent = String(Math.round(share * 100));
  return (
    <Section title={`${fileName} wird gebucht`}>
      <p className="kern-body" role="status">
        {formatPercent(percent)} sind geschafft. Diese Seite sieht von selbst nach.
      </p>
      <progress className="import-progress" max={100} value={percent} aria-label="Fortschritt">
        {formatPercent(percent)}
      </progress>
    </Section>
  );
}
