/**
 * Reads a programme file (YAML with German keys) into typed rules, or into problems that name their
 * place. The file is checked whole before anything of it is used. All values are read as text: a
 * number would pass through a float.
 */
import { LineCounter, parseDocument, type Document } from "yaml";
import { z } from "zod";
import { isDay } from "./domain/calendar.ts";
import type { Programme } from "./domain/programme.ts";
import { programmeSchema } from "./programme-schema.ts";

export type FileProblem = {
  /** Line of the file, from 1; undefined where something is missing altogether. */
  line: number | undefined;
  /** Such as "Finanzierung 1, Fördersatz". */
  place: string;
  sentence: string;
};

export type ProgrammeFile = { programme: Programme } | { problems: FileProblem[] };

/** Longest file that is read, in characters. */
export const longestFile = 100_000;

export function readProgrammeFile(text: string): ProgrammeFile {
  if (text.length > longestFile) {
    return refuse("Datei", "Die Datei ist zu groß: höchstens 100.000 Zeichen.");
  }
  const lines = new LineCounter();
  // "failsafe": every value is text, so "445,455" stays what was written.
  const document = parseDocument(text, { schema: "failsafe", lineCounter: lines, merge: false });
  const [broken] = document.errors;
  if (broken) {
    const line = lines.linePos(broken.pos[0]).line;
    return { problems: [{ line, place: "Aufbau", sentence: structureProblem(broken.code) }] };
  }
  let content: unknown;
  try {
    // Aliases could grow a small file into a huge one.
    content = document.toJS({ maxAliasCount: 0 });
  } catch {
    return refuse("Aufbau", "Verweise (& und *) sind in einer Programmdatei nicht erlaubt.");
  }
  const parsed = programmeSchema.safeParse(content);
  if (!parsed.success) {
    return {
      problems: parsed.error.issues.map((issue) => ({
        line: lineOf(document, lines, issue.path),
        place: issue.path.map(spoken).join(", ") || "Datei",
        sentence: sentenceOf(issue),
      })),
    };
  }
  const problems = inconsistencies(parsed.data).map((problem) => ({
    ...problem,
    line: lineOf(document, lines, problem.path),
    place: problem.path.map(spoken).join(", "),
  }));
  return problems.length > 0 ? { problems } : { programme: parsed.data };
}

function refuse(place: string, sentence: string): ProgrammeFile {
  return { problems: [{ line: undefined, place, sentence }] };
}

function structureProblem(code: string): string {
  if (code === "DUPLICATE_KEY") return "Diese Angabe steht zweimal da.";
  if (code === "TAB_AS_INDENT") return "Bitte mit Leerzeichen einrücken, nicht mit Tabulatoren.";
  return "Die Datei ist hier nicht lesbar. Bitte Einrückung, Doppelpunkte und Anführungszeichen prüfen.";
}

type Path = PropertyKey[];

/** The line of the innermost thing on the path that is there. */
function lineOf(document: Document, lines: LineCounter, path: Path): number | undefined {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as
      | { range?: [number, number, number] }
      | undefined;
    if (node?.range) return lines.linePos(node.range[0]).line;
  }
}

function spoken(step: PropertyKey): string {
  return typeof step === "number" ? `Nr. ${step + 1}` : String(step);
}

function sentenceOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "unrecognized_keys") {
    return `Diese Angabe kennt Paktbuch nicht: ${issue.keys.join(", ")}.`;
  }
  if (issue.code === "invalid_type" && issue.input === undefined) return "Diese Angabe fehlt.";
  if (issue.code === "invalid_type") return "Hier steht eine Angabe anderer Art.";
  return issue.message;
}

type Inconsistency = { path: Path; sentence: string };

/** What each value alone does not show. */
function inconsistencies(programme: Programme): Inconsistency[] {
  const { term, firstCome } = programme;
  const found: Inconsistency[] = [];
  if (term.startsOn > term.completedBy) {
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
  Fördergegenstände: "categories",
  Kontingente: "pots",
  Mittelabruf: "drawdowns",
  "Überschreitung je Kostenposition": "lineTolerances",
  Verwendungsnachweis: "proofs",
  Halbjahresberichte: "reports",
  Zweckbindung: "dedications",
  Aufbewahrung: "retentions",
  Verzinsung: "interests",
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
      .filter((key) => !(key in programme.sources))
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

/** True for a month and day as reports have it: "06-30". */
export function isMonthDay(text: string): boolean {
  return isDay(`2019-${text}`);
}
