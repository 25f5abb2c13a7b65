/** Marks of an audit (Prüfvermerke) and how far it is, in German. */
import type { Day } from "../domain/calendar.ts";
import { formatDay } from "./notation.ts";
import type { AuditMarkKind, AuditState, EnteredMarkKind } from "../domain/audit-mark.ts";

export const auditMarkWords: Record<AuditMarkKind, string> = {
  sampled: "in Stichprobe",
  accepted: "anerkannt",
  cut: "gekürzt",
  question: "Frage",
  answer: "Antwort",
  withdrawal: "zurückgenommen",
};

export const auditStateWords: Record<AuditState, string> = {
  asked: "Frage offen",
  cut: "gekürzt",
  sampled: "in Stichprobe",
  accepted: "anerkannt",
  answered: "Frage beantwortet",
  none: "ohne gültigen Vermerk",
};

/** What an auditor can choose. */
export const enteredMarkWords: Record<EnteredMarkKind, string> = {
  accepted: "anerkannt, ohne Beanstandung",
  cut: "Kürzung (mit Betrag und Grund)",
  question: "Frage an die Sachbearbeitung",
};

/** Said at sign-in to an auditor whose access does not let in any more. */
export function accessClosedSentence(access: { state: string; until: Day | null }): string {
  if (access.state === "withdrawn" || access.until === null) {
    return "Ihr Zugang wurde zurückgezogen. Bitte wenden Sie sich an den Schulträger.";
  }
  return `Ihr Zugang galt bis ${formatDay(access.until)}. Bitte wenden Sie sich an den Schulträger, wenn Sie ihn noch brauchen.`;
}

/** What an access shows. */
export function accessScopeWords(fileNumbers: string[], fiscalYears: number[]): string {
  if (fileNumbers.length + fiscalYears.length === 0) return "ganzer Schulträger";
  const years = fiscalYears.length === 1 ? "Haushaltsjahr" : "Haushaltsjahre";
  return [
    fileNumbers.length > 0 && `Zuwendung ${fileNumbers.join(", ")}`,
    fiscalYears.length > 0 && `${years} ${fiscalYears.join(", ")}`,
  ]
    .filter(Boolean)
    .join("; ");
}
