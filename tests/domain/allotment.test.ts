/** Decisions that divide the free pot: what they may do, and that no pot is ever overdrawn by them. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkAllotment, mayUndoAllotment, postingsOfAllotment } from "#app/domain/allotment.ts";
import { euro, sum } from "#app/domain/money.ts";
import { chargePots, type PotBalance, restLeft } from "#app/domain/pot.ts";
import { dividePots } from "#app/domain/school-pots.ts";

type Pot = PotBalance & { applied: ReturnType<typeof euro> };

/** A has a base amount of 30 000; of 20 000 for all 5 000 are allotted to B, who took 4 000 of them. */
const pots = [
  pot("base", "A", "30000"),
  pot("free", undefined, "15000"),
  pot("free", "B", "5000", "3000", "1000"),
  pot("administration", undefined, "7000"),
];

// prettier-ignore
test.each([
  { gives: { A: "15000" },                verdict: "A +15000",                     because: "all that is free" },
  { gives: { A: "15000.01" },             verdict: "schools exceeds_free_pot 15000", because: "a cent more is not there, the base amount does not count" },
  { gives: { B: "4000" },                 verdict: "B -1000",                      because: "down to what is taken" },
  { gives: { B: "3999.99" },              verdict: "schools[0].amount below_taken 4000", because: "asked for counts as taken" },
  { gives: { B: "4000", A: "16000" },     verdict: "B -1000, A +16000",            because: "moved from one to the other" },
  { gives: { B: "4000", A: "16000.01" },  verdict: "schools exceeds_free_pot 16000", because: "what is moved can be given once" },
  { gives: { B: "5000" },                 verdict: "schools nothing_changes",      because: "that is what B has" },
  { gives: { A: "0", B: "5000" },         verdict: "schools nothing_changes",      because: "nothing was allotted to A" },
  { gives: { A: "-1" },                   verdict: "schools[0].amount amount_negative", because: "less than nothing is not to have" },
  { gives: { X: "1" },                    verdict: "schools[0].schoolId school_not_on_file", because: "X is nobody" },
  { gives: {},                            verdict: "schools no_schools_allotted",  because: "nobody is named" },
])("$gives: $because", ({ gives, verdict }) => {
  expect(spoken(decide(gives as Record<string, string>))).toBe(verdict);
});

// prettier-ignore
test.each([
  { given: { decidedOn: "2026-01-02" }, verdict: "decidedOn in_the_future" },
  { given: { decidedOn: "2019-08-07" }, verdict: "decidedOn before_envelope" },
  { given: { decidedOn: "2020-01-31" }, verdict: "decidedOn before_last_allotment" },
  { given: { decidedOn: "2020-02-01" }, verdict: "A +1" },
])("$given.decidedOn: $verdict", ({ given, verdict }) => {
  expect(spoken(decide({ A: "1" }, given))).toBe(verdict);
});

test("what the directive binds can be given, and not taken away again", () => {
  expect(spoken(decide({ B: "6000" }, {}, { isMovable: false }))).toBe("B +1000");
  expect(spoken(decide({ B: "4500" }, {}, { isMovable: false }))).toBe(
    "schools[0].amount pot_not_movable",
  );
});

test("a school is named once, and a row that was left alone says nothing", () => {
  const twice = [row("A", "1"), row("A", "2")];
  expect(spoken(decideOn(twice))).toBe("schools[1].schoolId school_twice");
  // B was given 5 000 since the form was opened: only A was touched.
  const stale = [row("B", "2000", "2000"), row("A", "1", "0")];
  expect(spoken(decideOn(stale))).toBe("A +1");
});

test("what schools took of the rest stays covered", () => {
  const taken = [pot("free", undefined, "10000"), pot("free", "B", "0", "4000")];
  expect(spoken(decideOn([row("A", "6000")], taken))).toBe("A +6000");
  expect(spoken(decideOn([row("A", "6000.01")], taken))).toBe("schools exceeds_free_pot 6000");
  // B's own allotment gives the rest back to all.
  expect(spoken(decideOn([row("B", "4000"), row("A", "6000")], taken))).toBe("B +4000, A +6000");
});

test("a decision can be undone until others took what it left", () => {
  // 10 000 were moved from B to the rest, and C took 10 000 of it.
  const after = [pot("free", undefined, "10000"), pot("free", "C", "0", "10000")];
  expect(mayUndoAllotment([{ schoolId: "B", change: euro("-10000") }], after)).toBe(false);
  const free = [pot("free", undefined, "10000"), pot("free", "C", "0", "9999.99")];
  expect(mayUndoAllotment([{ schoolId: "B", change: euro("-0.01") }], free)).toBe(true);
  expect(mayUndoAllotment([{ schoolId: "B", change: euro("-0.02") }], free)).toBe(false);
});

test("what a school gains the rest loses", () => {
  const lines = [{ accountId: "A", sharedAccountId: "rest", change: euro("-12.34") }];
  const postings = postingsOfAllotment({ decidedOn: "2020-03-01", lines });
  expect(postings.map(({ accountId, amount }) => `${accountId} ${amount}`)).toEqual([
    "A -12.34",
    "rest 12.34",
  ]);
});

test("Bohmte: of 435.483,00 € 123.337,46 are left, and a cent more is not there", () => {
  const bohmte = [
    pot("free", undefined, "435483.00"),
    pot("free", "A", "0", "312145.54"),
    pot("administration", undefined, "1"),
  ];
  const { rest, totals } = dividePots(bohmte, ["A", "B"]);
  expect([rest.left, totals.left, totals.granted].map(String)).toEqual([
    "123337.46",
    "123337.46",
    "312145.54",
  ]);
  const charge = (amount: string) =>
    chargePots([{ schoolId: "B", ceiling: "equipment", amount: euro(amount) }], bohmte, asking);
  expect(charge("123337.46")).toHaveProperty("shares");
  expect(charge("123337.47")).toEqual({ shortage: { index: 0, available: euro("123337.46") } });
});

test("each school sees its base amount, its allotment, and what is beyond the envelope", () => {
  const all = [...pots, pot("first_come", "B", "500", "500"), pot("base", "B", "100")];
  const { schools, rest, totals } = dividePots(all, ["A", "B"]);
  const figures = schools.map(({ schoolId, ...row }) => [
    schoolId,
    ...Object.values(row).map(String),
  ]);
  expect(figures).toEqual([
    ["A", "30000", "0", "0", "0", "0", "30000"],
    ["B", "100", "5000", "4500", "3500", "500", "1100"],
  ]);
  expect([rest.ceiling, rest.left].map(String)).toEqual(["15000", "15000"]);
  expect([totals.allotted, totals.left].map(String)).toEqual(["20000", "46100"]);
});

/** Anything that an office can do to an envelope, in any order. */
const deed = fc.record({
  kind: fc.constantFrom("application", "notice", "allotment" as const),
  schoolId: fc.constantFrom("A", "B", "C"),
  isAdministration: fc.boolean(),
  cents: fc.integer({ min: 1, max: 3_000_000 }),
});

test("whatever is done, base amounts never leave their school and no pot is overdrawn", () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 25 }), (deeds) => {
      const books = new Map<string, Pot>();
      const at = (kind: PotBalance["potKind"], schoolId?: string) => {
        const name = `${kind} ${schoolId}`;
        if (!books.has(name)) books.set(name, pot(kind, schoolId, "0"));
        return books.get(name)!;
      };
      at("base", "A").ceiling = euro("30000");
      at("base", "B").ceiling = euro("500.05");
      at("free").ceiling = euro("20000");
      at("administration").ceiling = euro("700");

      for (const { kind, schoolId, isAdministration, cents } of deeds) {
        const amount = euro((BigInt(cents) / 100n).toString()).plus(euro(`0.${two(cents % 100)}`));
        const before = [...books.values()];
        if (kind === "allotment") {
          const made = decideOn([{ schoolId, amount }], before);
          if ("violation" in made) continue;
          for (const { schoolId: school, change } of made.changes) {
            at("free", school).ceiling = at("free", school).ceiling.plus(change);
            at("free").ceiling = at("free").ceiling.minus(change);
          }
        } else {
          const ceiling = isAdministration ? "administration" : "equipment";
          const charged = chargePots([{ schoolId, ceiling, amount }], before, {
            kind,
            isFirstCome: false,
          });
          if ("shortage" in charged) continue;
          const [share] = charged.shares;
          expect(share!.fromBase.plus(share!.fromShared).eq(amount)).toBe(true);
          const figure = kind === "notice" ? "granted" : "asked";
          const shared = at(isAdministration ? "administration" : "free", schoolId);
          const base = at("base", schoolId);
          base[figure] = base[figure].plus(share!.fromBase);
          shared[figure] = shared[figure].plus(share!.fromShared);
        }
        for (const { potKind, ceiling, granted } of books.values()) {
          if (potKind === "base") expect(granted.lessThanOrEqualTo(ceiling)).toBe(true);
        }
        for (const potKind of ["free", "administration"] as const) {
          const group = [...books.values()].filter((one) => one.potKind === potKind);
          const all = (figure: "ceiling" | "granted") => sum(group.map((one) => one[figure]));
          expect(all("granted").lessThanOrEqualTo(all("ceiling"))).toBe(true);
          expect(all("ceiling").toString()).toBe(potKind === "free" ? "20000" : "700");
        }
      }
      // Nor does a notice for what nobody asked leave less than nothing for all.
      const granted = [...books.values()].map((one) => ({ ...one, asked: euro("0") }));
      expect(restLeft(granted).greaterThanOrEqualTo(0)).toBe(true);
    }),
  );
});

const asking = { kind: "application" as const, isFirstCome: false };

function two(value: number): string {
  return String(value).padStart(2, "0");
}

function pot(
  potKind: PotBalance["potKind"],
  schoolId: string | undefined,
  ceiling: string,
  granted = "0",
  asked = "0",
): Pot {
  const applied = euro(granted).plus(euro(asked));
  return {
    potKind,
    schoolId,
    ceiling: euro(ceiling),
    granted: euro(granted),
    asked: euro(asked),
    applied,
  };
}

function row(schoolId: string, amount: string, before?: string) {
  return { schoolId, amount: euro(amount), ...(before && { before: euro(before) }) };
}

function decide(gives: Record<string, string>, draft = {}, context = {}) {
  const rows = Object.entries(gives).map(([schoolId, amount]) => row(schoolId, amount));
  return decideOn(rows, pots, draft, context);
}

function decideOn(
  schools: ReturnType<typeof row>[],
  on: PotBalance[] = pots,
  draft = {},
  context = {},
) {
  return checkAllotment(
    { decidedOn: "2020-03-01", resolutionId: null, reason: "Beschluss", schools, ...draft },
    {
      givenOn: "2019-08-08",
      lastOn: "2020-02-01",
      isMovable: true,
      schoolIds: ["A", "B", "C"],
      pots: on,
      today: "2026-01-01",
      ...context,
    },
  );
}

function spoken(made: ReturnType<typeof checkAllotment>): string {
  if ("changes" in made) {
    return made.changes
      .map(({ schoolId, change }) => `${schoolId} ${change.greaterThan(0) ? "+" : ""}${change}`)
      .join(", ");
  }
  const { field, rule, ...figures } = made.violation;
  const amounts = Object.values(figures).filter((value) => typeof value === "object");
  return [field, rule, ...amounts.map(String)].join(" ");
}
