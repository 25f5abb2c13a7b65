/** Words for pages that show an earlier state of the books, and for the scope of an audit workbook. */
import type { ScopeViolation } from "#app/domain/audit-scope.ts";

export const standSentences = {
  unreadable:
    "Der Stand ist kein Zeitpunkt. Bitte einen Tag wie 01.03.2026 oder einen Zeitpunkt wie 01.03.2026 12:00 angeben.",
  future:
    "Der Stand liegt in der Zukunft. Was dann bekannt sein wird, weiß noch niemand; bitte einen früheren Zeitpunkt angeben.",
  absent:
    "Zu dem Stand, den die Adresse nennt, gab es das vielleicht noch nicht. Im heutigen Stand steht, was heute da ist.",
} as const;

export const scopeSentences: Record<ScopeViolation["rule"], string> = {
  scope_of_grants_and_year:
    "Zuwendungen stehen nicht im Haushaltsjahr. Bitte entweder Zuwendungen oder ein Haushaltsjahr wählen.",
  scope_grant_unknown: "Zu diesem Stand gab es nicht alle gewählten Zuwendungen.",
  scope_year_unreadable: "Bitte ein Haushaltsjahr wie 2025 eingeben oder das Feld leer lassen.",
  scope_year_not_in_access:
    "Dieses Haushaltsjahr gehört nicht zu Ihrem Prüfzugang. Bitte ein anderes eingeben oder das Feld leer lassen.",
  scope_day_unreadable: "Bitte einen Stichtag wie 31.12.2024 eingeben.",
  scope_day_not_over:
    "Der Stichtag liegt nach dem Tag, dessen Kenntnis das Prüfbuch zeigt. Bitte einen früheren Tag wie 31.12.2024 eingeben.",
};
