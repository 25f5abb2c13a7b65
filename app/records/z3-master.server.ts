/** Tables of the Z3 export: master data, the journal and the log of changes. */
import { sql, type SQL } from "drizzle-orm";
import type { Z3Words } from "#app/domain/z3.ts";
import {
  amount,
  day,
  figureOrNone,
  moment,
  plain,
  rate,
  text,
  whole,
  word,
  wordOf,
  yesNo,
  type Z3Rows,
} from "./z3-columns.server.ts";
import type { Z3Scope } from "./z3-scope.server.ts";

export function masterTables(scope: Z3Scope, words: Z3Words): Z3Rows[] {
  const { own, funded } = scope;
  return [
    {
      ...{ file: "traeger.csv", name: "Traeger", note: "Schulträger" },
      columns: [
        plain("Traeger_ID", "t.id"),
        text("Name", "t.name"),
        yesNo("Beispieldaten", "t.is_example"),
        yesNo("Vier_Augen", "t.four_eyes"),
        rate("Vorsteuerabzug", "t.input_tax_rate"),
      ],
      ...{ from: "school_authorities t", orderBy: "t.id", references: [] },
      where: scope.ownAuthority,
    },
    {
      ...{ file: "schulen.csv", name: "Schulen", note: "Schulen mit der zuletzt erfassten Zahl" },
      columns: [
        plain("Schule_ID", "t.id"),
        text("Name", "t.name"),
        text("Schulnummer", "t.number"),
        word("Schulform", "t.kind", words.schoolKinds),
        whole("Schueler", "t.pupils"),
        day("Stichtag", "t.pupils_counted_on"),
      ],
      ...{ from: "schools t", where: own, orderBy: "t.name", references: [] },
    },
    {
      ...{ file: "programme.csv", name: "Foerderprogramme", note: "Fassungen der Programmdateien" },
      columns: [
        plain("Programm_ID", "t.id"),
        text("Kennung", "t.key"),
        whole("Fassung", "t.version"),
        yesNo("Mitgeliefert", "t.is_shipped"),
        text("Grund", "t.reason"),
        plain("SHA256", "encode(sha256(convert_to(t.content, 'UTF8')), 'hex')"),
      ],
      ...{ from: "programmes t", where: own, orderBy: "t.key, t.version", references: [] },
    },
    {
      ...{ file: "lieferanten.csv", name: "Lieferanten", note: "Lieferanten mit Namen" },
      columns: [plain("Lieferant_ID", "t.id"), text("Name", "t.name")],
      ...{ from: "suppliers t", orderBy: "t.name, t.id", references: [] },
      where: only(scope, own, suppliersOf(scope)),
    },
    {
      ...{ file: "personen.csv", name: "Personen", note: "Wer gebucht hat; ohne Anschriften" },
      columns: [
        plain("Person_ID", "t.id"),
        text("Name", "t.name"),
        plain("Rollen", rolesNow(words), "Rollen von heute; leer, wo keine mehr gilt"),
      ],
      ...{ from: "users t", orderBy: "t.name, t.id", references: [] },
      where: only(scope, own, recordersOf(scope)),
    },
    {
      ...{ file: "zuwendungen.csv", name: "Zuwendungen", note: "Nach ihrem ersten Bescheid" },
      columns: [
        plain("Zuwendung_ID", "t.id"),
        text("Aktenzeichen", "t.file_number"),
        text("Bewilligungsbehoerde", "t.granting_authority"),
        day("Bescheid_vom", "t.notice_on"),
        day("Zeitraum_ab", "t.spend_from"),
        day("Zeitraum_bis", "t.spend_until"),
        word("Finanzierung", "t.financing_kind", words.financingKinds),
        rate("Foerdersatz", "t.funding_rate"),
        amount("Zuwendung", "t.grant_amount", "bewilligt, in Euro"),
        figureOrNone("Drittmittel", "t.third_party_amount"),
      ],
      ...{ from: "grants t", orderBy: "t.notice_on, t.id", references: [] },
      where: sql`${own} and ${funded("t.id", "null::integer")}`,
    },
    {
      ...{ file: "konten.csv", name: "Konten", note: "Wovon sich eine Summe bilden lässt" },
      columns: [
        plain("Konto_ID", "t.id"),
        word("Art", "t.kind", words.accountKinds),
        plain("Zuwendung_ID", "t.grant_id"),
        plain("Schule_ID", "t.school_id"),
        text("Foerdergegenstand", "t.code"),
        plain("Haushaltsjahr", "t.fiscal_year"),
        text("Produkt", "t.product"),
        text("Sachkonto", "t.ledger_account"),
        text("Kostenstelle", "t.cost_centre"),
        text("Bezeichnung", "t.name"),
      ],
      ...{ from: "accounts t", orderBy: "t.id" },
      where: sql`${own} and ${funded("t.grant_id", "t.fiscal_year")}`,
      references: [
        { column: "Zuwendung_ID", table: "Zuwendungen" },
        { column: "Schule_ID", table: "Schulen" },
      ],
    },
    journalTable(scope, words),
  ];
}

function journalTable({ own, funded, until }: Z3Scope, words: Z3Words): Z3Rows {
  return {
    ...{ file: "journal.csv", name: "Journal", note: "Buchungen, fortlaufend und verkettet" },
    columns: [
      whole("Buchung_Nr", "t.number"),
      day("Buchungstag", "t.booked_on"),
      ...moment("Erfasst", "t.recorded_at"),
      plain("Person_ID", "t.recorded_by"),
      plain("Konto_ID", "t.account_id"),
      word("Wertart", "t.figure", words.figures),
      amount("Betrag", "t.amount", "in Euro"),
      word("Belegart", "t.document_kind", words.documentKinds),
      plain("Beleg_ID", "t.document_id"),
      text("Text", "t.text"),
      plain(
        "Storniert_Nr",
        "t.reverses_number",
        "Nummer der Buchung, die diese aufhebt, oder leer",
      ),
      plain("Beleg_SHA256", "t.document_hash"),
      plain("Vorige_SHA256", "t.previous_hash"),
      plain("SHA256", "t.hash", "Siegel über diese und alle Buchungen davor"),
    ],
    from: "entries t join accounts a on a.id = t.account_id",
    where: sql`${own} and ${funded("a.grant_id", "a.fiscal_year")} and ${until("t.booked_on")}`,
    orderBy: "t.number",
    references: [
      { column: "Konto_ID", table: "Konten" },
      { column: "Person_ID", table: "Personen" },
    ],
  };
}

/** Of the whole authority only: what was done belongs to no grant. */
export function changesTable({ own }: Z3Scope, words: Z3Words): Z3Rows {
  return {
    ...{ file: "protokoll.csv", name: "Protokoll", note: "Wer wann was getan hat" },
    columns: [
      plain("Eintrag_ID", "t.id"),
      ...moment("Geschehen", "t.changed_at"),
      plain("Person_ID", "t.changed_by"),
      word("Vorgang", "t.deed", words.deeds),
      plain("Gegenstand_ID", "t.subject_id"),
      text("Text", "t.text"),
      text("Vorher", "t.before", "JSON oder leer"),
      text("Nachher", "t.after", "JSON oder leer"),
      text("Anfrage", "t.request_id"),
    ],
    ...{ from: "changes t", where: own, orderBy: "t.changed_at, t.id" },
    references: [{ column: "Person_ID", table: "Personen" }],
  };
}

/** Rows of the authority, and where the export is a part of it only those that the part names. */
function only({ isAll }: Z3Scope, own: SQL, named: SQL): SQL {
  return isAll ? own : sql`${own} and t.id in (${named})`;
}

function suppliersOf({ funded }: Z3Scope): SQL {
  return sql`select o.supplier_id from orders o where ${funded("o.grant_id", "o.fiscal_year")}
    union select i.supplier_id from invoices i where ${funded("i.grant_id", "i.fiscal_year")}`;
}

function recordersOf({ funded }: Z3Scope): SQL {
  return sql`select e.recorded_by from entries e join accounts a on a.id = e.account_id
      where ${funded("a.grant_id", "a.fiscal_year")}
    union select c.certified_by from certifications c join invoices i on i.id = c.invoice_id
      where ${funded("i.grant_id", "i.fiscal_year")}
    union select f.recorded_by from attachments f where f.subject_id in (${subjectsOf(funded)})`;
}

/** Documents to which files are attached. */
export function subjectsOf(funded: Z3Scope["funded"]): SQL {
  const ofGrant = funded("g.grant_id", "null::integer");
  return sql`select g.id from grants g where ${funded("g.id", "null::integer")}
    union all select g.id from notices g where ${ofGrant}
    union all select g.id from drawdowns g where ${ofGrant}
    union all select g.id from repayments g where ${ofGrant}
    union all select g.id from proofs_of_use g where ${ofGrant}
    union all select p.id from payouts p join drawdowns g on g.id = p.drawdown_id where ${ofGrant}
    union all select a.id from proof_answers a join proofs_of_use g on g.id = a.proof_id where ${ofGrant}
    union all select o.id from orders o where ${funded("o.grant_id", "o.fiscal_year")}
    union all select i.id from invoices i where ${funded("i.grant_id", "i.fiscal_year")}
    union all select p.id from payments p join invoices i on i.id = p.invoice_id
      where ${funded("i.grant_id", "i.fiscal_year")}`;
}

/** The roles that a person has now: of each line of their history the newest counts. */
function rolesNow(words: Z3Words): string {
  return `(select string_agg(${wordOf("held.role", words.roles)}, ', ' order by held.role) from (
    select distinct newest.role from (
      select distinct on (r.role, r.school_id) r.role, r.is_granted from role_assignments r
      where r.user_id = t.id order by r.role, r.school_id, r.created_at desc) newest
    where newest.is_granted) held)`;
}
