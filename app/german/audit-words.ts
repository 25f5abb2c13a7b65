/** Marks of an audit (Prüfvermerke) and how far it is, in German. */
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
  sampled: "in Stichprobe, noch ohne Ergebnis",
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
