/** The terms of a grant as an office reads them, each with where it comes from. */
import { type DueDate, dedicatedUntilOf, drawUntilOf, proofDueOf } from "../domain/due-dates.ts";
import type { Programme } from "../domain/programme.ts";
import type { GrantTerms } from "../domain/terms.ts";
import { formatDay, formatEuro, formatPercent } from "./notation.ts";
import { financingKindWords } from "./words.ts";

const unsaid = "nicht festgelegt";

export function termsFacts(
  terms: GrantTerms,
  programme: Programme,
): { term: string; value: string }[] {
  return [
    { term: "Bewilligte Zuwendung", value: formatEuro(terms.grantAmount) },
    {
      term: "Finanzierung",
      value: `${financingKindWords[terms.financingKind]}, ${formatPercent(terms.fundingRate)}`,
    },
    { term: "Drittmittel", value: formatEuro(terms.thirdPartyAmount) },
    {
      term: "Bewilligungszeitraum",
      value: `${formatDay(terms.spendFrom)} bis ${formatDay(terms.spendUntil)}`,
    },
    { term: "Überschreitung je Kostenposition", value: formatPercent(terms.lineTolerance) },
    { term: "Abrufbar bis", value: dueText(drawUntilOf(terms, programme)) },
    { term: "Vorschuss", value: advanceText(terms) },
    {
      term: "Zwischennachweis bis",
      value: terms.interimProofDueOn ? formatDay(terms.interimProofDueOn) : unsaid,
    },
    { term: "Verwendungsnachweis bis", value: dueText(proofDueOf(terms, programme)) },
    { term: "Zweckbindung bis", value: dueText(dedicatedUntilOf(terms, programme)) },
  ];
}

function dueText(due: DueDate | undefined): string {
  if (!due) return unsaid;
  return `${formatDay(due.on)} (${due.by === "notice" ? "laut Bescheid" : "laut Förderprogramm"})`;
}

function advanceText({ advanceRate, spendWithinMonths }: GrantTerms): string {
  if (advanceRate.isZero()) return "keiner, nur Erstattung";
  const within = spendWithinMonths === 1 ? "eines Monats" : `${spendWithinMonths} Monaten`;
  return `bis ${formatPercent(advanceRate)}, zu verwenden binnen ${within}`;
}
