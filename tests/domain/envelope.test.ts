import { expect, test } from "vitest";
import { checkEnvelope, computeEnvelope, potsOf } from "#app/domain/envelope.ts";
import { chargePots, type PotBalance } from "#app/domain/pot.ts";
import { euro, sum } from "#app/domain/money.ts";
import type { SchoolKind } from "#app/domain/programme.ts";
import { lowerSaxony2019 } from "#tests/support/programme.ts";

// Published amounts of Lower Saxony, in whole euro; pupil numbers are derived from them.
// prettier-ignore
test.each([
  { school: "GS Bookhof",        pupils: 57,   kind: "primary", published: "41195" },
  { school: "GS Dohren",         pupils: 55,   kind: "primary", published: "39750" },
  { school: "GS Herzlake",       pupils: 88,   kind: "primary", published: "49600" },
  { school: "OBS Herzlake",      pupils: 324,  kind: "general", published: "174327" },
  { school: "GS Westerhausen",   pupils: 110,  kind: "primary", published: "54500" },
  { school: "IGS Melle",         pupils: 1052, kind: "general", published: "498619" },
  { school: "GS in Grasberg",    pupils: 252,  kind: "primary", published: "86127" },
  { school: "Gymnasium Lehrte",  pupils: 1186, kind: "general", published: "558310" },
] as const)("$school with $pupils pupils gets $published €", ({ pupils, kind, published }) => {
  const [share] = computeEnvelope(lowerSaxony2019.envelope, [school("A", kind, pupils)]).shares;
  expect(share!.total.toDecimalPlaces(0, 4).toFixed(0)).toBe(published);
});

test("Hankensbüttel's fitted pupils give 245.341,06 €, six cents beside the published amount", () => {
  const computed = computeEnvelope(lowerSaxony2019.envelope, hankensbuettel);
  expect(computed.baseAmount.toFixed(2)).toBe("95000.00");
  expect(computed.total!.toFixed(2)).toBe("245341.06");
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
