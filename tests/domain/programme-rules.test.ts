/** What the pages say of the shipped programmes. */
import { expect, test } from "vitest";
import { ruleSections } from "#app/german/programme-rules.ts";
import { shippedProgramme } from "#tests/support/programme.ts";

const keys = Object.keys(import.meta.glob("/app/programmes/*.yaml")).map((path) =>
  path.slice(16, -5),
);

function sectionsOf(key: string, day?: string) {
  const sections = ruleSections(shippedProgramme(key), day);
  return Object.fromEntries(
    sections.map(({ title, rules }) => [title, rules.map(({ sentences }) => sentences)]),
  );
}

test.each(keys)("%s says something in each of its rules, and where it can be read", (key) => {
  const { sources } = shippedProgramme(key);
  for (const { title, rules } of ruleSections(shippedProgramme(key))) {
    for (const { heading, sentences, sources: cited } of rules) {
      expect([heading, ...sentences].filter(Boolean), title).not.toEqual([]);
      expect(sentences.join(" ")).not.toMatch(/undefined|null|NaN|\[object/);
      expect(Object.keys(sources)).toEqual(expect.arrayContaining(cited));
    }
  }
});

test("of Lower Saxony all that its directive lays down", () => {
  const sections = sectionsOf("ni-digitalpakt-2019");
  expect(sections).toMatchObject({
    Laufzeit: [
      [
        "Ausgaben zählen ab dem 17.05.2019",
        "Bewilligt wird bis zum 15.05.2024",
        "Maßnahmen sind abgeschlossen bis zum 31.12.2024",
        "Ausgezahlt wird bis zum 31.12.2024",
      ],
    ],
    Kontingente: [
      ["Sockelbetrag: bleibt bei seiner Schule, nicht übertragbar"],
      ["Kopfbetrag: zwischen den Schulen umverteilbar"],
      ["Administration: nicht umverteilbar"],
    ],
    Finanzierung: [
      [
        "Vollfinanzierung",
        "Fördersatz: 100 % der zuwendungsfähigen Ausgaben",
        "Davon Bund: 90 %",
        "Anteil des Landes: 10 % des Gesamtbetrags (Bund und Land zusammen) – zu 900,00 € des Bundes kommen 100,00 €, zusammen 1.000,00 €",
      ],
    ],
    Mittelabruf: [["Erstattung: Abgerufen wird, was schon bezahlt ist."]],
    Berichte: [["Stand 30.06., vorzulegen bis 15.08."], ["Stand 31.12., vorzulegen bis 15.02."]],
  });
  expect(sections["Höchstbetrag nach Formel"]![0]).toContain(
    "Sockelbetrag: 30.000,00\u00a0€ je Schule ab 60 Schülern, darunter anteilig",
  );
  expect(sections["Fördergegenstände"]![5]).toEqual([
    "Höchstens 25.000,00\u00a0€ je Schule, über alle Bescheide zusammen",
    "Erst wenn vorhanden oder nicht gebraucht: 2.1, 2.2, 2.3, 2.4, 2.5",
  ]);
});

test("the state's 10 % of the additions come on top of the federal money", () => {
  expect(sectionsOf("ni-sofortausstattung").Finanzierung![0]).toContain(
    "Anteil des Landes: 10 % des Bundesbetrags, zusätzlich zu ihm – zu 900,00 € des Bundes kommen 90,00 €, zusammen 990,00 €",
  );
});

test("other states' loans, advances and dedication are told too", () => {
  expect(sectionsOf("he-digitalpakt-2019").Kofinanzierungsdarlehen).toEqual([
    [
      "25 % der Ausgaben über 10 Jahre",
      "Tilgung und Zinsen trägt zu 50 % das Land, den Rest der Träger.",
    ],
  ]);
  expect(sectionsOf("nw-digitalpakt-2019").Zweckbindung).toEqual([
    ["5 Jahre ab dem Ende des Bewilligungszeitraums, bis zum Ende jenes Kalenderjahres"],
  ]);
  expect(sectionsOf("bw-digitalpakt-2019").Mittelabruf!.flat().join(" ")).toContain("60 %");
});

test("a day leaves out what is not valid on it", () => {
  const on = (day: string) => ruleSections(shippedProgramme("ni-digitalpakt-2019"), day);
  const headings = (day: string) =>
    on(day).flatMap(({ rules }) => rules.flatMap(({ heading }) => heading ?? []));
  expect(headings("2020-06-02")).not.toContain("2.8 Administration");
  expect(headings("2020-06-03")).toContain("2.8 Administration");
  expect(headings("2023-06-30")).not.toContain("Windhundverfahren");
  expect(headings("2023-07-01")).toContain("Windhundverfahren");
});
