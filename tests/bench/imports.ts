/** A table that is typed, and a large file that is imported, beside the same rows copied by PostgreSQL. */
import { findHeader, recogniseColumns } from "#app/german/entry-columns.ts";
import { rowsBelow } from "#app/domain/entry.ts";
import { checkTableRows, readTableRows } from "#app/entry-table.server.ts";
import { pastedRows } from "#app/entry-paste.ts";
import { readApart } from "#app/readers/apart.server.ts";
import { keepTable, recordImport } from "#app/records/imports.server.ts";
import { verifyJournal } from "#app/records/verification.server.ts";
import { createGrant, createOffice } from "#tests/support/factories.ts";
import { workbookOf } from "#tests/support/hostile-files.ts";
import { zip } from "#tests/support/zip.ts";
import postgres from "postgres";
import { note, peakMegabytes, report, timed, whileAnswering } from "./measure.ts";

const importedRows = 10_000;
const most = { check: 1_000, ratio: 5, megabytes: 400 };

export async function measureTable(): Promise<void> {
  const office = await createOffice();
  const { grantId } = await createGrant(office);
  const text = Array.from({ length: 500 }, (_, at) =>
    [
      `Lieferant ${at % 20}`,
      `R ${at}`,
      at % 50 ? "01.06.2021" : "31.02.2021",
      "",
      "2.1",
      "Kabel",
      "1",
      "",
      "",
      "10,00",
    ].join("\t"),
  ).join("\n");
  const { result, milliseconds } = await timed(() => {
    const rows = pastedRows(text).map((cells, at) => ({ number: at + 1, cells }));
    return checkTableRows(office.clerk, grantId, rows);
  });
  if (result.problems.length !== 10) throw new Error("other problems than were made");
  report("500 pasted rows: checked after", milliseconds, most.check, "ms");
}

export async function measureImport(url: string): Promise<void> {
  const office = await createOffice();
  const { clerk } = office;
  const { grantId } = await createGrant(office, {
    lines: [
      ["GS Nord", "2.1", "50000"],
      ["GS Süd", "2.4", "50000"],
    ],
  });
  const content = sheetOf(importedRows);
  note(`${importedRows} rows as xlsx`, content.length / 1024, "kB");

  const { milliseconds, longest } = await whileAnswering(async () => {
    const reading = await timed(() => readApart("table", content));
    note("  read", reading.milliseconds, "ms");
    if ("problem" in reading.result) throw new Error(reading.result.problem.rule);
    const { rows } = reading.result;
    const header = findHeader(rows)!;
    const mapping = recogniseColumns(header.cells);
    const table = { fileName: "Bench.xlsx", content, rows, headerRow: header.number, mapping };
    const keeping = await timed(() => keepTable(clerk, grantId, table));
    note("  kept as uploaded", keeping.milliseconds, "ms");
    if ("violation" in keeping.result) throw new Error(keeping.result.violation.rule);
    const { draftId } = keeping.result;
    const understanding = await timed(() =>
      readTableRows(clerk, grantId, rowsBelow(rows, header.number, mapping)),
    );
    note("  understood", understanding.milliseconds, "ms");
    const { entries, problems } = understanding.result;
    if (problems.length > 0) throw new Error(JSON.stringify(problems[0]));
    const recording = await timed(() => recordImport(clerk, draftId, entries));
    note("  checked, recorded and posted", recording.milliseconds, "ms");
    if (recording.result.problems.length > 0) throw new Error(JSON.stringify(recording.result));
  });
  const peak = peakMegabytes();
  const copied = await copyRows(url, clerk.schoolAuthorityId);
  note(`${importedRows} rows imported, end to end`, milliseconds, "ms");
  note("the same rows copied by insert … select", copied, "ms");
  report("import beside the copy", milliseconds / copied, most.ratio, "times");
  report("memory of the process at most", peak, most.megabytes, "MB");
  note("others waited at most", longest, "ms");
  const verdicts = await verifyJournal(clerk.schoolAuthorityId);
  const findings = verdicts.flatMap(({ findings }) => findings);
  report("proofs of the journal afterwards: findings", findings.length, 0, "");
}

function sheetOf(count: number): Buffer {
  const header = [
    "Lieferant",
    "Rechnungsnummer",
    "Rechnungsdatum",
    "Schule",
    "Position",
    "Bezeichnung",
    "Anzahl",
    "Netto",
    "USt",
    "Brutto",
  ];
  const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
  const number = (value: number) => `<c><v>${value}</v></c>`;
  const rows = Array.from({ length: count }, (_, at) => {
    const cells = [text(`Lieferant ${at % 50}`), text(`RE-${at}`), text("01.06.2021")];
    const place = at % 2 ? ["GS Nord", "2.1"] : ["GS Süd", "2.4"];
    return `<row>${[...cells, ...place.map(text), text(`Kabel ${at}`), number(1), number(1), number(19), number(1.19)].join("")}</row>`;
  });
  return zip(workbookOf({ rows: [`<row>${header.map(text).join("")}</row>`, ...rows].join("") }));
}

/** Copies the imported rows within their tables by PostgreSQL alone, and takes it back. */
async function copyRows(url: string, authority: string): Promise<number> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  let milliseconds = 0;
  const takeBack = new Error("measured");
  try {
    await sql.begin(async (tx) => {
      await tx`create temp table copied as select i.*, gen_random_uuid() as new_id from invoices i
        where school_authority_id = ${authority}`;
      await tx`create temp table copied_lines as select l.*, gen_random_uuid() as new_id, c.new_id as new_invoice_id
        from invoice_lines l join copied c on c.id = l.invoice_id`;
      await tx`create temp table copied_entries as select e.*, c.new_id as new_document_id
        from entries e join copied c on c.id = e.document_id`;
      await tx`update copied set id = new_id, number_key = number_key || 'x', import_id = null`;
      await tx`update copied_lines set id = new_id, invoice_id = new_invoice_id`;
      await tx`update copied_entries set number = number + 1000000, document_id = new_document_id`;
      await tx`alter table copied drop column new_id`;
      await tx`alter table copied_lines drop column new_id, drop column new_invoice_id`;
      await tx`alter table copied_entries drop column new_document_id`;
      const copying = await timed(async () => {
        await tx`insert into invoices select * from copied`;
        await tx`insert into invoice_lines select * from copied_lines`;
        await tx`insert into entries select * from copied_entries`;
      });
      milliseconds = copying.milliseconds;
      throw takeBack;
    });
  } catch (error) {
    if (error !== takeBack) throw error;
  }
  await sql.end();
  return milliseconds;
}
