/** Sentences for refusals while money is spent, shared and reversed. */
import { awardKindWords } from "./book-words.ts";
import { formatDay, formatEuro, formatPercent } from "./notation.ts";
import type { Sentences } from "./violations.ts";

export const spendingSentences = {
  order_number_booked: ({ number, orderedOn, amount }) =>
    `Ein Auftrag mit dieser Nummer ist bei diesem Lieferanten am ${formatDay(orderedOn)} über ${formatEuro(amount)} schon gebucht („${number}“). Ist es ein anderer Auftrag, bitte hier bestätigen; sonst ist nichts mehr zu tun.`,
  no_lines: () => "Bitte mindestens eine Zeile eintragen.",
  outside_approval_period: ({ from, until }) =>
    `Der Tag liegt außerhalb des Bewilligungszeitraums (${formatDay(from)} bis ${formatDay(until)}).`,
  running_cost_on_grant: () =>
    "Laufende Kosten sind nicht zuwendungsfähig. Bitte im Gemeindehaushalt buchen, nicht auf der Zuwendung.",
  accompanying_without_grant: () =>
    "Investive Begleitmaßnahmen gibt es nur auf einer Zuwendung. Bitte „laufende Kosten“ oder „Investition“ wählen.",
  ordered_as_accompanying: () =>
    "Bestellt ist das als investive Begleitmaßnahme. Bitte auch hier „investive Begleitmaßnahme“ wählen.",
  accompanying_needs_investment: () =>
    "Bitte die Investition auswählen, zu der diese Beratung unmittelbar gehört.",
  accompanying_needs_reason: () =>
    "Bitte begründen, warum diese externe Beratung zur Investition gehört (§ 3 Abs. 4 der Verwaltungsvereinbarung).",
  ineligible_without_grant: () =>
    "Nicht förderfähige Teile gibt es nur auf einer Zuwendung. Im Haushalt zählt der ganze Betrag.",
  outside_fiscal_year: ({ fiscalYear, from, until }) =>
    `Für das Haushaltsjahr ${fiscalYear} wird vom ${formatDay(from)} bis ${formatDay(until)} gebucht.`,
  line_not_in_grant: () => "Diese Kostenposition gehört nicht zu dieser Zuwendung.",
  exceeds_line: ({ available }) =>
    `Auf dieser Kostenposition sind nur noch ${formatEuro(available)} verfügbar.`,
  exceeds_approved_total: ({ available }) =>
    `In dieser Zuwendung sind nur noch ${formatEuro(available)} verfügbar.`,
  ineligible_out_of_range: () =>
    "Der nicht förderfähige Teil darf nicht größer sein als der Betrag der Zeile.",
  ineligible_needs_reason: () => "Bitte angeben, warum der Teil nicht förderfähig ist.",
  order_line_not_open: () => "Dieser Auftrag ist vollständig abgerechnet oder geschlossen.",
  order_of_other_supplier: () => "Dieser Auftrag ging an einen anderen Lieferanten.",
  order_of_other_line: () => "Dieser Auftrag bindet Geld einer anderen Kostenposition.",
  before_its_order: ({ orderedOn }) =>
    `Die Rechnung kann nicht älter sein als der Auftrag vom ${formatDay(orderedOn)}.`,
  invoice_recorded_before: () =>
    "Diese Rechnungsnummer desselben Lieferanten ist schon gebucht. Eine Rechnung wird nur einmal erfasst.",
  nothing_eligible: () =>
    "An dieser Rechnung ist nichts förderfähig; dann gehört sie nicht auf die Zuwendung.",
  net_above_gross: () => "Der Nettobetrag kann nicht größer sein als der Bruttobetrag.",
  sums_differ: ({ ours, stated, allowed }) =>
    `Laut Rechnung sind es ${formatEuro(stated)}, aus Netto und Steuersatz ergeben sich ${formatEuro(ours)}. Mehr als ${formatEuro(allowed)} Unterschied braucht hier eine Begründung.`,
  discount_rate_too_high: () => "Das Skonto muss unter 100 Prozent liegen.",
  discount_until_missing: () => "Bitte angeben, bis wann das Skonto gilt.",
  due_before_invoice: () => "Dieser Tag kann nicht vor dem Rechnungsdatum liegen.",
  exceeds_order: ({ open }) =>
    `Die Rechnung geht über den Auftrag hinaus: Offen sind noch ${formatEuro(open)}. Bitte erst den Auftrag erhöhen.`,
  exceeds_order_needs_reason: ({ open }) =>
    `Die Rechnung geht über den Auftrag hinaus: Offen sind noch ${formatEuro(open)}. Bitte hier begründen; eine zweite Person stellt die Rechnung dann fest. Oder erst den Auftrag erhöhen.`,
  credited_missing: () => "Bitte die Rechnung auswählen, die diese Gutschrift mindert.",
  credited_of_other_supplier: () => "Diese Rechnung kam von einem anderen Lieferanten.",
  credited_by_invoice: () =>
    "Nur eine Gutschrift mindert eine Rechnung. Bitte als Art der Rechnung „Gutschrift“ wählen.",
  prepaid_without_deduction: () =>
    "Ein Abschlag wird nur in einer Zeile der Art „Abzug eines Abschlags“ abgezogen.",
  credited_is_cut: () =>
    "Diese Rechnung ist im Prüfvermerk gekürzt. Bitte erst den Prüfvermerk stornieren und danach neu buchen.",
  refund_without_discount: () => "Bei einer Erstattung gibt es kein Skonto.",
  credited_before_last_deed: ({ notBefore }) =>
    `Auf die Rechnung wurde noch am ${formatDay(notBefore)} gebucht; die Gutschrift kann nicht früher liegen.`,
  credit_exceeds_invoice: ({ left }) =>
    `Auf dieser Kostenposition stehen von der Rechnung noch ${formatEuro(left)}. Bitte einen Betrag größer als 0 und höchstens so hoch eingeben.`,
  deduction_exceeds_line: () =>
    "Auf dieser Kostenposition wird mehr abgezogen, als die Rechnung dort berechnet.",
  prepayment_missing: () =>
    "Bitte die Abschlagsrechnung desselben Lieferanten auswählen, die hier abgezogen wird.",
  prepayment_exceeded: ({ left }) =>
    `Von diesem Abschlag sind nur noch ${formatEuro(left)} abzuziehen.`,
  award_above_threshold: ({ value, limit, kind, note }) =>
    `Der Auftragswert von ${formatEuro(value)} netto liegt über der Wertgrenze von ${formatEuro(limit)} für „${awardKindWords[kind]}“. Bitte hier begründen, warum diese Vergabeart trotzdem zulässig war.${note && ` Hinweis: ${note}`}`,
  vat_rate_too_high: ({ most }) =>
    `So hoch ist keine Umsatzsteuer: Bitte höchstens ${formatPercent(most)} eintragen.`,
  award_needs_reference: () => "Bitte die Nummer des Vergabeverfahrens eintragen.",
  changed_before_last_deed: ({ notBefore }) =>
    `Auf diesen Auftrag wurde noch am ${formatDay(notBefore)} gebucht; er kann nicht früher geändert werden.`,
  nothing_changed: () => "Bitte bei mindestens einer Zeile eintragen, um wie viel sie sich ändert.",
  lowered_below_invoiced: ({ open }) =>
    `Von dieser Zeile sind nur noch ${formatEuro(open)} offen; um mehr kann sie nicht gesenkt werden.`,
  certified_before: () => "Diese Rechnung ist schon festgestellt.",
  certified_before_invoice: ({ invoicedOn }) =>
    `Die Feststellung kann nicht vor der Rechnung vom ${formatDay(invoicedOn)} liegen.`,
  certified_by_recorder: () =>
    "Wer die Rechnung erfasst hat, kann sie nicht selbst feststellen. Das übernimmt eine zweite Person.",
  paid_by_involved: ({ others }) =>
    `Wer die Rechnung erfasst oder festgestellt hat, bezahlt sie nicht selbst. ${
      others.length > 0
        ? `Das übernimmt ${others.join(" oder ")}.`
        : "Noch hat sonst niemand die Rolle Kasse; bitte an die Verwaltung der Zugänge wenden."
    }`,
  bank_needs_iban: () => "Bitte auch die IBAN eintragen; der Name der Bank allein genügt nicht.",
  share_out_of_range: () => "Bitte einen Anteil von 0 bis 100 Prozent eingeben.",
  closed_before_last_deed: ({ notBefore }) =>
    `Auf diesen Auftrag wurde noch am ${formatDay(notBefore)} gebucht; er kann nicht früher geschlossen werden.`,
  nothing_to_free: () => "Dieser Auftrag bindet nichts mehr.",

  payment_does_not_settle: ({ expected }) =>
    `Mit diesem Skonto sind ${formatEuro(expected)} zu zahlen. Betrag und Skonto zusammen müssen die Rechnung ausgleichen; wird nur ein Teil bezahlt, bitte „Teilzahlung“ ankreuzen.`,
  missed_discount_counts: () =>
    "Dieses Förderprogramm zieht nur gezogenes Skonto ab. Bitte hier nichts eintragen.",
  missed_discount_too_high: ({ most }) =>
    `Das nicht gezogene Skonto muss kleiner sein als die Zahlung (${formatEuro(most)}).`,
  not_certified: () =>
    "Diese Rechnung ist noch nicht als sachlich und rechnerisch richtig festgestellt.",
  payment_exceeds_open: ({ open }) => `Offen sind nur noch ${formatEuro(open)}.`,
  payment_settles_all: () => "Damit ist die Rechnung ganz bezahlt; bitte „Teilzahlung“ abwählen.",
  discount_too_high: () => "Das Skonto ist für einzelne Zeilen höher als ihr Betrag.",
  paid_before: () => "Das ist schon bezahlt.",
  paid_before_demand: ({ demandedOn }) =>
    `Die Zahlung kann nicht vor der Rechnung vom ${formatDay(demandedOn)} liegen.`,
  before_reversal_of_replaced: ({ reversedOn }) =>
    `Der Beleg, den dieser ersetzt, zählt bis zu seinem Storno am ${formatDay(reversedOn)}. Bitte keinen früheren Tag eingeben.`,

  weights_missing: () => "Bitte für jedes Mitglied ein Gewicht eintragen; das eigene größer als 0.",
  appropriation_not_on_file: () => "Bitte einen Haushaltsansatz auswählen.",
  appropriation_of_other_year: ({ fiscalYear }) =>
    `Dieser Haushaltsansatz gehört zum Haushaltsjahr ${fiscalYear}.`,
  year_recorded_before: () =>
    "Für dieses Haushaltsjahr gibt es schon einen Plan oder einen Festbetrag; beides zugleich geht nicht.",
  demanded_before_year: ({ fiscalYear }) =>
    `Die Anforderung liegt zu lange vor dem Haushaltsjahr ${fiscalYear}.`,

  reversed_already: () => "Dieser Beleg ist schon storniert.",
  reversed_before_booking: ({ bookedOn }) =>
    `Der Storno kann nicht vor der Buchung vom ${formatDay(bookedOn)} liegen.`,
  reverse_dependents_first: ({ dependents }) =>
    `Darauf bauen andere Belege auf. Bitte zuerst stornieren: ${dependents.join("; ")}.`,
  reversed_before_dependents: ({ reversedOn }) =>
    `Was auf diesem Beleg stand, zählt bis zu seinem Storno am ${formatDay(reversedOn)}. Bitte keinen früheren Tag eingeben.`,
  reversal_overspends: () =>
    "Nach diesem Storno wäre mehr ausgegeben als da ist: Das Geld ist inzwischen anders verplant.",

  school_name_taken: () => "Eine Schule dieses Namens ist schon angelegt.",
  resolution_number_taken: () => "Ein Beschluss mit dieser Nummer ist schon angelegt.",
  needs_one_own_member: () => "Bitte genau ein Mitglied als eigene Kommune kennzeichnen.",
} satisfies Partial<Sentences>;
