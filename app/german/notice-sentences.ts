/** Sentences for refusals of terms and of later notices. */
import { formatDay, formatEuro } from "./notation.ts";
import type { Sentences } from "./violations.ts";

export const noticeSentences = {
  full_grant_has_no_rate: () => "Eine Vollfinanzierung zahlt 100 % der förderfähigen Kosten.",
  advance_needs_spend_by: () =>
    "Zu einem Vorschuss gehört die Frist, in der er zu verwenden ist (in Monaten).",
  due_before_period: ({ spendFrom }) =>
    `Der Tag liegt vor dem Bewilligungszeitraum, der am ${formatDay(spendFrom)} beginnt.`,
  grant_above_costs: ({ most }) =>
    `Die Zuwendung ist höher als die Kosten, die nach Abzug der Drittmittel bleiben: höchstens ${formatEuro(most)}.`,

  amendment_before_notice: ({ noticeOn }) =>
    `Ein Folgebescheid kann nicht vor dem Zuwendungsbescheid vom ${formatDay(noticeOn)} ergangen sein.`,
  valid_before_last_notice: ({ validFrom }) =>
    `Die Bedingungen gelten schon in der Fassung vom ${formatDay(validFrom)}; eine neue kann nicht früher gelten.`,
  grant_is_closed: () =>
    "Diese Zuwendung ist abgeschlossen (Schlussbescheid oder Widerruf); darauf wird nichts mehr bestellt oder in Rechnung gestellt.",
  line_below_spent: ({ spent }) =>
    `Auf dieser Kostenposition sind schon ${formatEuro(spent)} bestellt oder in Rechnung gestellt.`,
  lines_below_spent: ({ spent }) =>
    `Insgesamt sind schon ${formatEuro(spent)} bestellt oder in Rechnung gestellt; so wenig kann nicht bewilligt bleiben.`,
  line_missing: ({ school, code }) =>
    `Die Kostenposition ${school} ${code} fehlt, obwohl auf ihr schon gebucht ist.`,
  reallocation_changes_total: ({ expected }) =>
    `Eine Umwidmung lässt die Summe, wie sie ist: ${formatEuro(expected)}.`,
  reallocation_needs_consent: ({ most }) =>
    `Ohne Zustimmung der Bewilligungsbehörde darf diese Position höchstens ${formatEuro(most)} betragen (Überschreitung laut Bescheid, ANBest-P 1.2). Bitte das Zeichen der Zustimmung angeben.`,
  base_amount_stays_at_school: ({ movable }) =>
    `Der Sockelbetrag bleibt bei seiner Schule: Hierher können höchstens ${formatEuro(movable)} verschoben werden.`,
  orders_still_open: ({ committed }) =>
    `Es sind noch ${formatEuro(committed)} durch Aufträge gebunden. Bitte die Aufträge zuerst abrechnen oder schließen.`,
  final_above_grant: ({ most }) =>
    `Ein Schlussbescheid oder Widerruf kann nicht mehr festsetzen, als bisher bewilligt ist (${formatEuro(most)}).`,
} satisfies Partial<Sentences>;
