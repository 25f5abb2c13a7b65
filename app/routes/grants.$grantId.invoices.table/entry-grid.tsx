/**
 * The table of invoices. Without JavaScript a plain form that is checked by a button; with it, what is
 * typed or pasted is checked by itself, and each row shows what it leaves of its budget line.
 */
import { Form, useHref, useNavigation } from "@remix-run/react";
import { type ClipboardEvent, useEffect, useRef, useState } from "react";
import { FormKey } from "#app/components/form.tsx";
import { Notice } from "#app/components/page.tsx";
import { type EntryColumn, entryColumns, mostEntryRows } from "#app/domain/entry.ts";
import { pastedRows } from "#app/entry-paste.ts";
import { entryColumnWords } from "#app/german/entry-columns.ts";
import { formatEuro } from "#app/german/notation.ts";
import { GridRow, type RowState } from "./grid-row.tsx";
import type { GridAnswer } from "./grid-answer.ts";
import { Verdict } from "./verdict.tsx";

type Choices = { [Column in EntryColumn]?: string[] };

/** Milliseconds without a key stroke before the table is checked by itself. */
const pause = 400;

export function EntryGrid({
  id,
  choices,
  answer,
}: {
  id: string;
  choices: Choices;
  answer: GridAnswer | undefined;
}) {
  const form = useRef<HTMLFormElement>(null);
  const [rows, setRows] = useState<RowState[]>(() => rowsOf(answer));
  const { verdict, checkSoon } = useCheck(form, answer);
  const isSending = useNavigation().state === "submitting";

  // What buttons without our help have made of the table: rows added, a text taken over.
  const [seen, setSeen] = useState(answer);
  if (answer !== seen) {
    setSeen(answer);
    if (answer && answer.rows.length !== rows.length) setRows(rowsOf(answer));
  }

  function onPaste(event: ClipboardEvent<HTMLFormElement>) {
    const cell = event.target as HTMLInputElement;
    const text = event.clipboardData.getData("text/plain");
    const row = Number(cell.dataset.row);
    if (!row || !/[\t\n]/.test(text.trim())) return;
    const pasted = pastedRows(text, cell.name as EntryColumn);
    event.preventDefault();
    const typed = form.current ? typedRows(form.current) : [];
    setRows(spread(rows, typed, pasted, row));
    checkSoon(0);
  }

  const problemsOf = byRow(verdict?.problems ?? []);
  return (
    <Form
      method="post"
      ref={form}
      onInput={() => checkSoon()}
      onPaste={onPaste}
      noValidate
      className="entry-grid"
    >
      {/* Enter presses the first button: it must not be the one that books. */}
      <button
        type="submit"
        name="deed"
        value="check"
        className="kern-sr-only"
        tabIndex={-1}
        aria-hidden="true"
      />
      <input type="hidden" name="id" value={id} />
      <FormKey of="table" />
      {verdict?.refused && <Notice kind="danger" title={verdict.refused} />}
      <Verdict verdict={verdict} />
      <p className="kern-body muted">
        Aus Excel kopierte Zellen lassen sich in jede Zelle einfügen; mit einer Überschriftenzeile
        ordnen sie sich selbst. Ohne Kostenposition gilt die übliche des Lieferanten.
      </p>
      <div className="table-frame" role="region" aria-label="Rechnungen" tabIndex={0}>
        <table className="kern-table kern-table--small grid">
          <caption className="kern-sr-only">Rechnungen, eine Zeile je Rechnungszeile</caption>
          <thead>
            <tr>
              <th scope="col">Nr.</th>
              {entryColumns.map((column) => (
                <th key={column} scope="col" className={column}>
                  {entryColumnWords[column]}
                </th>
              ))}
              <th scope="col">danach verfügbar</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              <GridRow
                key={row.key}
                row={row}
                number={at + 1}
                problems={problemsOf.get(at + 1) ?? ""}
                left={leftText(verdict?.left[at + 1])}
              />
            ))}
          </tbody>
        </table>
      </div>
      {Object.entries(choices).map(([column, values]) => (
        <datalist key={column} id={`list-${column}`}>
          {values.map((value) => (
            <option key={value} value={value} />
          ))}
        </datalist>
      ))}
      <div className="actions">
        <button
          type="submit"
          name="deed"
          value="book"
          className="kern-btn kern-btn--primary"
          aria-disabled={isSending}
        >
          <span className="kern-label">{isSending ? "Wird bearbeitet …" : "Buchen"}</span>
        </button>
        <button type="submit" name="deed" value="check" className="kern-btn kern-btn--secondary">
          <span className="kern-label">Prüfen</span>
        </button>
        <button type="submit" name="deed" value="more" className="kern-btn kern-btn--tertiary">
          <span className="kern-label">Mehr Zeilen</span>
        </button>
      </div>
      <details className="fold">
        <summary className="kern-label">Text aus einer Tabelle einfügen</summary>
        <div className="kern-form-input">
          <label className="kern-label" htmlFor="pasted">
            Aus Excel kopierte Zeilen
          </label>
          <textarea
            id="pasted"
            name="pasted"
            rows={8}
            wrap="off"
            className="kern-form-input__input file-text"
          />
        </div>
        <button type="submit" name="deed" value="paste" className="kern-btn kern-btn--secondary">
          <span className="kern-label">Übernehmen und prüfen</span>
        </button>
      </details>
    </Form>
  );
}

/** The last verdict on the table: of the page's form, or of a check that ran by itself. */
function useCheck(form: React.RefObject<HTMLFormElement>, answer: GridAnswer | undefined) {
  const address = useHref("check");
  const [verdict, setVerdict] = useState(answer);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const running = useRef<AbortController>();
  useEffect(() => setVerdict(answer), [answer]);
  useEffect(() => {
    return () => {
      clearTimeout(timer.current);
      running.current?.abort();
    };
  }, []);

  async function check() {
    if (!form.current) return;
    const table = new FormData(form.current);
    table.set("deed", "check");
    table.delete("pasted");
    running.current?.abort();
    running.current = new AbortController();
    const { signal } = running.current;
    try {
      const body = new URLSearchParams(table as unknown as Record<string, string>);
      const response = await fetch(address, { method: "POST", body, signal });
      if (response.ok) setVerdict((await response.json()) as GridAnswer);
    } catch {
      // A newer check has taken its place, or the network is away: the buttons still check.
    }
  }

  function checkSoon(milliseconds = pause) {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void check(), milliseconds);
  }
  return { verdict, checkSoon };
}

let lastKey = 0;
const blank = (): RowState => ({ key: `row-${(lastKey += 1)}`, cells: {} });

function rowsOf(answer: GridAnswer | undefined): RowState[] {
  if (!answer) return Array.from({ length: 10 }, blank);
  return answer.rows.map(({ cells }) => ({ ...blank(), cells }));
}

/** What stands in the cells now: React does not follow what is typed. */
function typedRows(form: HTMLFormElement): RowState["cells"][] {
  const table = new FormData(form);
  const columns = entryColumns.map((column) => [column, table.getAll(column)] as const);
  return columns[0]![1].map((_, at) =>
    Object.fromEntries(columns.map(([column, values]) => [column, String(values[at])])),
  );
}

/** Rows that are fields at once, whatever is pasted. */
const rowsAtOnce = 30;

/** The table with the pasted cells laid over it from a row on, as far as it may grow. */
function spread(
  rows: RowState[],
  typed: RowState["cells"][],
  pasted: RowState["cells"][],
  from: number,
): RowState[] {
  const count = Math.min(Math.max(rows.length, from - 1 + pasted.length), mostEntryRows);
  return Array.from({ length: count }, (_, at) => {
    const laid = pasted[at - from + 1];
    const row = rows[at] ?? blank();
    return laid ? { ...blank(), cells: { ...typed[at], ...laid }, isLight: at > rowsAtOnce } : row;
  });
}

/** Texts instead of lists, so that a row whose problems stay the same is not drawn again. */
function byRow(problems: GridAnswer["problems"]): Map<number, string> {
  const rows = new Map<number, { column: string; sentence: string }[]>();
  for (const { row, column, sentence } of problems) {
    rows.set(row, [...(rows.get(row) ?? []), { column, sentence }]);
  }
  return new Map([...rows].map(([row, own]) => [row, JSON.stringify(own)]));
}

function leftText(left: string | undefined): string {
  return left === undefined ? "" : formatEuro(left);
}
