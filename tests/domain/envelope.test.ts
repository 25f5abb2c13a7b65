import { expect, test } from "vitest";
import { checkEnvelope, computeEnvelope, potsOf, schoolArithmetic } from "#app/domain/envelope.ts";
import { chargePots, type PotBalance } from "#app/domain/pot.ts";
import { euro, sum } from "#app/domain/money.ts";
import type { SchoolKind } from "#app/domain/programme.ts";
import { lowerSaxony2019 } from "#tests/support/programme.ts";

// Published amounts of Lower Saxony, in whole euro; pupil numbers are derived from them.
// prettier-ignore
const published = [
  { school: "GS Bookhof",        pupils: 57,   kind: "primary", amount: "41195" },
  { school: "GS Dohren",         pupils: 55,   kind: "primary", amount: "39750" },
  { school: "GS Herzlake",       pupils: 88,   kind: "primary", amount: "49600" },
  { school: "GS Holte",          pupils: 91,   kind: "primary", amount: "50268" },
  { school: "GS Lähden",         pupils: 65,   kind: "primary", amount: "44477" },
  { school: "OBS Herzlake",      pupils: 324,  kind: "general", amount: "174327" },
  { school: "GS Westerhausen",   pupils: 110,  kind: "primary", amount: "54500" },
  { school: "IGS Melle",         pupils: 1052, kind: "general", amount: "498619" },
  { school: "GS in Grasberg",    pupils: 252,  kind: "primary", amount: "86127" },
  { school: "Gymnasium Lehrte",  pupils: 1186, kind: "general", amount: "558310" },
] as const;

test.each(published)("$school with $pupils pupils gets $amount €", ({ pupils, kind, amount }) => {
  const [share] = computeEnvelope(lowerSaxony2019.envelope, [school("A", kind, pupils)]).shares;
  expect(share!.rounded.toFixed(0)).toBe(amount);
});

test("Bookhof's 57 pupils are 28.500 and 12.695,4675 €, before anything is rounded", () => {
  const [share] = computeEnvelope(lowerSaxony2019.envelope, [school("A", "primary", 57)]).shares;
  expect([share!.baseAmount, share!.perPupilShare, share!.total].map(String)).toEqual([
    "28500",
    "12695.4675",
    "41195.4675",
  ]);
});

test("Herzlake is published as the sum of rounded amounts, 1,41 € below the exact total", () => {
  const herzlake = published.slice(0, 6).map((one) => school(one.school, one.kind, one.pupils));
  const computed = computeEnvelope(lowerSaxony2019.envelope, herzlake);
  expect(computed.roundedTotal!.toFixed(2)).toBe("399617.00");
  expect(computed.baseAmount.toFixed(2)).toBe("176000.00");
  expect(computed.total!.toFixed(2)).toBe("399618.41");
  const pots = potsOf({ ...envelope, givenAmount: euro("399617") }, lowerSaxony2019, computed);
  expect(pots.find(({ potKind }) => potKind === "free")!.ceiling.toFixed(2)).toBe("223617.00");
});

// prettier-ignore
test.each([
  { name: "GS Hankensbüttel", exact: "79222.7775", rounded: "79223",  base: "30000" },
  { name: "GS Steinhorst",    exact: "28186.3725", rounded: "28186",  base: "19500" },
  { name: "GS Sprakensehl",   exact: "22404.5525", rounded: "22405",  base: "15500" },
  { name: "Wiethornschule",   exact: "115527.36",  rounded: "115527", base: "30000" },
])("$name: $exact € exactly, $rounded € published", ({ name, exact, rounded, base }) => {
  const { shares } = computeEnvelope(lowerSaxony2019.envelope, hankensbuettel);
  const share = shares.find((one) => one.name === name)!;
  expect([share.total, share.rounded, share.baseAmount].map(String)).toEqual([exact, rounded, base]);
});

test("Hankensbüttel's published pupils without fitting give 1,3 % more", () => {
  const newspaper = [
    school("GS Hankensbüttel", "primary", 232),
    school("GS Steinhorst", "primary", 40),
    school("GS Sprakensehl", "primary", 31),
    school("Wiethornschule", "general", 192),
  ];
  const computed = computeEnvelope(lowerSaxony2019.envelope, newspaper);
  expect([computed.baseAmount, computed.total].map(String)).toEqual(["95500", "248513.79"]);
});

test("Hankensbüttel's fitted pupils give 245.341,06 €, six cents beside the published amount", () => {
  const computed = computeEnvelope(lowerSaxony2019.envelope, hankensbuettel);
  expect(computed.baseAmount.toFixed(2)).toBe("95000.00");
  expect(computed.total!.toFixed(2)).toBe("245341.06");
  expect(computed.roundedTotal!.toFixed(2)).toBe("245341.00");
  expect(computed.shares.map(({ baseAmount }) => baseAmount.toFixed(2))).toEqual([
    "30000.00",
    "19500.00",
    "15500.00",
    "30000.00",
  ]);
});

test("the pots hold exactly the published amount", () => {
  const pots = potsOf(
    envelope,
    lowerSaxony2019,
    computeEnvelope(lowerSaxony2019.envelope, hankensbuettel),
  );
  expect(sum(pots.map(({ ceiling }) => ceiling)).toFixed(2)).toBe("245341.00");
  expect(pots.find(({ potKind }) => potKind === "free")!.ceiling.toFixed(2)).toBe("150341.00");
});

test("a published amount below the base amounts is refused with what they need", () => {
  const computed = computeEnvelope(lowerSaxony2019.envelope, hankensbuettel);
  const draft = { ...envelope, givenAmount: euro("94999.99") };
  expect(checkEnvelope(draft, lowerSaxony2019, computed, "2026-01-01")).toEqual({
    field: "givenAmount",
    rule: "ceiling_below_base_amounts",
    needed: euro("95000"),
  });
});

// GS A has a base amount of 30 000, all share 20 000, Administration has 5 000.
// prettier-ignore
test.each([
  { charges: [["A", "50000"]],                   verdict: "30000+20000",       because: "base amount first, then the free part" },
  { charges: [["A", "50000.01"]],                verdict: "short 0: 50000.00", because: "a cent more is not there" },
  { charges: [["B", "20000"]],                   verdict: "0+20000",           because: "B has no base amount of its own" },
  { charges: [["B", "20000.01"]],                verdict: "short 0: 20000.00", because: "A's base amount does not leave A" },
  { charges: [["A", "40000"], ["B", "10000.01"]], verdict: "short 1: 10000.00", because: "charges count together" },
] as const)("$charges: $because", ({ charges, verdict }) => {
  const charged = chargePots(
    charges.map(([schoolId, amount]) => ({ schoolId, ceiling: "equipment", amount: euro(amount) })),
    pots,
    answering,
  );
  expect(spoken(charged)).toBe(verdict);
});

test("the arithmetic on file gives what was computed", () => {
  const { shares, total, roundedTotal } = computeEnvelope(lowerSaxony2019.envelope, hankensbuettel);
  const { schools, totals } = schoolArithmetic(
    lowerSaxony2019.envelope,
    shares.map(({ baseAmount: ceiling, perPupilShare }) => ({ ceiling, perPupilShare })),
  );
  expect(schools.map(({ rounded }) => rounded)).toEqual(shares.map(({ rounded }) => rounded));
  expect(totals.total.toFixed(2)).toBe(total!.toFixed(2));
  expect(totals.rounded.toFixed(2)).toBe(roundedTotal!.toFixed(2));
});

test("Administration has a ceiling of its own and leaves the base amount alone", () => {
  const charges = [
    { schoolId: "A", ceiling: "administration" as const, amount: euro("5000") },
    { schoolId: "A", ceiling: "equipment" as const, amount: euro("30000") },
  ];
  expect(spoken(chargePots(charges, pots, asking))).toBe("0+5000 30000+0");
  const tooMuch = [{ ...charges[0]!, amount: euro("5000.01") }];
  expect(spoken(chargePots(tooMuch, pots, asking))).toBe("short 0: 5000.00");
});

test("an application can't ask for what another asks for, a notice answers it", () => {
  const takenBefore = [{ ...pots[1]!, asked: euro("20000") }];
  const charge = [{ schoolId: "B", ceiling: "equipment" as const, amount: euro("500.01") }];
  expect(spoken(chargePots(charge, takenBefore, asking))).toBe("short 0: 500.00");
  expect(spoken(chargePots(charge, takenBefore, answering))).toBe("0+500.01");
});

const asking = { kind: "application" as const, isFirstCome: false };
const answering = { kind: "notice" as const, isFirstCome: false };
const none = { granted: euro("0"), asked: euro("0") };
const pots: PotBalance[] = [
  { potKind: "base", schoolId: "A", ceiling: euro("30000"), ...none },
  { potKind: "free", schoolId: undefined, ceiling: euro("20500"), ...none },
  // What B took of the free part already.
  {
    potKind: "free",
    schoolId: "B",
    ceiling: euro("0"),
    granted: euro("500"),
    asked: euro("0"),
  },
  { potKind: "administration", schoolId: undefined, ceiling: euro("5000"), ...none },
];

const hankensbuettel = [
  school("GS Hankensbüttel", "primary", 221),
  school("GS Steinhorst", "primary", 39),
  school("GS Sprakensehl", "primary", 31),
  school("Wiethornschule", "general", 192),
];

const envelope = {
  givenAmount: euro("245341"),
  administrationAmount: euro("0"),
  givenOn: "2019-08-08",
  note: "",
};

function school(name: string, kind: SchoolKind, pupils: number) {
  return { schoolId: name, name, kind, pupils, isCounted: true };
}

function spoken(charged: ReturnType<typeof chargePots>): string {
  if ("shortage" in charged) {
    return `short ${charged.shortage.index}: ${charged.shortage.available.toFixed(2)}`;
  }
  return charged.shares.map(({ fromBase, fromShared }) => `${fromBase}+${fromShared}`).join(" ");
}
