/** The shipped programme files, rule by rule, and what a programme is worth in its state. */
import { describe, expect, test } from "vitest";
import { euro, percent, shareOf } from "#app/domain/money.ts";
import { programmeTotal, reserveOf } from "#app/domain/programme-total.ts";
import { isFirstCome, isInTerm, type Programme, ruleOn, rulesOn } from "#app/domain/programme.ts";
import { readProgrammeFile } from "#app/programme-file.ts";

const texts = import.meta.glob<string>("/app/programmes/*.yaml", {
  query: "?raw",
  import: "default",
  eager: true,
});
const files = Object.entries(texts).map(([path, text]) => ({ name: path.slice(16, -5), text }));

function programme(name: string): Programme {
  const file = readProgrammeFile(files.find((one) => one.name === name)!.text);
  if ("problems" in file) throw new Error(JSON.stringify(file.problems));
  return file.programme;
}

/** Every list of sources in a programme, however deep. */
function citedIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, content]) =>
    key === "sources" && Array.isArray(content) ? (content as string[]) : citedIn(content),
  );
}

describe.each(files)("$name", ({ name, text }) => {
  test("is read without a problem, under the name that its file has", () => {
    expect(readProgrammeFile(text)).not.toHaveProperty("problems");
    expect(programme(name).key).toBe(name);
  });

  test("cites each of its sources, and each citation leads to an address", () => {
    const { sources, ...rules } = programme(name);
    expect([...new Set(citedIn(rules))].sort()).toEqual(Object.keys(sources).sort());
    for (const [key, address] of Object.entries(sources)) {
      expect(address).toMatch(key === "SG" ? /^Vorlage SG\/256\/19 / : /^https?:\/\/[^\s]+$/);
    }
  });

  test("refers in its comments to sources that it lists", () => {
    const { sources } = programme(name);
    const mentioned = [...text.matchAll(/^ *#.*\bS(\d+)\b/gm)].map(([, number]) => `S${number}`);
    for (const key of mentioned) expect(sources).toHaveProperty(key);
  });

  test("leaves open what no source gives", () => {
    const { openPoints, smallAmounts, lineTolerances, term } = programme(name);
    expect(openPoints).toEqual(
      expect.arrayContaining(["Bagatellgrenze", "Überschreitung je Kostenposition"]),
    );
    expect({ smallAmounts, lineTolerances }).toEqual({ smallAmounts: [], lineTolerances: [] });
    expect(term).not.toHaveProperty("settledUntil");
  });
});

test("a period of dedication is laid down in North Rhine-Westphalia only", () => {
  const bound = files.filter(({ name }) => programme(name).dedications.length > 0);
  expect(bound.map(({ name }) => name)).toEqual(["nw-digitalpakt-2019"]);
  expect(programme("nw-digitalpakt-2019").dedications).toMatchObject([
    { years: 5, start: "end_of_period", end: "end_of_year" },
  ]);
});

const financing = ({ funding }: Programme) =>
  funding.map(
    ({ kind = "open", rate, isCapped }) =>
      `${kind} ${rate?.toFixed() ?? "open"}${isCapped ? " capped" : ""}`,
  )[0] ?? "open";

// prettier-ignore
test.each([
  { name: "ni-digitalpakt-2019", rule: "full 100",         from: "2019-05-17", until: "2024-12-31", apply: "2023-06-30" },
  { name: "ni-administration",   rule: "full 100",         from: "2020-06-03", until: "2024-12-31", apply: "2023-06-30" },
  { name: "ni-sofortausstattung", rule: "open open",       from: "2020-03-16", until: "2020-12-31", apply: "2020-08-31" },
  { name: "ni-leihgeraete",      rule: "open open",        from: undefined,    until: undefined,    apply: undefined },
  { name: "nw-digitalpakt-2019", rule: "share 90",         from: "2019-05-17", until: "2024-12-31", apply: "2022-07-31" },
  { name: "by-dbir",             rule: "share 90 capped",  from: "2019-05-17", until: "2024-12-31", apply: "2022-06-30" },
  { name: "th-digitalpakt-2019", rule: "full 100 capped",  from: "2019-05-17", until: "2024-12-31", apply: undefined },
  { name: "he-digitalpakt-2019", rule: "share 75",         from: "2019-05-17", until: "2024-12-31", apply: "2021-12-31" },
  { name: "bw-digitalpakt-2019", rule: "share open",       from: "2019-05-17", until: "2024-12-31", apply: "2022-04-30" },
  { name: "de-digitalpakt-2",    rule: "open",             from: "2025-01-01", until: "2032-12-31", apply: undefined },
])("$name pays $rule, for measures from $from until $until, asked for until $apply", ({ name, rule, from, until, apply }) => {
  const { term } = programme(name);
  expect(financing(programme(name))).toBe(rule);
  expect([term.startsOn, term.completedBy, term.applyUntil]).toEqual([from, until, apply]);
});

test("every shipped programme is in the table above", () => {
  expect(files).toHaveLength(10);
});

// prettier-ignore
test.each([
  { name: "ni-digitalpakt-2019", day: "2019-05-16", isIn: false },
  { name: "ni-digitalpakt-2019", day: "2019-05-17", isIn: true },
  { name: "ni-digitalpakt-2019", day: "2024-12-31", isIn: true },
  { name: "ni-digitalpakt-2019", day: "2025-01-01", isIn: false },
  { name: "ni-administration",   day: "2020-06-02", isIn: false },
  { name: "ni-sofortausstattung", day: "2020-03-16", isIn: true },
  { name: "ni-leihgeraete",      day: "2020-01-01", isIn: true },
  { name: "de-digitalpakt-2",    day: "2025-01-01", isIn: true },
])("$day is in the term of $name: $isIn", ({ name, day, isIn }) => {
  expect(isInTerm(programme(name), day)).toBe(isIn);
});

// prettier-ignore
test.each([
  { name: "ni-digitalpakt-2019", day: "2023-06-30", isOpen: false },
  { name: "ni-digitalpakt-2019", day: "2023-07-01", isOpen: true },
  { name: "ni-digitalpakt-2019", day: "2024-05-16", isOpen: false },
  { name: "nw-digitalpakt-2019", day: "2022-11-01", isOpen: false },
  { name: "nw-digitalpakt-2019", day: "2022-11-02", isOpen: true },
  { name: "by-dbir",             day: "2023-07-01", isOpen: false },
])("the order of receipt decides in $name on $day: $isOpen", ({ name, day, isOpen }) => {
  expect(isFirstCome(programme(name), day)).toBe(isOpen);
});

// prettier-ignore
test.each([
  { day: "2016-12-31", limits: "none" },
  { day: "2017-01-01", limits: "500/25000/50000" },
  { day: "2025-05-28", limits: "500/25000/50000" },
  { day: "2025-05-29", limits: "20000/100000/100000" },
])("the thresholds of Lower Saxony on $day are $limits, with a note on what is open", ({ day, limits }) => {
  for (const name of files.map(({ name }) => name).filter((name) => name.startsWith("ni-"))) {
    const rule = ruleOn(programme(name).procurement, day);
    const amounts = rule && [rule.direct, rule.negotiated, rule.restricted];
    expect(amounts?.map((amount) => amount!.toFixed()).join("/") ?? "none").toBe(limits);
    expect(rule?.note === undefined).toBe(rule === undefined);
  }
});

// prettier-ignore
test.each([
  { name: "ni-digitalpakt-2019", code: "2.6", most: "25000", share: undefined },
  { name: "nw-digitalpakt-2019", code: "6",   most: "25000", share: "20" },
  { name: "th-digitalpakt-2019", code: "6",   most: "25000", share: undefined },
  { name: "by-dbir",             code: "6",   most: undefined, share: undefined },
  { name: "bw-digitalpakt-2019", code: "6",   most: undefined, share: undefined },
])("mobile devices in $name end at $most per school, or at $share % of all", ({ name, code, most, share }) => {
  const mobile = programme(name).categories.find((one) => one.code === code)!;
  expect([mobile.limitPerSchool?.toFixed(), mobile.limitShareOfTotal?.toFixed()]).toEqual([most, share]);
});

test("administration is funded in Lower Saxony from the day its addition names", () => {
  const on = (day: string) =>
    rulesOn(programme("ni-digitalpakt-2019").categories, day).map(({ code }) => code);
  const others = ["2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.7"];
  expect(on("2020-06-02")).toEqual(others);
  expect(on("2020-06-03")).toEqual([...others, "2.8"]);
});

test("a school's concept and its profile come with the application, as the council paper has it", () => {
  const due = programme("ni-digitalpakt-2019").checklist.map((one) => [
    one.requirement,
    one.dueWith,
  ]);
  expect(due).toContainEqual(["media_concept", "application"]);
  expect(due).toContainEqual(["profile", "application"]);
});

test("Baden-Württemberg advances 60 % of more than 10.000 €, and up to 25.000 € only after the proof", () => {
  const [rule] = programme("bw-digitalpakt-2019").drawdowns;
  expect(rule!.advanceRate.toFixed()).toBe("60");
  expect(rule!.advanceAbove!.toFixed()).toBe("10000");
  expect(rule!.afterProofUpTo!.toFixed()).toBe("25000");
  expect(programme("bw-digitalpakt-2019").proofs).toMatchObject([{ monthsAfterPeriod: 3 }]);
});

test("Hesse lends the quarter that it does not grant, and bears half of what the loan costs", () => {
  const [loan] = programme("he-digitalpakt-2019").loans;
  expect([loan!.rate.toFixed(), loan!.years, loan!.stateRepays.toFixed()]).toEqual([
    "25",
    10,
    "50",
  ]);
});

test("Thuringia wants applications three months before the start", () => {
  expect(programme("th-digitalpakt-2019").term.applyMonthsBefore).toBe(3);
});

test("devices for teachers are reckoned at 520 €, which is no limit", () => {
  const [device] = programme("ni-leihgeraete").categories;
  expect(device!.guidePerItem!.toFixed()).toBe("520");
  expect(device).not.toHaveProperty("limitPerSchool");
});

test("the second pact is a draft: a lump sum, crediting, an end of its own, no rate yet", () => {
  const draft = programme("de-digitalpakt-2");
  expect([draft.isDraft, draft.award.kind, draft.term.runsUntil]).toEqual([
    true,
    "lump_sum",
    "2030-12-31",
  ]);
  expect(draft.creditedSpending).toHaveLength(1);
  expect(draft.funding).toEqual([]);
  expect(files.filter(({ name }) => programme(name).isDraft)).toHaveLength(1);
});

// prettier-ignore
test.each([
  { name: "ni-digitalpakt-2019", federal: "470496500",   to: "euro", total: "522773889.00", state: "52277389.00", because: "10 % of the total" },
  { name: "ni-digitalpakt-2019", federal: "470496500",   to: "cent", total: "522773888.89", state: "52277388.89", because: "the same to the cent" },
  { name: "ni-sofortausstattung", federal: "47049650",   to: "euro", total: "51754615.00",  state: "4704965.00",  because: "10 % on top" },
  { name: "ni-leihgeraete",      federal: "47049650",    to: "cent", total: "51754615.00",  state: "4704965.00",  because: "10 % on top" },
  { name: "th-digitalpakt-2019", federal: "132368000",   to: "euro", total: "147075556.00", state: "14707556.00", because: "10 % of the total" },
  { name: "ni-digitalpakt-2019", federal: "0",           to: "euro", total: "0.00",         state: "0.00",        because: "nothing adds nothing" },
] as const)("$federal from the federation are $total in $name: $because", ({ name, federal, to, total, state }) => {
  const worth = programmeTotal(euro(federal), programme(name).funding[0]!, to)!;
  expect([worth.total.toFixed(2), worth.state.toFixed(2)]).toEqual([total, state]);
  expect(worth.total.equals(worth.federal.plus(worth.state))).toBe(true);
});

test("Lower Saxony's part of the pupils' devices, and what it holds back of the total", () => {
  const { funding, reserves } = programme("ni-sofortausstattung");
  const federal = shareOf(euro("500000000"), percent("9.40993"));
  expect(federal.toFixed(2)).toBe("47049650.00");
  const worth = programmeTotal(federal, funding[0]!, "euro")!;
  expect(reserveOf(worth.total, reserves[0]!.rate).toFixed(2)).toBe("517546.15");
  expect(programme("ni-leihgeraete").reserves[0]!.rate.toFixed()).toBe("3");
});

test("no total is made up where the state's share is not known, or is all", () => {
  const { funding } = programme("bw-digitalpakt-2019");
  expect(programmeTotal(euro("1"), funding[0]!, "cent")).toBeUndefined();
  const all = { stateRate: percent("100"), stateShareOf: "total" } as const;
  expect(() => programmeTotal(euro("1"), all, "cent")).toThrow(RangeError);
});
