import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { JointArithmetic } from "#app/components/joint-arithmetic.tsx";
import { jointLetterOf, letterKinds } from "#app/domain/joint-letter.ts";
import { euro } from "#app/domain/money.ts";
import { letterText } from "#app/german/joint-letter-text.ts";
import { formatQuota } from "#app/german/notation.ts";
import { letterYear } from "#tests/support/joint-letter.ts";

const letterTo = (memberId: string, year = letterYear()) =>
  jointLetterOf(year, memberId, "settlement")!;

// prettier-ignore
test.each([
  { paid: ["4000.00", "4000.00"], kind: "additional_payment", open: "7984.10", says: "bis zum 03.03.2025" },
  { paid: ["9000.00", "9000.00"], kind: "refund",             open: "2015.90", says: "Wir erstatten Ihnen diesen Betrag" },
  { paid: ["8000.00", "7984.10"], kind: "settled",            open: undefined, says: "nichts nachzuzahlen" },
  { paid: [],                     kind: "additional_payment", open: "15984.10", says: "15.984,10" },
])("who paid $paid gets the result $kind $open", ({ paid, kind, open, says }) => {
  const letter = letterTo("b", letterYear(paid));
  expect(letter.share.amount.toFixed(2)).toBe("15984.10");
  expect(letter.payments.map(({ amount }) => amount.toFixed(2))).toEqual(paid);
  expect(letter.result.kind).toBe(kind);
  expect("amount" in letter.result ? letter.result.amount.toFixed(2) : undefined).toBe(open);
  const text = letterText(letter, false);
  expect(text.result.join(" ")).toContain(says);
  const none = text.tables.find(({ title }) => title === "Gezahlte Abschläge")!.note;
  expect(none !== "").toBe(paid.length === 0);
});

test("the arithmetic of a letter names figure, days, exact quota, what was rounded down, and the cent", () => {
  const { components } = letterTo("b");
  const pupils = components.find(({ basis }) => basis === "pupils")!;
  expect(pupils).toMatchObject({ countedOn: "2023-09-01", source: "Schulstatistik des Landes" });
  const table = letterText(letterTo("b"), false).tables[1]!;
  expect(table.title).toBe("Schülerzahl: 60 %, das sind 21.539,03\u00a0€");
  expect(table.note).toBe("Stichtag 01.09.2023; Quelle: Schulstatistik des Landes");
  // prettier-ignore
  expect(table.rows).toEqual([
    ["Samtgemeinde Übersee", "483", "366", "176.778", "7.613,273839", "7.613,27", "+0,01", "7.613,28"],
    ["Stadt Groß Föhr",      "612", "366", "223.992", "9.646,632691", "9.646,63", "",      "9.646,63"],
    ["Flecken Ährenfeld",    "540", "184", "99.360",  "4.279,123469", "4.279,12", "",      "4.279,12"],
  ]);
  expect(table.marked).toBe(1);
});

test("who joins on 1 July is told for how many days it pays, and the plan asks for each instalment", () => {
  const letter = jointLetterOf(letterYear(), "c", "plan")!;
  const text = letterText(letter, false);
  expect(text.basis.join(" ")).toContain("184 von 366 Tagen");
  const instalments = text.tables.at(-1)!;
  expect(instalments.rows.map(([, day]) => day)).toEqual([
    "15.03.2024",
    "15.06.2024",
    "15.09.2024",
  ]);
  expect(instalments.footer!.at(-1)).toBe(text.tables.at(-2)!.footer!.at(-1));
  expect(letter).toMatchObject({ payments: [], paid: null, result: { kind: "instalments" } });
});

test("the performing member gets no letter, and where another performs only our own is reckoned", () => {
  expect(jointLetterOf(letterYear(), "a", "settlement")).toBeUndefined();
  expect(jointLetterOf({ ...letterYear(), settlement: undefined }, "b", "settlement")).toBe(
    undefined,
  );
  const year = letterYear();
  const elsewhere = {
    ...year,
    members: year.members.map((one) => ({ ...one, isPerforming: one.id === "c" })),
  };
  for (const kind of letterKinds) {
    expect(jointLetterOf(elsewhere, "b", kind)).toBeUndefined();
    const own = jointLetterOf(elsewhere, "a", kind)!;
    expect(letterText(own, true).remarks).toEqual([
      "BEISPIELDATEN",
      "Eigene Nachrechnung aus den Büchern von Samtgemeinde Übersee; kein Schreiben von Flecken Ährenfeld.",
    ]);
  }
});

test("a letter names the account to pay to and who signs, where we write it and have settled them", () => {
  const own = {
    iban: "DE02120300000000202051",
    bankName: "Sparkasse Küste",
    signatory: "Im Auftrag Petra Muster",
  };
  const textOf = (year: typeof plain, memberId: string, kind: (typeof letterKinds)[number]) =>
    letterText(jointLetterOf(year, memberId, kind)!, false);
  const plain = letterYear();
  const known = "unter Angabe der Nummer IKZ-2024-99 auf das bekannte Konto zu zahlen.";
  expect(textOf(plain, "b", "settlement").result.join(" ")).toContain(known);
  expect(textOf(plain, "b", "settlement").closing.at(-1)).toBe("Samtgemeinde Übersee");

  const ours = { ...plain, own };
  for (const kind of letterKinds) {
    const { result, closing } = textOf(ours, "b", kind);
    // The number keeps together where a line ends.
    expect(result.join(" ")).toContain(
      "auf das Konto DE02\u00a01203\u00a00000\u00a00000\u00a02020\u00a051 (Sparkasse Küste) zu zahlen.",
    );
    expect(closing).toEqual([
      "Mit freundlichen Grüßen",
      "Samtgemeinde Übersee",
      "Im Auftrag Petra Muster",
    ]);
  }
  const members = ours.members.map((one) => ({ ...one, isPerforming: one.id === "c" }));
  const theirs = textOf({ ...ours, members }, "a", "plan");
  expect(theirs.result.join(" ")).toContain("auf das bekannte Konto");
  expect(theirs.closing).not.toContain("Im Auftrag Petra Muster");
});

test("an own share is divided by no key, and the letter says so", () => {
  const year = letterYear();
  const letter = jointLetterOf({ ...year, reading: "own_share" }, "b", "plan")!;
  expect(letter.components).toEqual([]);
  expect(letterText(letter, false).basis.join(" ")).toContain("nicht durch einen Schlüssel");
});

test("no letter goes out whose arithmetic or payments are not those on file", () => {
  const year = letterYear();
  const [first, ...others] = year.settlement!.parts;
  const parts = [{ ...first!, amount: first!.amount.plus(euro("0.01")) }, ...others];
  const tampered = { ...year, settlement: { ...year.settlement!, parts } };
  expect(() => letterTo("b", tampered)).toThrow(RangeError);
  expect(() => letterTo("b", { ...year, payments: [] })).toThrow(RangeError);
});

test("the exact quota is the same number on the page of the year, in the letter and on paper", () => {
  const { components, total } = letterYear().settlement!;
  const written = letterText(letterTo("b"), false).tables.flatMap(({ columns, rows }) => {
    const place = columns.findIndex(({ label }) => label === "genau €");
    return place < 0 ? [] : rows.map((cells) => cells[place]!);
  });
  expect(written).toContain("7.613,273839");
  const page = renderToStaticMarkup(
    createElement(JointArithmetic, {
      ...{ total: total.toFixed(), fiscalYear: 2024, daysOfYear: 366, members: [] },
      components: JSON.parse(JSON.stringify(components)),
    }),
  );
  const shown = [...page.matchAll(/data-label="genau \(€\)"[^>]*>([^<]+)</g)].map(
    ([, cell]) => cell,
  );
  expect(shown).toEqual(written);
  // Cut off, not rounded: the exact quota must not look like the next cent.
  expect(formatQuota("1640.1099999")).toBe("1.640,109999");
});
