/** A faulty programme file is refused whole, and each problem says where it is. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type FileProblem, longestFile, readProgrammeFile } from "#app/programme-file.ts";

const [sample] = Object.values(
  import.meta.glob<string>("/app/programmes/ni-digitalpakt-2019.yaml", {
    query: "?raw",
    import: "default",
    eager: true,
  }),
) as [string];

function problemsOf(text: string): FileProblem[] {
  const file = readProgrammeFile(text);
  expect(file).not.toHaveProperty("programme");
  return "problems" in file ? file.problems : [];
}

/** The sample with one thing changed, and the line on which it is. */
function changed(old: string, fresh: string) {
  expect(sample).toContain(old);
  const text = sample.replace(old, () => fresh);
  return { text, line: sample.slice(0, sample.indexOf(old)).split("\n").length };
}

// prettier-ignore
test.each([
  { mistake: "an unknown key",       old: "Land: NI",                      fresh: "Ort: NI\nLand: NI",              place: "Ort",                             says: "kennt Paktbuch nicht" },
  { mistake: "an unknown inner key", old: "  Art: Einzelantrag",           fresh: "  Form: x\n  Art: Einzelantrag", place: "Vergabe der Mittel, Form",        says: "kennt Paktbuch nicht" },
  { mistake: "an ambiguous amount",  old: "  Sockelbetrag: 30.000,00",     fresh: "  Sockelbetrag: 30.000",         place: "Höchstbetrag, Sockelbetrag",      says: "25.000,00" },
  { mistake: "a negative amount",    old: "  Sockelbetrag: 30.000,00",     fresh: "  Sockelbetrag: -30.000,00",     place: "Höchstbetrag, Sockelbetrag",      says: "kleiner als 0" },
  { mistake: "a share above 100",    old: "    davon Bund: 90",            fresh: "    davon Bund: 190",            place: "Finanzierung, Nr. 1, davon Bund", says: "höchstens 100" },
  { mistake: "a number with a point", old: "  Kopfbetrag: 445,455",        fresh: "  Kopfbetrag: 445.455",          place: "Höchstbetrag, Kopfbetrag",        says: "445,455" },
  { mistake: "a threshold of zero",  old: "  voll ab Schülerzahl: 60",     fresh: "  voll ab Schülerzahl: 0",       place: "Höchstbetrag, voll ab Schülerzahl", says: "größer als 0" },
  { mistake: "a wrong word",         old: "  Art: Einzelantrag",           fresh: "  Art: Wettbewerb",              place: "Vergabe der Mittel, Art",         says: "Einzelantrag, Pauschale" },
  { mistake: "yes in English",       old: "Entwurf: nein",                 fresh: "Entwurf: false",                 place: "Entwurf",                         says: "ja, nein" },
  { mistake: "a day that is none",   old: "  Abschluss bis: 31.12.2024",   fresh: "  Abschluss bis: 31.11.2024",    place: "Laufzeit, Abschluss bis",         says: "31.12.2024" },
  { mistake: "an end before its begin", old: "  Abschluss bis: 31.12.2024", fresh: "  Abschluss bis: 16.05.2019",   place: "Laufzeit, Abschluss bis",         says: "endet vor seinem Beginn" },
  { mistake: "a rule that ends before it begins", old: "    bis: 28.05.2025", fresh: "    bis: 31.12.2016",        place: "Wertgrenzen, Nr. 1, bis",         says: "vor dem Beginn" },
  { mistake: "a race that ends before it begins", old: "  bis: 15.05.2024", fresh: "  bis: 30.06.2023",            place: "Windhundverfahren, bis",          says: "vor dem Beginn" },
  { mistake: "an unknown source",    old: "  Quelle: [S46]",               fresh: "  Quelle: [S999]",               place: "Vergabe der Mittel, Quelle",      says: "S999" },
  { mistake: "a source named like a part of every object", old: "  Quelle: [S46]", fresh: "  Quelle: [toString]",  place: "Vergabe der Mittel, Quelle",      says: "toString" },
  { mistake: "a rule without a source", old: "  Quelle: [S46]",            fresh: "  Quelle: []",                   place: "Vergabe der Mittel, Quelle",      says: "" },
  { mistake: "an unknown prerequisite", old: '    setzt voraus: ["2.1",',  fresh: '    setzt voraus: ["9.9",',      place: "Fördergegenstände, Nr. 6, setzt voraus", says: "9.9" },
  { mistake: "a list for a text",    old: "Land: NI",                      fresh: "Land: [NI]",                     place: "Land",                            says: "anderer Art" },
  { mistake: "a tab",                old: "  Art: Einzelantrag",           fresh: "\tArt: Einzelantrag",            place: "Aufbau",                          says: "Tabulatoren" },
  { mistake: "an alias",             old: "Land: NI",                      fresh: "Land: *ort",                     place: "Aufbau",                          says: "" },
  { mistake: "a list for a name",    old: "Land: NI",                      fresh: "? [Land]\n: NI",                place: "Aufbau",                          says: "einfacher Name" },
  { mistake: "a line without measure", old: "Land: NI",                    fresh: "- ".repeat(20_000),              place: "Aufbau",                          says: "1.000 Zeichen" },
  { mistake: "brackets without end", old: "Land: NI",                      fresh: "[".repeat(500),                  place: "Aufbau",                          says: "Klammern" },
])("$mistake is refused with its line, at $place", ({ old, fresh, place, says }) => {
  const { text, line } = changed(old, fresh);
  const problems = problemsOf(text);
  expect(problems[0]).toMatchObject({ line, place });
  expect(problems[0]!.sentence).toContain(says);
  expect(problems).toHaveLength(1);
});

test("a key given twice is refused on its second line", () => {
  const { text, line } = changed("Land: NI", "Land: NI\nLand: NW");
  expect(problemsOf(text)).toEqual([
    { line: line + 1, place: "Aufbau", sentence: "Diese Angabe steht zweimal da." },
  ]);
});

test("an alias with its anchor is refused: a small file could grow huge", () => {
  const { text, line } = changed("Name: DigitalPakt", "Name: &name DigitalPakt");
  const [problem] = problemsOf(text.replace("Land: NI", "Land: *name"));
  expect(problem).toMatchObject({ line: line + 1, place: "Aufbau" });
  expect(problem!.sentence).toContain("Verweise");
});

test("a number given twice is refused where it comes again", () => {
  const { text, line } = changed('  - Nummer: "2.7"', '  - Nummer: "2.5"');
  expect(problemsOf(text)).toEqual([
    { line, place: "Fördergegenstände, Nr. 7, Nummer", sentence: "Diese Nummer steht zweimal da." },
  ]);
});

test("a missing key is named, on the line of what it is missing from", () => {
  const { text, line } = changed(
    "    umverteilbar: nein\n    Quelle: [S1]\n",
    "    umverteilbar: nein\n",
  );
  expect(problemsOf(text)).toEqual([
    { line: line - 1, place: "Kontingente, Nr. 1, Quelle", sentence: expect.any(String) },
  ]);
  expect(problemsOf(sample.replace("Land: NI\n", ""))).toEqual([
    { line: undefined, place: "Land", sentence: "Diese Angabe fehlt." },
  ]);
});

test("all mistakes of a file are told at once", () => {
  const text = sample.replace("Land: NI", "Land: ni").replace("Entwurf: nein", "Entwurf: wer weiß");
  expect(problemsOf(text).map(({ place }) => place)).toEqual(["Land", "Entwurf"]);
});

test("a file too long is refused unread, as is an empty one", () => {
  expect(problemsOf("#".repeat(longestFile + 1))).toMatchObject([{ place: "Datei" }]);
  expect(problemsOf("")).toMatchObject([{ place: "Datei" }]);
  expect(problemsOf("- 1\n--- \n- 2")).toMatchObject([{ place: "Aufbau" }]);
});

const snippet = fc.constantFrom(
  ..."[]{}:-?&*!|>'\"%@`#,\n \t".split(""),
  ...["\n  ", ": ", "- ", "<<", "__proto__: x\n", "Quelle", "S1", "---\n", "ja", "1.000", "\r"],
);

test("any text gives a programme or problems, and never an exception", () => {
  const isAnswered = (text: string) => {
    const file = readProgrammeFile(text);
    if ("problems" in file) expect(file.problems.length).toBeGreaterThan(0);
    else expect(file.programme.key).toBeTruthy();
  };
  fc.assert(fc.property(fc.string({ unit: "binary" }), isAnswered), { numRuns: 300 });
  fc.assert(
    fc.property(fc.array(snippet, { maxLength: 60 }), (parts) => isAnswered(parts.join(""))),
    {
      numRuns: 500,
    },
  );
});

test("a programme with anything put in, cut out or replaced is answered too", () => {
  const place = fc.nat({ max: sample.length });
  fc.assert(
    fc.property(
      place,
      fc.nat({ max: 40 }),
      fc.array(snippet, { maxLength: 4 }),
      (at, cut, parts) => {
        const text = sample.slice(0, at) + parts.join("") + sample.slice(at + cut);
        const file = readProgrammeFile(text);
        if ("problems" in file) {
          expect(file.problems.length).toBeGreaterThan(0);
          for (const { line } of file.problems) {
            expect(line ?? 1).toBeLessThanOrEqual(text.split(/\r\n|\r|\n/).length);
          }
        }
      },
    ),
    { numRuns: 200 },
  );
});

test("nesting as deep as lines allow is answered", () => {
  for (const level of ["- ", "? ", "a: ", "-\t"]) {
    expect(problemsOf(level.repeat(Math.floor(990 / level.length))).length).toBeGreaterThan(0);
  }
  const stairs = Array.from({ length: 440 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n");
  expect(problemsOf(stairs).length).toBeGreaterThan(0);
});
