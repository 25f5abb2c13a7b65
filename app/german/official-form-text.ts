/** A filled form as texts: the same for the page and for the paper. */
import type { FilledForm, FilledSection } from "../domain/filled-form.ts";
import type { Money } from "../domain/money.ts";
import { headFieldWords, valueText } from "./official-form-words.ts";

export type FormTextGroup = { name: string; rows: string[][]; sums: string[] | null };
export type FormTextSection = {
  title: string;
  note: string;
  columns: { label: string; isNumeric: boolean }[];
  groups: FormTextGroup[];
  total: string[] | null;
};
export type FormText = {
  title: string;
  head: [term: string, value: string][];
  sections: FormTextSection[];
  notes: string[];
};

/** Kinds of payment that a form can be for. */
export const paymentKindWords = { part: "Teilzahlung", final: "Schlusszahlung" } as const;
export type PaymentKind = keyof typeof paymentKindWords;

export function formText(form: FilledForm): FormText {
  return {
    title: form.title,
    head: form.head.map(({ field, kind, value }) => [
      headFieldWords[field],
      `${valueText(kind, value)}${kind === "amount" ? " €" : ""}` || "–",
    ]),
    sections: form.sections.map(sectionText),
    notes: form.notes,
  };
}

function sectionText({ title, note, columns, groups, total }: FilledSection): FormTextSection {
  const isGrouped = groups.some(({ name }) => name !== "");
  return {
    title,
    note,
    columns: columns.map(({ title: label, kind }) => ({ label, isNumeric: kind !== "text" })),
    groups: groups.map(({ name, rows, sums }) => ({
      name,
      rows: rows.map((row) => row.map((value, index) => valueText(columns[index]!.kind, value))),
      sums: isGrouped && total ? sumsText(sums, "Summe") : null,
    })),
    total: total && sumsText(total, isGrouped ? "Gesamt" : "Summe"),
  };
}

/** The word stands in the first column, where no form has a sum. */
function sumsText(sums: (Money | null)[], word: string): string[] {
  const texts = sums.map((amount) => (amount ? valueText("amount", amount) : ""));
  return texts[0] === "" ? [word, ...texts.slice(1)] : texts;
}
