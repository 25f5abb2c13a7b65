/** Sentences for refusals while money is drawn, comes in and is given back. */
import type { DrawdownKind, Origin } from "../domain/drawdown.ts";
import type { InterestSlice } from "../domain/interest.ts";
import { formatDay, formatEuro, formatFactor, formatPercent } from "./notation.ts";
import type { Sentences } from "./violations.ts";

export const drawdownKindWords: Record<DrawdownKind, string> = {
  refund: "Erstattung",
  advance: "Vorschuss",
};

/** "Bescheid vom 01.05.2020, AZ 1", or the directive. */
export function originWords(origin: Origin): string {
  if (origin.by === "notice") {
    const notice = `Bescheid vom ${formatDay(origin.noticeOn)}`;
    return origin.reference ? `${notice}, ${origin.reference}` : notice;
  }
  return origin.directive;
}

export const drawdownSentences = {
  before_notice: ({ noticeOn }) =>
    `Vor dem Bescheid vom ${formatDay(noticeOn)} kann nichts abgerufen werden.`,
  grant_is_revoked: ({ validFrom, origin }) =>
    `Die Zuwendung ist seit dem ${formatDay(validFrom)} widerrufen; sie wird nicht mehr ausgezahlt (${originWords(origin)}).`,
  after_draw_deadline: ({ until, origin }) =>
    `Abgerufen werden kann nur bis zum ${formatDay(until)} (${originWords(origin)}).`,
  drawn_after_proof_only: ({ upTo, grant, origin }) =>
    `Zuwendungen bis ${formatEuro(upTo)} werden erst nach dem Verwendungsnachweis ausgezahlt; diese beträgt ${formatEuro(grant)}, und ein Verwendungsnachweis ist bis zu diesem Tag nicht eingereicht (${originWords(origin)}).`,
  advance_not_allowed: ({ origin }) =>
    `Ein Vorschuss ist nicht vorgesehen: Abgerufen wird nur, was schon bezahlt ist (${originWords(origin)}).`,
  advance_only_above: ({ above, grant, origin }) =>
    `Einen Vorschuss gibt es nur für Zuwendungen über ${formatEuro(above)}; diese beträgt ${formatEuro(grant)} (${originWords(origin)}).`,
  exceeds_paid: ({ on, drawable: { refund, paid, due, drawn } }) =>
    `Zum ${formatDay(on)} können höchstens ${formatEuro(refund)} abgerufen werden: Förderfähig bezahlt sind ${formatEuro(paid)}, davon trägt die Zuwendung ${formatEuro(due)}; abgerufen sind schon ${formatEuro(drawn)}.`,
  exceeds_advance: ({ on, drawable: { due, drawn }, advance: { amount, rate, grant, most } }) =>
    `Zum ${formatDay(on)} können höchstens ${formatEuro(amount)} abgerufen werden: Von den bezahlten Kosten trägt die Zuwendung ${formatEuro(due)}, als Vorschuss kommen höchstens ${formatPercent(rate)} von ${formatEuro(grant)} dazu (${formatEuro(most)}), zusammen nie mehr als die Zuwendung; abgerufen sind schon ${formatEuro(drawn)}.`,

  before_drawdown: ({ requestedOn }) =>
    `Das Geld kann nicht vor dem Abruf vom ${formatDay(requestedOn)} eingegangen sein.`,
  exceeds_drawdown: ({ available }) =>
    `Von diesem Abruf stehen nur noch ${formatEuro(available)} aus.`,

  nothing_repaid: () => "Bitte einen Betrag oder Zinsen eintragen.",
  nothing_received: () =>
    "Auf diese Zuwendung ist noch nichts eingegangen; es gibt nichts zurückzuzahlen.",
  before_first_payout: ({ receivedOn }) =>
    `Vor dem ersten Zahlungseingang vom ${formatDay(receivedOn)} kann nichts zurückgezahlt sein.`,
  exceeds_received: ({ available, received, repaid }) =>
    `Zurückgezahlt werden können höchstens ${formatEuro(available)}: Eingegangen sind bis dahin ${formatEuro(received)}, zurückgezahlt schon ${formatEuro(repaid)}.`,
} satisfies Partial<Sentences>;

type Text<Value> = Value extends string | number | null
  ? Value
  : Value extends { toFixed: unknown }
    ? string
    : { [Key in keyof Value]: Text<Value[Key]> };

/** How the interest of a slice is reckoned, or what is missing for it. */
export function interestWords(slice: Text<InterestSlice>): string {
  const { amount, days, interest, missing, from, until } = slice;
  if (!interest) {
    return missing === "base_rate"
      ? `Für die Zeit vom ${formatDay(from)} bis ${formatDay(until)} ist kein Basiszinssatz hinterlegt. Bitte in der Programmdatei unter „Basiszinssätze“ ergänzen.`
      : "Die Richtlinie nennt keinen Zinssatz; es gilt, was die Bewilligungsbehörde festsetzt.";
  }
  const { rate, daysPerYear } = interest;
  return `${formatEuro(amount)} × ${formatPercent(rate)} × ${days === 1 ? "1 Tag" : `${days} Tage`} ÷ ${daysPerYear}`;
}

/** "Basiszinssatz -0,88 % + 5 Punkte". */
export function rateWords({ interest }: Pick<Text<InterestSlice>, "interest">): string {
  if (!interest) return "–";
  return `${formatPercent(interest.rate)} (Basiszinssatz ${formatPercent(interest.baseRate)} + ${formatFactor(interest.points)} Punkte)`;
}
