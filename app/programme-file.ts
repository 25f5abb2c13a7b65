/**
 * Reads a programme file (YAML with German keys) into typed rules, or into problems that name their
 * place. The file is checked whole before anything of it is used. All values are read as text: a
 * number would pass through a float.
 */
import {
  type Document,
  isCollection,
  isMap,
  isScalar,
  LineCounter,
  parseDocument,
  type Range,
  visit,
} from "yaml";
import { z } from "zod";
import type { Programme } from "./domain/programme.ts";
import { programmeSchema } from "./programme-schema.ts";

export type FileProblem = {
  /** Line of the file, from 1; undefined where something is missing altogether. */
  line: number | undefined;
  /** Such as "Finanzierung, Nr. 1, Fördersatz". */
  place: string;
  sentence: string;
};

export type ProgrammeFile = { programme: Programme } | { problems: FileProblem[] };

/** Longest file that is read, in characters. */
export const longestFile = 100_000;
const longestLine = 1_000;
const mostBrackets = 20;

export function readProgrammeFile(text: string): ProgrammeFile {
  const unwieldy = unwieldyPlace(text);
  if (unwieldy) return { problems: [unwieldy] };
  const lines = new LineCounter();
  // "failsafe": every value is text, so "445,455" stays what was written.
  const document = parseDocument(text, { schema: "failsafe", lineCounter: lines, merge: false });
  const broken = brokenPlace(document);
  if (broken) {
    const line = lines.linePos(broken.at).line;
    return { problems: [{ line, place: "Aufbau", sentence: broken.sentence }] };
  }
  const parsed = programmeSchema.safeParse(document.toJS());
  const found = parsed.success
    ? inconsistencies(parsed.data)
    : parsed.error.issues.flatMap((issue) => inconsistenciesOf(issue, document));
  const problems = found.map(({ path, sentence }) => ({
    line: lineOf(document, lines, path),
    place: path.map(spoken).join(", ") || "Datei",
    sentence,
  }));
  if (!parsed.success || problems.length > 0) return { problems };
  return { programme: parsed.data };
}

/**
 * What no programme file needs and what a parser that calls itself for each level may die of: a file,
 * a line or a nesting without measure. Levels without brackets need columns, so lines limit them.
 */
function unwieldyPlace(text: string): FileProblem | undefined {
  const place = "Aufbau";
  if (text.length > longestFile) {
    const sentence = "Die Datei ist zu groß: höchstens 100.000 Zeichen.";
    return { line: undefined, place: "Datei", sentence };
  }
  let open = 0;
  for (const [index, content] of text.split(/\r\n|\r|\n/).entries()) {
    const line = index + 1;
    if (content.length > longestLine) {
      return { line, place, sentence: "Die Zeile ist zu lang: höchstens 1.000 Zeichen." };
    }
    for (const sign of content) {
      if (sign === "[" || sign === "{") open++;
      if ((sign === "]" || sign === "}") && open > 0) open--;
      if (open > mostBrackets) return { line, place, sentence: "Zu viele offene Klammern." };
    }
  }
}

/**
 * The first place that cannot be read, or that has what could make a small file huge: a reference, or
 * a key that is a whole list.
 */
function brokenPlace(document: Document): { at: number; sentence: string } | undefined {
  const [error] = document.errors;
  if (error) return { at: error.pos[0], sentence: structureProblem(error.code) };
  let broken: { at: number; sentence: string } | undefined;
  const stopAt = ({ range }: { range?: Range | null }, sentence: string) => {
    broken = { at: range?.[0] ?? 0, sentence };
    return visit.BREAK;
  };
  visit(document, {
    Alias: (_key, alias) =>
      stopAt(alias, "Verweise (& und *) sind in einer Programmdatei nicht erlaubt."),
    Pair: (_key, { key }) =>
      isCollection(key) ? stopAt(key, "Vor dem Doppelpunkt steht ein einfacher Name.") : undefined,
  });
  return broken;
}

function structureProblem(code: string): string {
  if (code === "DUPLICATE_KEY") return "Diese Angabe steht zweimal da.";
  if (code === "TAB_AS_INDENT") return "Bitte mit Leerzeichen einrücken, nicht mit Tabulatoren.";
  return "Die Datei ist hier nicht lesbar. Bitte Einrückung, Doppelpunkte und Anführungszeichen prüfen.";
}

type Path = PropertyKey[];

/** The line of the innermost thing on the path that is there: of the key, where there is one. */
function lineOf(document: Document, lines: LineCounter, path: Path): number | undefined {
  for (let length = path.length; length > 0; length--) {
    const parent =
      length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const key = isMap(parent)
      ? parent.items
          .map((pair) => pair.key)
          .find((one) => isScalar(one) && one.value === path[length - 1])
      : undefined;
    const node = key ?? document.getIn(path.slice(0, length), true);
    const { range } = (node ?? {}) as { range?: [number, number, number] };
    if (range) return lines.linePos(range[0]).line;
  }
}

function spoken(step: PropertyKey): string {
  return typeof step === "number" ? `Nr. ${step + 1}` : String(step);
}

type Inconsistency = { path: Path; sentence: string };

/** A key that is not known has its own line, so each is a problem of its own. */
function inconsistenciesOf(issue: z.core.$ZodIssue, document: Document): Inconsistency[] {
  const { path } = issue;
  if (issue.code === "unrecognized_keys") {
    const sentence = "Diese Angabe kennt Paktbuch nicht.";
    return issue.keys.map((key) => ({ path: [...path, key], sentence }));
  }
  if (issue.code !== "invalid_type") return [{ path, sentence: issue.message }];
  const isThere = path.length === 0 || document.hasIn(path);
  const sentence = isThere ? "Hier steht eine Angabe anderer Art." : "Diese Angabe fehlt.";
  return [{ path, sentence }];
}

/** What each value alone does not show. */
function inconsistencies(programme: Programme): Inconsistency[] {
  const { term, firstCome } = programme;
  const found: Inconsistency[] = [];
  if (term.startsOn && term.completedBy && term.startsOn > term.completedBy) {
    found.push({
      path: ["Laufzeit", "Abschluss bis"],
      sentence: "Das Programm endet vor seinem Beginn.",
    });
  }
  if (firstCome?.until && firstCome.until < firstCome.from) {
    found.push({
      path: ["Windhundverfahren", "bis"],
      sentence: "Das Ende liegt vor dem Beginn.",
    });
  }
  const codes = programme.categories.map(({ code }) => code);
  for (const [index, category] of programme.categories.entries()) {
    const path = ["Fördergegenstände", index];
    const isTwice = programme.categories.slice(0, index).some((one) => one.code === category.code);
    if (isTwice) {
      found.push({ path: [...path, "Nummer"], sentence: "Diese Nummer steht zweimal da." });
    }
    const unknown = category.prerequisites.find((code) => !codes.includes(code));
    if (unknown) {
      found.push({
        path: [...path, "setzt voraus"],
        sentence: `Den Fördergegenstand ${unknown} gibt es nicht.`,
      });
    }
  }
  return [...found, ...unknownSources(programme), ...backwardRules(programme)];
}

const sections = {
  Finanzierung: "funding",
  Kofinanzierungsdarlehen: "loans",
  Risikorücklage: "reserves",
  Fördergegenstände: "categories",
  Kontingente: "pots",
  Mittelabruf: "drawdowns",
  "Überschreitung je Kostenposition": "lineTolerances",
  Verwendungsnachweis: "proofs",
  Halbjahresberichte: "reports",
  Zweckbindung: "dedications",
  Aufbewahrung: "retentions",
  Verzinsung: "interests",
  Skonto: "cashDiscounts",
  Basiszinssätze: "baseRates",
  Bagatellgrenze: "smallAmounts",
  Wertgrenzen: "procurement",
  Antragsvoraussetzungen: "checklist",
  "Anrechnung bisheriger Ausgaben": "creditedSpending",
} as const satisfies Record<string, keyof Programme>;

type AnyRule = { sources: string[]; from?: string; until?: string };

function unknownSources(programme: Programme): Inconsistency[] {
  const single: [string, AnyRule | undefined][] = [
    ["Laufzeit", programme.term],
    ["Windhundverfahren", programme.firstCome],
    ["Vergabe der Mittel", programme.award],
    ["Höchstbetrag", programme.envelope],
  ];
  const all: [Path, AnyRule][] = [
    ...single.flatMap(([name, rule]): [Path, AnyRule][] => (rule ? [[[name], rule]] : [])),
    ...rulesOf(programme),
  ];
  return all.flatMap(([path, rule]) =>
    rule.sources
      .filter((key) => !Object.hasOwn(programme.sources, key))
      .map((key) => ({
        path: [...path, "Quelle"],
        sentence: `Die Quelle ${key} steht nicht unter „Quellen“.`,
      })),
  );
}

function backwardRules(programme: Programme): Inconsistency[] {
  return rulesOf(programme)
    .filter(([, { from, until }]) => from !== undefined && until !== undefined && until < from)
    .map(([path]) => ({ path: [...path, "bis"], sentence: "Das Ende liegt vor dem Beginn." }));
}

function rulesOf(programme: Programme): [Path, AnyRule][] {
  return Object.entries(sections).flatMap(([name, property]) =>
    (programme[property] as AnyRule[]).map((rule, index): [Path, AnyRule] => [[name, index], rule]),
  );
}
