/** Sentences for refusals in joint services (IKZ). */
import { formatAmount, formatDay, formatEuro, formatFactor, formatPercent } from "./notation.ts";
import type { Sentences } from "./violations.ts";

export const jointSentences = {
  needs_one_performing_member: () => "Bitte genau ein Mitglied als durchführend kennzeichnen.",
  needs_two_members: () => "Eine Zusammenarbeit hat mindestens zwei Mitglieder.",
  legal_form_needs_words: () => "Bitte angeben, welche andere Vereinbarung das ist.",
  ends_before_start: () => "Das Ende kann nicht vor dem Beginn liegen.",
  agreement_changed_members: () =>
    "Mitglieder kommen und gehen nur durch Beitritt und Austritt. Bitte die Liste lassen, wie sie ist.",
  member_missing: () => "Bitte das Mitglied auswählen.",
  member_name_missing: () => "Bitte den Namen des neuen Mitglieds eintragen.",
  member_left_before: () => "Dieses Mitglied ist schon ausgetreten.",
  performing_member_stays: () =>
    "Das durchführende Mitglied kann nicht austreten. Bitte zuerst in der Vereinbarung ein anderes als durchführend kennzeichnen.",
  outside_agreement: ({ from, until }) =>
    `Der Tag liegt außerhalb der Vereinbarung (ab ${formatDay(from)}${until ? ` bis ${formatDay(until)}` : ""}).`,
  year_settled_before: ({ fiscalYear }) =>
    `Das Haushaltsjahr ${fiscalYear} ist schon abgerechnet. Bitte zuerst dessen Abrechnung stornieren.`,

  key_is_empty: () => "Bitte mindestens eine Grundlage mit ihrem Anteil eintragen.",
  key_percents_not_full: ({ total }) =>
    `Die Anteile ergeben zusammen ${formatPercent(total)}; es müssen 100 % sein.`,
  key_needs_day_and_source: () => "Bitte Stichtag und Quelle der Zahlen angeben.",
  key_figure_missing: ({ member }) =>
    `Bitte die Zahl für ${member} eintragen, auch wenn sie 0 ist.`,
  key_figures_all_zero: () =>
    "Bei einer Grundlage sind alle Zahlen 0; damit lässt sich nichts teilen.",
  key_is_frozen: () =>
    "Auf diesem Schlüssel steht der Plan des Jahres. Er bleibt, wie er ist, bis der Plan storniert wird; nur Zahlen neuer Mitglieder können ergänzt werden.",
  key_year_without_members: () => "In diesem Haushaltsjahr hat die Vereinbarung keine Mitglieder.",
  key_fixed_sum_not_in_cents: () => "Bitte den Festbetrag in Euro und ganzen Cent eintragen.",
  key_missing: ({ fiscalYear }) =>
    `Für ${fiscalYear} gibt es noch keinen Verteilungsschlüssel. Bitte zuerst den Schlüssel festlegen.`,
  key_lacks_member: () =>
    "Im Schlüssel fehlen die Zahlen eines neuen Mitglieds. Bitte zuerst dort ergänzen.",
  fixed_sums_exceed_total: ({ fixed }) =>
    `Die Festbeträge ergeben zusammen ${formatEuro(fixed)}, mehr als zu teilen ist.`,

  agreement_lacks_terms: () =>
    "Bitte zuerst die Vereinbarung ergänzen: Es fehlt, welches Mitglied durchführt.",
  own_appropriation_not_used: () =>
    "Wir führen selbst durch: Unsere Kosten stehen als eigene Rechnungen im Haushalt. Bitte hier keinen Haushaltsansatz wählen.",
  own_share_when_performing: () =>
    "Wir führen selbst durch und rechnen mit allen ab. Bitte den Betrag als Summe aller Mitglieder eintragen.",
  year_without_own_membership: () => "In diesem Haushaltsjahr sind wir kein Mitglied.",
  due_days_missing: () => "Bitte 1 bis 12 Fälligkeiten eintragen.",
  due_days_not_in_order: () => "Bitte die Fälligkeiten der Reihe nach eintragen.",
  due_day_outside_year: ({ fiscalYear }) =>
    `Ein Abschlag für ${fiscalYear} ist frühestens am 01.01.${fiscalYear} und spätestens am 31.12.${fiscalYear + 1} fällig.`,
  due_day_before_plan: ({ plannedOn }) =>
    `Ein Abschlag kann nicht fällig sein, bevor der Plan am ${formatDay(plannedOn)} aufgestellt ist.`,

  member_does_not_pay_here: () =>
    "Von diesem Mitglied ist hier nichts zu buchen. Bitte eines auswählen, dessen Zahlung über unsere Kasse läuft.",
  year_settled: () => "Dieses Jahr ist schon abgerechnet. Bitte zuerst die Abrechnung stornieren.",
  paid_before_plan: ({ plannedOn }) =>
    `Die Zahlung kann nicht vor dem ${formatDay(plannedOn)} liegen, an dem sie angefordert wurde.`,
  instalments_exceeded: ({ open }) =>
    `Von den Abschlägen dieses Mitglieds sind nur noch ${formatEuro(open)} offen.`,
  balance_exceeded: ({ open }) => `Offen sind nur noch ${formatEuro(open)}.`,

  cost_needs_amount: () => "Bitte einen Betrag eintragen.",
  cost_needs_reference: () => "Bitte die Nummer des Belegs eintragen.",
  cost_needs_hours: () => "Bitte Stunden und Stundensatz eintragen.",
  cost_outside_year: ({ fiscalYear }) =>
    `Der Tag liegt nicht im Haushaltsjahr ${fiscalYear}. Was in einem anderen Jahr entstanden ist, gehört in dessen Abrechnung.`,
  cost_before_agreement: ({ startedOn }) =>
    `Die Zusammenarbeit beginnt erst am ${formatDay(startedOn)}. Was vorher entstanden ist, zahlen die Mitglieder nicht.`,
  hours_beyond_a_person: ({ most }) =>
    `Mehr als ${formatFactor(most)} Stunden im Jahr kann eine Person nicht arbeiten (48 je Woche, § 3 ArbZG). Bitte die Stunden jeder Person einzeln erfassen.`,
  hourly_rate_too_high: ({ most }) =>
    `Ein Stundensatz über ${formatEuro(most)} ist kein Personalsatz. Bitte prüfen; ein Honorar bitte mit seinem Beleg erfassen.`,
  hours_have_their_amount: () =>
    "Der Betrag ergibt sich aus Stunden mal Stundensatz. Bitte hier nichts eintragen.",
  cost_needs_invoice: () => "Bitte die Rechnung auswählen.",
  invoice_paid_by_grant: () =>
    "Diese Rechnung zahlt eine Zuwendung. Was gefördert ist, kann den Mitgliedern nicht noch einmal berechnet werden.",
  invoice_counted_before: ({ left }) =>
    `Von dieser Rechnung sind nur noch ${formatEuro(left)} nicht in einer Abrechnung.`,
  invoice_counted_too_high: ({ invoice, over }) =>
    `Von der Rechnung ${invoice} stehen nach einer Gutschrift ${formatEuro(over)} zu viel in den Istkosten. Bitte zuerst diese Rechnung noch einmal als Istkosten erfassen, mit dem Betrag -${formatAmount(over)}.`,

  settled_before_year_ended: ({ lastDay }) =>
    `Abgerechnet wird frühestens am ${formatDay(lastDay)}, wenn alle Tage der Mitgliedschaft feststehen.`,
  settled_before_last_deed: ({ notBefore }) =>
    `In diesem Jahr wurde noch am ${formatDay(notBefore)} gebucht; die Abrechnung kann nicht früher liegen.`,
  due_before_settlement: () => "Die Fälligkeit kann nicht vor der Abrechnung liegen.",
  no_actual_costs: () => "Es sind noch keine Istkosten erfasst.",
  costs_below_zero: () => "Die Istkosten ergeben zusammen weniger als 0.",

  own_member_is_not_offered: () =>
    "Das eigene Mitglied braucht keine Einsicht: Das sind Sie selbst.",
  member_is_linked: () =>
    "Dieses Mitglied hat schon Einsicht. Für einen anderen Schulträger bitte sie zuerst beenden.",
  link_code_unknown: () =>
    "Dieser Code gilt nicht: Er ist falsch, benutzt, zurückgenommen oder abgelaufen. Bitte beim führenden Schulträger einen neuen erbitten.",
  own_offer: () =>
    "Diese Einsicht haben Sie selbst angeboten. Der Code ist für das andere Mitglied.",
  linked_as_another_member: ({ member }) =>
    `Ihr Schulträger sieht diese Vereinbarung schon als „${member}“.`,
} satisfies Partial<Sentences>;
