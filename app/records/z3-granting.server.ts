/** Tables of the Z3 export: documents of grants and of their proofs, reversals, and files by name and hash. */
import { sql } from "drizzle-orm";
import type { Z3Words } from "#app/domain/z3.ts";
import {
  amount,
  day,
  dayOrNone,
  plain,
  rate,
  text,
  whole,
  word,
  yesNo,
  type Z3Rows,
} from "./z3-columns.server.ts";
import { subjectsOf } from "./z3-master.server.ts";
import type { Z3Scope } from "./z3-scope.server.ts";

const toGrant = { column: "Zuwendung_ID", table: "Zuwendungen" };
const toAccount = { column: "Konto_ID", table: "Konten" };

export function grantingTables(scope: Z3Scope, words: Z3Words): Z3Rows[] {
  const { own, funded, until } = scope;
  const ofGrant = (column: string) => sql`${own} and ${funded(column, "null::integer")}`;
  const noticed = sql`${ofGrant("t.grant_id")} and ${until("n.notice_on")}`;
  return [
    {
      ...{ file: "bescheide.csv", name: "Bescheide", note: "Spätere Bescheide zu Zuwendungen" },
      columns: [
        plain("Bescheid_ID", "t.id"),
        plain("Zuwendung_ID", "t.grant_id"),
        word("Art", "t.kind", words.noticeKinds),
        day("Bescheid_vom", "t.notice_on"),
        day("Gilt_ab", "t.valid_from"),
        text("Zeichen", "t.reference"),
        text("Grund", "t.reason"),
        rate("Foerdersatz", "t.funding_rate"),
        amount("Zuwendung", "t.grant_amount", "bewilligt, in Euro"),
        amount("Rueckforderung", "t.reclaimed_amount", "in Euro"),
      ],
      ...{ from: "notices t join notices n on n.id = t.id", where: noticed },
      ...{ orderBy: "t.notice_on, t.id", references: [toGrant] },
    },
    {
      ...{
        file: "bescheidzeilen.csv",
        name: "Bescheidzeilen",
        note: "Änderungen je Kostenposition",
      },
      columns: [
        plain("Zeile_ID", "t.id"),
        plain("Bescheid_ID", "t.notice_id"),
        plain("Konto_ID", "t.budget_line_id"),
        amount("Aenderung", "t.change", "in Euro"),
      ],
      ...{ from: "notice_lines t join notices n on n.id = t.notice_id", where: noticed },
      orderBy: "n.notice_on, n.id, t.position",
      references: [{ column: "Bescheid_ID", table: "Bescheide" }, toAccount],
    },
    {
      ...{ file: "mittelabrufe.csv", name: "Mittelabrufe", note: "Abrufe von Zuwendungen" },
      columns: [
        plain("Abruf_ID", "t.id"),
        plain("Zuwendung_ID", "t.grant_id"),
        whole("Nummer", "t.number"),
        day("Tag", "t.requested_on"),
        word("Art", "t.kind", words.drawdownKinds),
        amount("Betrag", "t.amount", "in Euro"),
        text("Zweck", "t.purpose"),
      ],
      from: "drawdowns t",
      where: sql`${ofGrant("t.grant_id")} and ${until("t.requested_on")}`,
      ...{ orderBy: "t.requested_on, t.id", references: [toGrant] },
    },
    {
      ...{ file: "eingaenge.csv", name: "Eingaenge", note: "Zahlungseingänge zu Mittelabrufen" },
      columns: [
        plain("Eingang_ID", "t.id"),
        plain("Abruf_ID", "t.drawdown_id"),
        day("Tag", "t.received_on"),
        amount("Betrag", "t.amount", "in Euro"),
        dayOrNone("Zu_verwenden_bis", "t.spend_by"),
      ],
      from: "payouts t join drawdowns d on d.id = t.drawdown_id",
      where: sql`${ofGrant("d.grant_id")} and ${until("t.received_on")}`,
      orderBy: "t.received_on, t.id",
      references: [{ column: "Abruf_ID", table: "Mittelabrufe" }],
    },
    {
      ...{ file: "rueckzahlungen.csv", name: "Rueckzahlungen", note: "An die Bewilligungsbehörde" },
      columns: [
        plain("Rueckzahlung_ID", "t.id"),
        plain("Zuwendung_ID", "t.grant_id"),
        day("Tag", "t.repaid_on"),
        amount("Betrag", "t.amount", "in Euro"),
        amount("Zinsen", "t.interest_amount", "in Euro"),
        text("Grund", "t.reason"),
      ],
      from: "repayments t",
      where: sql`${ofGrant("t.grant_id")} and ${until("t.repaid_on")}`,
      ...{ orderBy: "t.repaid_on, t.id", references: [toGrant] },
    },
  ];
}

/** Proofs of use with their answers, reversals, and names and hashes of files. */
export function furtherTables(scope: Z3Scope, words: Z3Words): Z3Rows[] {
  const { own, funded, until, isAll } = scope;
  const proven = sql`${own} and ${funded("p.grant_id", "null::integer")}`;
  const moved = sql`t.document_id in (select e.document_id from entries e
    join accounts a on a.id = e.account_id where ${funded("a.grant_id", "a.fiscal_year")})`;
  const attached = sql`t.subject_id in (${subjectsOf(funded)})`;
  return [
    {
      ...{ file: "nachweise.csv", name: "Nachweise", note: "Eingereichte Verwendungsnachweise" },
      columns: [
        plain("Nachweis_ID", "t.id"),
        plain("Zuwendung_ID", "t.grant_id"),
        word("Art", "t.kind", words.proofKinds),
        day("Stand", "t.as_of"),
        day("Eingereicht_am", "t.submitted_on"),
        text("Sachbericht", "t.report"),
        plain("SHA256", "t.seal", "über Bericht und Zahlen"),
      ],
      from: "proofs_of_use t join proofs_of_use p on p.id = t.id",
      where: sql`${proven} and ${until("t.submitted_on")}`,
      ...{ orderBy: "t.submitted_on, t.id", references: [toGrant] },
    },
    {
      ...{ file: "pruefvermerke.csv", name: "Pruefvermerke", note: "Antworten auf Nachweise" },
      columns: [
        plain("Vermerk_ID", "t.id"),
        plain("Nachweis_ID", "t.proof_id"),
        day("Tag", "t.answered_on"),
        text("Zeichen", "t.reference"),
        text("Bemerkung", "t.note"),
      ],
      from: "proof_answers t join proofs_of_use p on p.id = t.proof_id",
      where: sql`${proven} and ${until("t.answered_on")}`,
      orderBy: "t.answered_on, t.id",
      references: [{ column: "Nachweis_ID", table: "Nachweise" }],
    },
    {
      ...{ file: "kuerzungen.csv", name: "Kuerzungen", note: "Kürzungen der Prüfvermerke" },
      columns: [
        plain("Kuerzung_ID", "t.id"),
        plain("Vermerk_ID", "t.answer_id"),
        plain("Rechnungszeile_ID", "t.invoice_line_id"),
        amount("Betrag", "t.amount", "in Euro"),
        text("Grund", "t.reason"),
      ],
      from: `proof_cuts t join proof_answers v on v.id = t.answer_id
        join proofs_of_use p on p.id = v.proof_id`,
      where: sql`${proven} and ${until("v.answered_on")}`,
      orderBy: "v.answered_on, v.id, t.position",
      references: [
        { column: "Vermerk_ID", table: "Pruefvermerke" },
        { column: "Rechnungszeile_ID", table: "Rechnungszeilen" },
      ],
    },
    {
      ...{ file: "stornos.csv", name: "Stornos", note: "Was welchen Beleg aufhebt, und warum" },
      columns: [
        plain("Storno_ID", "t.id"),
        word("Belegart", "t.document_kind", words.documentKinds),
        plain("Beleg_ID", "t.document_id"),
        day("Tag", "t.reversed_on"),
        text("Grund", "t.reason"),
      ],
      ...{ from: "reversals t", orderBy: "t.reversed_on, t.id", references: [] },
      where: sql`${own} and ${isAll ? sql`true` : moved} and ${until("t.reversed_on")}`,
    },
    {
      ...{ file: "anlagen.csv", name: "Anlagen", note: "Dateien zu Belegen, mit Prüfsumme" },
      columns: [
        plain("Anlage_ID", "t.id"),
        word("Gehoert_zu", "t.subject", words.attachmentSubjects),
        plain("Gegenstand_ID", "t.subject_id"),
        text("Dateiname", "t.file_name"),
        text("Dateityp", "t.media_type"),
        whole("Bytes", "t.size"),
        plain("SHA256", "t.hash"),
        yesNo(
          "Zurueckgezogen",
          "exists (select 1 from attachment_withdrawals w where w.attachment_id = t.id)",
        ),
        plain("Person_ID", "t.recorded_by"),
      ],
      ...{ from: "attachments t", orderBy: "t.created_at, t.id" },
      where: sql`${own} and ${isAll ? sql`true` : attached}`,
      references: [{ column: "Person_ID", table: "Personen" }],
    },
  ];
}
