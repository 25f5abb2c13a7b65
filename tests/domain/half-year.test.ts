import { expect, test } from "vitest";
import {
  figuresOfGrant,
  type KnownGrant,
  lastReportingDay,
  reportingDays,
  totalFigures,
} from "#app/domain/half-year.ts";
import { euro, percent } from "#app/domain/money.ts";
import { writeHalfYear } from "#app/exports/half-year.server.ts";
import { halfYearTitle, readHalfYear } from "#app/german/half-year-words.ts";
import { fullTerms } from "#tests/support/programme.ts";

// prettier-ignore
test.each([
  { today: "2021-06-29", last: "2020-12-31" },
  { today: "2021-06-30", last: "2021-06-30" },
  { today: "2021-12-30", last: "2021-06-30" },
  { today: "2021-12-31", last: "2021-12-31" },
  { today: "2022-01-01", last: "2021-12-31" },
])("the last day of report on $today is $last", ({ today, last }) => {
  expect(lastReportingDay(today)).toBe(last);
});

test("days of report, newest first", () => {
  expect(reportingDays("2020-07-01", "2021-12-31")).toEqual([
    "2021-12-31",
    "2021-06-30",
    "2020-12-31",
  ]);
});

const first = {
  ...fullTerms,
  financingKind: "share" as const,
  fundingRate: percent("90"),
  kind: "grant" as const,
  validFrom: "2020-05-01",
  documentId: "first",
};
const sums: KnownGrant["sums"] = {
  granted: euro("27000"),
  approved: euro("30000"),
  committed: euro("2000"),
  invoiced: euro("1500"),
  paid: euro("1000"),
  drawn: euro("900"),
  received: euro("400"),
};

test("what has flowed is divided by the terms of the day", () => {
  const raised = {
    ...first,
    kind: "amendment" as const,
    validFrom: "2021-07-01",
    fundingRate: percent("95"),
  };
  const versions = [first, raised];
  expect(figuresOfGrant({ versions, sums }, "2021-06-30").due).toEqual(euro("900"));
  expect(figuresOfGrant({ versions, sums }, "2021-12-31").due).toEqual(euro("950"));
});

test("a closing notice ends what is running from its day on", () => {
  const final = { ...first, kind: "final" as const, validFrom: "2021-07-01" };
  const known = { versions: [first, final], sums };
  expect(figuresOfGrant(known, "2021-06-30").running).toEqual(euro("27000"));
  expect(figuresOfGrant(known, "2021-12-31")).toMatchObject({
    granted: euro("27000"),
    running: euro("0"),
  });
});

test("totals are the sums of their rows", () => {
  const row = figuresOfGrant({ versions: [first], sums }, "2021-06-30");
  expect(totalFigures([row, row])).toMatchObject({ granted: euro("54000"), due: euro("1800") });
});

// prettier-ignore
test.each([
  { on: null,         known: null,         problems: [] },
  { on: "2021-06-30", known: "2021-08-15", problems: [] },
  { on: "30.06.2021", known: "15.08.2021", problems: [] },
  { on: "2021-07-01", known: "2021-08-15", problems: ["on"] },
  { on: "2021-12-31", known: "2021-08-15", problems: ["on"] },
  { on: "2021-06-30", known: "2021-09-02", problems: ["known"] },
  { on: "nie",        known: "<script>",   problems: ["on", "known"] },
])("an address with $on and $known", ({ on, known, problems }) => {
  expect(Object.keys(readHalfYear({ on, known }, "2021-09-01").problems)).toEqual(problems);
});

test("the report says in words what it shows", () => {
  const { view } = readHalfYear({ on: "2021-06-30", known: "2021-08-15" }, "2021-09-01");
  expect(halfYearTitle(view)).toBe("Stand 30.06.2021, wie am 15.08.2021 bekannt");
});

test("no cell of the file is a formula or breaks out", () => {
  const row = figuresOfGrant({ versions: [first], sums }, "2021-06-30");
  const grants = [{ ...row, fileNumber: '=1+1;"x"' }];
  const view = { on: "2021-06-30", known: "2021-08-15" };
  const [heading, line] = writeHalfYear(view, [{ name: "P", grants }]).split("\r\n");
  expect(heading).toMatch(/^\ufeffStand;bekannt am;/);
  expect(line).toBe(
    `30.06.2021;15.08.2021;P;"'=1+1;""x""";27000,00;27000,00;2000,00;1500,00;1000,00;900,00;900,00;400,00`,
  );
});
