/** Master data before and after a change, as the change log says them. */
import type { AuthoritySettings } from "#app/domain/authority.ts";
import { overBudgetTitles, paymentTitles } from "#app/domain/titles.ts";
import type { SchoolDraft } from "./authorities.server.ts";

/** The settings as the change log says them. */
export function settingWords(settings: Required<AuthoritySettings>): Record<string, string> {
  return {
    "Vier-Augen-Prinzip": settings.fourEyes ? "ein" : "aus",
    Vorsteuerabzug: `${settings.inputTaxRate.toFixed()} %`,
    ...wordsOf(overBudgetTitles(settings), ": "),
    ...wordsOf(paymentTitles(settings), " "),
  };
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
  const said = (name: keyof SchoolDraft, of: object) =>
    String((of as Partial<SchoolDraft>)[name] ?? "–");
  const changed = (Object.keys(after) as (keyof SchoolDraft)[]).filter(
    (name) => said(name, before) !== said(name, after),
  );
  const values = (of: object) =>
    Object.fromEntries(changed.map((name) => [schoolWords[name], said(name, of)]));
  return { before: values(before), after: values(after) };
}

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
