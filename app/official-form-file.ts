/**
 * Reads the description of a form (Vordruck): YAML with German keys, checked whole before anything of it is used.
 * All values are text; a field that the program does not know is refused with a sentence that names it.
 */
import { parseDocument } from "yaml";
import { z } from "zod";
import {
  type FormSection,
  type HeadField,
  headFields,
  formFields,
  type OfficialForm,
  type RowSource,
  rowSources,
  type ValueKind,
} from "./domain/official-form.ts";
import { formFieldWords, headFieldWords, rowSourceWords } from "./german/official-form-words.ts";
import { notEmpty, read } from "./programme-values.ts";

export type FormFile = { form: OfficialForm } | { problems: string[] };

const section = z.strictObject({
  Titel: notEmpty,
  Zeilen: notEmpty,
  Spalten: z
    .array(z.strictObject({ Feld: notEmpty, Überschrift: notEmpty.optional() }))
    .min(1, "Bitte mindestens eine Spalte nennen."),
  Gruppen: z.array(notEmpty).default([]),
  Sortierung: z.array(notEmpty).default([]),
  Summen: z.array(notEmpty).default([]),
  Hinweis: notEmpty.optional(),
});

const schema = z.strictObject({
  Kennung: read(
    (text) => (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(text) && text.length <= 60 ? text : undefined),
    "Bitte Kleinbuchstaben, Ziffern und Bindestriche, etwa st-auszahlungsantrag.",
  ),
  Titel: notEmpty,
  Land: read(
    (text) => (/^[A-Z]{2}$/.test(text) ? text : undefined),
    "Bitte zwei Großbuchstaben, etwa NI.",
  ),
  Erläuterung: notEmpty,
  Quellen: z.array(notEmpty).min(1, "Bitte mindestens eine Quelle nennen."),
  Kopf: z.array(notEmpty).default([]),
  Investitionsarten: z
    .array(
      z.strictObject({
        Name: notEmpty,
        Fördergegenstände: z.record(z.string(), z.array(notEmpty)),
      }),
    )
    .default([]),
  Abschnitte: z.array(section).min(1, "Bitte mindestens einen Abschnitt nennen."),
  Hinweise: z.array(notEmpty).default([]),
});

export function readOfficialForm(text: string): FormFile {
  // "failsafe": every value is text, as in a programme file.
  const document = parseDocument(text, { schema: "failsafe", merge: false });
  if (document.errors.length > 0) {
    return { problems: [`Die Datei ist kein gültiges YAML: ${document.errors[0]!.message}`] };
  }
  const parsed = schema.safeParse(document.toJS());
  if (!parsed.success) return { problems: parsed.error.issues.map(problemOf) };
  const problems: string[] = [];
  const file = parsed.data;
  const form: OfficialForm = {
    key: file.Kennung,
    title: file.Titel,
    state: file.Land,
    explanation: file.Erläuterung,
    sources: file.Quellen,
    head: file.Kopf.flatMap((name) => headField(name, problems)),
    investments: file.Investitionsarten.map(({ Name, Fördergegenstände }) => {
      return { name: Name, codes: Fördergegenstände };
    }),
    sections: file.Abschnitte.flatMap((one) => sectionOf(one, problems)),
    notes: file.Hinweise,
  };
  const needsKinds = form.sections.some(({ source }) => source === "investments");
  if (needsKinds && form.investments.length === 0) {
    problems.push("Ein Abschnitt zeigt Investitionsarten, aber die Datei nennt keine.");
  }
  return problems.length > 0 ? { problems } : { form };
}

function problemOf({ code, path, message, ...issue }: z.core.$ZodIssue): string {
  const place = path.map((step) => (typeof step === "number" ? `Nr. ${step + 1}` : String(step)));
  if (code === "unrecognized_keys") {
    const { keys } = issue as { keys: string[] };
    return [...place, `Unbekannter Eintrag „${keys.join("“, „")}“.`].join(", ");
  }
  const isAbsent = code === "invalid_type";
  return [...place, isAbsent ? "Die Angabe fehlt oder hat die falsche Form." : message].join(", ");
}

function headField(name: string, problems: string[]): HeadField[] {
  const field = (Object.keys(headFields) as HeadField[]).find(
    (one) => headFieldWords[one] === name,
  );
  if (field) return [field];
  problems.push(
    `Kopf: Das Feld „${name}“ gibt es nicht. Möglich sind: ${Object.values(headFieldWords).join(", ")}.`,
  );
  return [];
}

function sectionOf(given: z.output<typeof section>, problems: string[]): FormSection[] {
  const place = `Abschnitt „${given.Titel}“`;
  const source = rowSources.find((one) => rowSourceWords[one] === given.Zeilen);
  if (!source) {
    const known = Object.values(rowSourceWords).join(", ");
    problems.push(`${place}: Zeilen „${given.Zeilen}“ gibt es nicht. Möglich sind: ${known}.`);
    return [];
  }
  const field = (name: string) => fieldOf(source, name, place, problems);
  const columns = given.Spalten.map(({ Feld, Überschrift }) => {
    return { field: field(Feld), title: Überschrift ?? Feld };
  });
  const sums = given.Summen.map(field);
  const kinds: Record<string, ValueKind> = formFields[source];
  sums.forEach((one, index) => {
    const isColumn = columns.some((column) => column.field === one);
    if (one && (kinds[one] !== "amount" || !isColumn)) {
      problems.push(
        `${place}: „${given.Summen[index]}“ lässt sich nicht summieren; eine Summe steht nur unter einer Spalte mit Beträgen.`,
      );
    }
  });
  const titles = columns.map(({ title }) => title);
  const twice = titles.find((title, index) => titles.indexOf(title) < index);
  if (twice) problems.push(`${place}: Die Überschrift „${twice}“ kommt zweimal vor.`);
  return [
    {
      title: given.Titel,
      note: given.Hinweis ?? "",
      source,
      columns,
      groupBy: given.Gruppen.map(field),
      sortBy: given.Sortierung.map(field),
      sums,
    },
  ];
}

function fieldOf(source: RowSource, name: string, place: string, problems: string[]): string {
  const words: Record<string, string> = formFieldWords[source];
  const found = Object.keys(words).find((key) => words[key] === name);
  if (found) return found;
  problems.push(
    `${place}: Das Feld „${name}“ gibt es für ${rowSourceWords[source]} nicht. Möglich sind: ${Object.values(words).join(", ")}.`,
  );
  return "";
}
