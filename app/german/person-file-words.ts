/** What a person is told of what is on file about them, in German. */
import { roleWords } from "./words.ts";
import { documentKindWords } from "./book-words.ts";
import { deedWords } from "./deeds.ts";
import { sessionBeginWords } from "./sign-in-words.ts";
import { formatDay, formatMoment } from "./notation.ts";

/** Titles of the parts, by the column that names the person. */
export const partWords: Record<string, string> = {
  "users.id": "Zugang",
  "role_assignments.user_id": "Rollen",
  "audit_accesses.user_id": "Prüfzugänge",
  "sessions.user_id": "Sitzungen",
  "second_factors.user_id": "Zweiter Faktor",
  "recovery_codes.user_id": "Unbenutzte Wiederherstellungscodes",
  "password_links.user_id": "Offene Links zum Passwort",
  "directory_links.user_id": "Verbindung mit dem Verzeichnis",
  "calendar_feeds.user_id": "Kalender-Adresse",
  "pseudonymisations.user_id": "Ersetzte Angaben",
  "changes.subject_id": "Protokoll über den Zugang",
  "changes.changed_by": "Protokoll der eigenen Vorgänge",
  "entries.recorded_by": "Gebuchte Dokumente",
  "application_drafts.changed_by": "Entwürfe von Anträgen",
  "application_steps.recorded_by": "Schritte von Anträgen",
  "attachments.recorded_by": "Abgelegte Dateien",
  "attachment_withdrawals.withdrawn_by": "Zurückgezogene Dateien",
  "audit_marks.marked_by": "Prüfvermerke",
  "audit_samples.drawn_by": "Stichproben",
  "bank_statements.recorded_by": "Kontoauszüge",
  "foreign_bank_transactions.set_aside_by": "Beiseitegelegte Umsätze",
  "book_exports.asked_by": "Exporte",
  "certifications.certified_by": "Feststellungen",
  "e_invoices.received_by": "E-Rechnungen",
  "e_invoice_discards.discarded_by": "Verworfene E-Rechnungen",
  "import_drafts.uploaded_by": "Begonnene Importe",
  "imports.recorded_by": "Importe",
  "programmes.recorded_by": "Fassungen von Förderprogrammen",
  "school_wishes.wished_by": "Bedarfsmeldungen",
  "school_wish_ends.ended_by": "Antworten auf Bedarfsmeldungen",
  "role_assignments.assigned_by": "Vergebene Rollen",
  "audit_accesses.invited_by": "Ausgesprochene Einladungen",
  "audit_access_withdrawals.withdrawn_by": "Zurückgezogene Prüfzugänge",
  "pseudonymisations.pseudonymised_by": "Ausgeführte Löschläufe",
  "sent_forms.sent_by": "Gesendete Formulare der letzten dreißig Tage",
};

/** Headings of the columns. */
export const columnWords: Record<string, string> = {
  ...{ created_at: "Zeit", changed_at: "Zeit", recorded_at: "Zeit", sent_at: "Zeit" },
  ...{ name: "Name", email: "E-Mail-Adresse", is_active: "Zugang offen", role: "Rolle" },
  ...{ school_id: "Schule (Kennung)", is_granted: "erteilt", until: "letzter Tag" },
  ...{ fiscal_years: "Haushaltsjahre", last_used_at: "zuletzt benutzt", expires_at: "gilt bis" },
  ...{ begun_by: "angemeldet mit", browser: "Browser", address: "Netzadresse", id: "Kennung" },
  ...{
    confirmed_at: "bestätigt",
    purpose: "Zweck",
    issuer: "Verzeichnis",
    subject: "Kennung dort",
  },
  ...{ sealed_table: "Tabelle", reason: "Grund", deed: "Vorgang", text: "Text", before: "vorher" },
  ...{ after: "nachher", request_id: "Anfrage", document_kind: "Art", document_id: "Kennung" },
  ...{ title: "Titel", kind: "Art", file_name: "Dateiname", media_type: "Format", size: "Größe" },
  ...{ amount: "Betrag", method: "Verfahren", statement_id: "Auszug", transaction_id: "Umsatz" },
  ...{
    state: "Stand",
    certified_on: "festgestellt am",
    note: "Vermerk",
    issued_on: "ausgestellt am",
  },
  ...{ row_count: "Zeilen", key: "Programm", version: "Fassung", what: "was", quantity: "Anzahl" },
  ...{ estimated_amount: "geschätzt", user_id: "Zugang (Kennung)", access_id: "Prüfzugang" },
  ...{ location: "führte zu" },
};

/** Tables in whose words a name is searched. */
export const searchedTableWords: Record<string, string> = {
  ...{ changes: "Protokoll", suppliers: "Lieferanten", e_invoices: "E-Rechnungen" },
  ...{ bank_transactions: "Umsätze der Kontoauszüge", school_authorities: "Einstellungen" },
  ...{ earlier_rows: "Frühere Fassungen von Stammdaten", attachments: "Namen von Dateien" },
  ...{ imports: "Importe", import_drafts: "Begonnene Importe", book_exports: "Exporte" },
  ...{ application_drafts: "Entwürfe von Anträgen", application_steps: "Schritte von Anträgen" },
  ...{ applications: "Anträge", asset_disposals: "Abgänge von Anlagen", assets: "Anlagen" },
  ...{ attachment_withdrawals: "Zurückgezogene Dateien", audit_marks: "Prüfvermerke" },
  ...{ resolution_stages: "Beschlüsse", contract_changes: "Vertragsänderungen" },
  ...{ contracts: "Verträge", repayments: "Rückzahlungen", allotments: "Zuteilungen" },
  ...{ e_invoice_discards: "Verworfene E-Rechnungen", envelopes: "Höchstbeträge" },
  ...{ measures: "Maßnahmen", invoice_lines: "Positionen von Rechnungen", invoices: "Rechnungen" },
  ...{ joint_memberships: "IKZ: Mitgliedschaften", joint_terms: "IKZ: Bedingungen" },
  joint_links: "IKZ: Einsichten",
  ...{
    joint_costs: "IKZ: Kosten",
    joint_services: "IKZ: Dienste",
    joint_payments: "IKZ: Zahlungen",
  },
  ...{ joint_plans: "IKZ: Pläne", joint_settlements: "IKZ: Abrechnungen" },
  ...{ cost_shares: "Kostenanteile", entries: "Journal", reversals: "Stornos" },
  ...{ carryovers: "Ermächtigungsübertragungen", extra_approvals: "Über- und außerplanmäßiges" },
  ...{ supplements: "Nachträge", year_closings: "Jahresabschlüsse", notices: "Bescheide" },
  ...{ order_changes: "Auftragsänderungen", order_closures: "Abgeschlossene Aufträge" },
  ...{
    order_lines: "Positionen von Aufträgen",
    orders: "Aufträge",
    certifications: "Feststellungen",
  },
  ...{ programmes: "Förderprogramme", proof_answers: "Antworten auf Nachweise" },
  ...{ proof_cuts: "Kürzungen", proofs_of_use: "Verwendungsnachweise" },
  ...{ pseudonymisations: "Ersetzte Angaben", school_wish_ends: "Antworten auf Bedarfsmeldungen" },
  ...{ school_wishes: "Bedarfsmeldungen" },
};

const booleans: Record<string, string> = { true: "ja", false: "nein" };
const words: Record<string, Record<string, string>> = {
  ...{ deed: deedWords, role: roleWords, document_kind: documentKindWords },
  ...{ is_active: booleans, is_granted: booleans, begun_by: sessionBeginWords },
};

/** A value of a column as a German reader expects it. */
export function shownValue(column: string, value: string | undefined): string {
  if (value === undefined) return "–";
  if (words[column]) return words[column][value] ?? value;
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return formatMoment(value);
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return formatDay(value);
  return ["before", "after"].includes(column) ? ofChange(value) : value;
}

/** What stood in the log before or after: its names are German already. */
function ofChange(value: string): string {
  return Object.entries(JSON.parse(value) as Record<string, unknown>)
    .map(([name, said]) => `${name}: ${typeof said === "string" ? said : JSON.stringify(said)}`)
    .join("; ");
}
