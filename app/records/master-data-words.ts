/** Master data before and after a change, as the change log says them. */
import type { AuthoritySettings } from "#app/domain/authority.ts";
import type { Money } from "#app/domain/money.ts";
import type { GrantTerms } from "#app/domain/terms.ts";
import { overBudgetTitles, paymentTitles } from "#app/domain/titles.ts";
import type { SchoolDraft } from "./authorities.server.ts";

/** The settings as the change log says them. */
export function settingWords(settings: Required<AuthoritySettings>): Record<string, string> {
  return {
    "Vier-Augen-Prinzip": settings.fourEyes ? "ein" : "aus",
    "Zahlung durch eine weitere Person": settings.paidByAnother ? "ein" : "aus",
    Vorsteuerabzug: `${settings.inputTaxRate.toFixed()} %`,
    ...wordsOf(overBudgetTitles(settings), ": "),
    ...wordsOf(paymentTitles(settings), " "),
  };
}

/** Of two states in words what differs. */
export function changedWords(before: Record<string, string>, after: Record<string, string>) {
  const names = Object.keys({ ...before, ...after }).filter((name) => before[name] !== after[name]);
  const of = (all: Record<string, string>) =>
    Object.fromEntries(names.flatMap((name) => (name in all ? [[name, all[name]!]] : [])));
  return { before: of(before), after: of(after) };
}

/** "Aufträge über dem Haushalt: ablehnen", cut at the first separator. */
function wordsOf(titles: string[], separator: string): Record<string, string> {
  return Object.fromEntries(
    titles.map((title) => {
      const [name, ...value] = title.split(separator);
      return [name!, value.join(separator)];
    }),
  );
}

/** The columns of a school in which both differ, with what stood and what stands in them. */
export function changedInSchool(before: object, after: SchoolDraft) {
  return changedIn(schoolWords, before, after);
}

/** The terms of a grant in which both differ, with what was and what is in force. */
export function changedInTerms(before: GrantTerms, after: GrantTerms) {
  return changedIn(termWords, before, after);
}

function changedIn<Name extends string>(
  words: Record<Name, string>,
  before: object,
  after: object,
) {
  const said = (name: Name, of: object) => wordOf((of as Partial<Record<Name, unknown>>)[name]);
  const changed = (Object.keys(words) as Name[]).filter(
    (name) => said(name, before) !== said(name, after),
  );
  const values = (of: object) =>
    Object.fromEntries(changed.map((name) => [words[name], said(name, of)]));
  return { before: values(before), after: values(after) };
}

/** Days, amounts and percentages as the log says them, in the manner of a German reader. */
function wordOf(value: unknown): string {
  if (value === null || value === undefined) return "–";
  if (typeof value === "object") return (value as Money).toFixed().replace(".", ",");
  const day = /^(\d{4})-(\d\d)-(\d\d)$/.exec(String(value));
  return day ? `${day[3]}.${day[2]}.${day[1]}` : String(value);
}

/** What the change log calls the terms of a grant; amounts in euro, rates in percent. */
const termWords: Record<Exclude<keyof GrantTerms, "financingKind">, string> = {
  spendFrom: "Bewilligungszeitraum von",
  spendUntil: "Bewilligungszeitraum bis",
  fundingRate: "Fördersatz in %",
  grantAmount: "Bewilligte Zuwendung in €",
  thirdPartyAmount: "Drittmittel in €",
  lineTolerance: "Überschreitung je Position in %",
  drawUntil: "Abrufbar bis",
  advanceRate: "Vorschuss bis in %",
  spendWithinMonths: "Zu verwenden binnen (Monate)",
  interimProofDueOn: "Zwischennachweis bis",
  proofDueOn: "Verwendungsnachweis bis",
  dedicatedUntil: "Zweckbindung bis",
};

/** What the change log calls the columns of a school. */
const schoolWords: Record<keyof SchoolDraft, string> = {
  name: "Name",
  number: "Schulnummer",
  kind: "Schulform",
  pupils: "Schülerzahl",
  pupilsCountedOn: "Stichtag",
  pupilsAreIllustrative: "illustrativ",
  mediaConceptOn: "Medienbildungskonzept seit",
  mediaConceptState: "Medienbildungskonzept",
};
