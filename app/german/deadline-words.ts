/** What a deadline is called, by which rule it is due, where that is written, how far it is. */
import { type Day, daysBetween } from "../domain/calendar.ts";
import type { Deadline, DeadlineKind, Origin, Urgency } from "../domain/deadline.ts";
import { noticeTitles } from "../domain/titles.ts";
import { formatDay } from "./notation.ts";

type Words = {
  /** What is to be done. */
  what: string;
  /** The rule by which it is due. */
  rule: string;
  /** What the sum at stake is. */
  amount: string;
};

export const deadlineWords: Record<DeadlineKind, Words> = {
  application: {
    what: "Anträge stellen",
    rule: "Antragsfrist des Förderprogramms",
    amount: "noch nicht bewilligt",
  },
  first_come: {
    what: "Anträge im Windhundverfahren stellen",
    rule: "Ende des Windhundverfahrens",
    amount: "noch nicht bewilligt",
  },
  approval: {
    what: "Bewilligung erhalten",
    rule: "Ende der Bewilligungen im Förderprogramm",
    amount: "noch nicht bewilligt",
  },
  period: {
    what: "Bewilligte Kosten verwenden",
    rule: "Ende des Bewilligungszeitraums",
    amount: "nicht bestellt",
  },
  completion: {
    what: "Maßnahmen abschließen",
    rule: "Abschluss der Maßnahmen im Förderprogramm",
    amount: "noch nicht in Rechnung gestellt",
  },
  draw: {
    what: "Mittel abrufen",
    rule: "Auszahlungsfrist",
    amount: "noch nicht abgerufen",
  },
  spend_by: {
    what: "Ausgezahltes Geld verwenden",
    rule: "Verwendungsfrist nach der Auszahlung",
    amount: "noch nicht verwendet",
  },
  interim_proof: {
    what: "Zwischennachweis vorlegen",
    rule: "Frist des Zwischennachweises",
    amount: "",
  },
  proof: {
    what: "Verwendungsnachweis vorlegen",
    rule: "Frist des Verwendungsnachweises",
    amount: "",
  },
  report: {
    what: "Halbjahresbericht",
    rule: "Berichtspflicht zum Halbjahr",
    amount: "",
  },
  settlement: {
    what: "Abrechnung des Förderprogramms",
    rule: "Frist der Abrechnung im Förderprogramm",
    amount: "",
  },
  dedication: {
    what: "Ende der Zweckbindung",
    rule: "Zweckbindungsfrist",
    amount: "",
  },
  retention: {
    what: "Ende der Aufbewahrung der Belege",
    rule: "Aufbewahrungsfrist nach dem Verwendungsnachweis",
    amount: "",
  },
  contract_notice: {
    what: "Vertrag kündigen oder weiterlaufen lassen",
    rule: "Kündigungsfrist des Vertrags",
    amount: "kostet er in den 12 Monaten danach",
  },
  carryover: {
    what: "Übertragene Haushaltsmittel verwenden",
    rule: "Ende der Übertragbarkeit (§ 20 KomHKVO)",
    amount: "weder bestellt noch in Rechnung",
  },
};

/** "Halbjahresbericht zum 30.06.2021", "Ausgezahltes Geld verwenden (Mittelabruf Nr. 2)". */
export function deadlineTitle({ kind, detail }: Pick<Deadline, "kind" | "detail">): string {
  const { what } = deadlineWords[kind];
  if (detail === null) return what;
  if (kind === "contract_notice") return `${what} (zum ${formatDay(detail)})`;
  return kind === "report"
    ? `${what} zum ${formatDay(detail)}`
    : `${what} (Mittelabruf Nr. ${detail})`;
}

/** The document or the programme that lays it down. */
export function originText(origin: Origin): string {
  if (origin.by === "programme") return `Regel des Förderprogramms ${origin.name}`;
  if (origin.by === "contract") return `Vertrag vom ${formatDay(origin.on)}`;
  if (origin.by === "carryover") return `Übertragung vom ${formatDay(origin.on)}`;
  const { notice, on } = origin;
  const title =
    notice === null
      ? "Zahlungseingang"
      : notice === "grant"
        ? "Zuwendungsbescheid"
        : noticeTitles[notice];
  return `${title} vom ${formatDay(on)}`;
}

export const urgencyHeadings: Record<Urgency, string> = {
  over: "Überfällig",
  soon: "In den nächsten 90 Tagen",
  later: "Später",
};

/** "noch 12 Tage", "heute", "seit 3 Tagen vorbei". */
export function daysLeftText(on: Day, today: Day): string {
  const days = daysBetween(today, on);
  if (days === 0) return "heute";
  if (days === 1) return "morgen";
  if (days === -1) return "seit gestern vorbei";
  const count = new Intl.NumberFormat("de-DE").format(Math.abs(days));
  return days > 0 ? `noch ${count} Tage` : `seit ${count} Tagen vorbei`;
}
