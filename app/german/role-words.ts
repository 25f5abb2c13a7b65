/** What each role is for and what each permission means, as the page "Rollen und Rechte" says them. */
import type { Permission, Role } from "../domain/permission.ts";

export const roleHints: Record<Role, string> = {
  clerk: "beantragt, bestellt, erfasst Rechnungen, ruft Mittel ab, weist nach",
  verifier: "stellt fest, dass Rechnungen sachlich und rechnerisch richtig sind",
  treasurer: "bezahlt, liest Kontoauszüge ein, bucht Zahlungseingänge und Rückzahlungen",
  head_of_finance: "beschließt Ansätze, überträgt, widmet um, schließt Haushaltsjahre",
  coordinator: "führt Vereinbarungen der IKZ, ihre Pläne, Kosten und Abrechnungen",
  school: "sieht, was für die eigene Schule da ist, und meldet Bedarf",
  board: "sieht, was noch da ist; nichts über Personen",
  auditor: "liest alles und macht Prüfvermerke",
  granting_authority: "liest, was bei ihr eingereicht wurde; nur mit Einladung",
  administrator: "verwaltet Zugänge und Einstellungen, bucht nichts",
};

export const permissionWords: Record<Permission, string> = {
  use_account: "eigener Zugang",
  read_remaining: "Was ist noch da? und Fristen lesen",
  read_own_school: "eigene Schule lesen",
  read_submitted: "Eingereichtes lesen",
  read_books: "Zuwendungen, Haushalt, Belege, Journal lesen",
  read_all_books: "alles des Schulträgers lesen (Kontoauszüge, Verträge, IKZ)",
  export_books: "Prüfbuch, Prüfakte und Z3 ausgeben",
  read_changes: "Protokoll lesen",
  record: "Anträge, Bescheide, Aufträge, Rechnungen, Abrufe, Nachweise, Verträge, Anlagen buchen",
  record_notice: "Folgebescheide buchen",
  certify: "Rechnungen feststellen",
  pay: "Zahlungen, Kontoauszüge, Zahlungseingänge, Rückzahlungen buchen",
  decide_budget: "Haushalt beschließen, übertragen, umwidmen, Jahre schließen",
  coordinate: "IKZ führen und abrechnen",
  attach: "Anlagen ablegen und zurückziehen",
  reverse: "eigene Arten von Belegen stornieren",
  wish: "Bedarf der eigenen Schule melden",
  mark_receipts: "Prüfvermerke und Stichproben",
  manage_users: "Zugänge und Rollen verwalten",
  manage_settings: "Einstellungen ändern",
};
