/** Random agreements over three years: members join and leave on any day, keys and totals change. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { plusDays } from "#app/domain/calendar.ts";
import type { Key, KeyBasis } from "#app/domain/joint-key.ts";
import { daysInYear } from "#app/domain/joint-service.ts";
import { checkSettlement } from "#app/domain/joint-settlement.ts";
import { instalmentsOf, partsOf, type YearMember } from "#app/domain/joint-year.ts";
import { euro, factor, type Money, percent, sum } from "#app/domain/money.ts";

const years = [2023, 2024, 2025];
const bases = ["pupils", "schools", "inhabitants", "devices"] as const;
const cents = (min: number, max: number) =>
  fc.integer({ min, max }).map((value) => euro(String(value)).div(100));
const text = (amounts: Money[]) => sum(amounts).toFixed(2);

const member = fc.record({
  joins: fc.integer({ min: 0, max: 1000 }),
  stays: fc.option(fc.integer({ min: 1, max: 1000 })),
  figures: fc.array(fc.integer({ min: 1, max: 99999 }), { minLength: 4, maxLength: 4 }),
});
const year = fc.record({
  share: fc.integer({ min: 0, max: 100 }),
  basis: fc.constantFrom(...bases),
  planned: cents(1, 99_999_999),
  actual: cents(0, 99_999_999),
  instalments: fc.integer({ min: 1, max: 12 }),
  unpaid: fc.integer({ min: 0, max: 12 }),
});

test("in every year of any agreement plan, instalments and settlement add up to their totals", () => {
  fc.assert(
    fc.property(
      fc.array(member, { minLength: 1, maxLength: 6 }),
      fc.array(year, { minLength: 3, maxLength: 3 }),
      (others, plans) => {
        for (const [index, fiscalYear] of years.entries()) {
          const { share, basis, planned, actual, instalments, unpaid } = plans[index]!;
          const members = membersOf(fiscalYear, others);
          const key = keyOf(basis, share, others);
          const given = { fiscalYear, reading: "joint_total" as const, members, key };
          const plan = partsOf({ ...given, amount: planned });
          if ("problem" in plan) throw new Error(plan.problem.rule);
          expect(text(plan.parts.map(({ amount }) => amount))).toBe(planned.toFixed(2));

          const dueDays = Array.from({ length: instalments }, (_, n) => plusDays(`${fiscalYear}-01-15`, n * 28)); // prettier-ignore
          const asked = instalmentsOf(plan.parts, dueDays);
          expect(text(asked.map(({ amount }) => amount))).toBe(planned.toFixed(2));
          for (const { memberId, amount } of plan.parts) {
            const own = asked.filter((one) => one.memberId === memberId);
            expect(text(own.map((one) => one.amount))).toBe(amount.toFixed(2));
          }

          const paid = asked.slice(unpaid);
          const settled = checkSettlement(
            { settledOn: `${fiscalYear + 1}-02-01`, number: "1", dueOn: `${fiscalYear + 1}-03-01` },
            {
              ...given,
              ...{
                costs: [actual],
                overcounted: [],
                planned: plan.parts,
                paid,
                lastDay: `${fiscalYear}-12-31`,
              },
              ...{
                notBefore: null,
                isSettled: false,
                appropriation: undefined,
                today: "2026-06-01",
              },
            },
          );
          if ("violation" in settled) throw new Error(settled.violation.rule);
          expect(text(settled.parts.map(({ amount }) => amount))).toBe(actual.toFixed(2));
          const result = sum(settled.parts.map((part) => part.amount.minus(part.paid)));
          expect(result.toFixed(2)).toBe(actual.minus(text(paid.map(({ amount }) => amount))).toFixed(2)); // prettier-ignore
        }
      },
    ),
    { numRuns: 200 },
  );
});

type Other = { joins: number; stays: number | null; figures: number[] };

/** We are in from the first day and perform; the others come and go on any day. */
function membersOf(fiscalYear: number, others: Other[]): YearMember[] {
  const own = { id: "own", name: "own", isOwn: true, isPerforming: true };
  return [
    { ...own, days: daysInYear(fiscalYear, { joinedOn: "2023-01-01", leftOn: null }, null) },
    ...others.map(({ joins, stays }, index) => {
      const joinedOn = plusDays("2023-01-01", joins);
      const leftOn = stays === null ? null : plusDays(joinedOn, stays);
      const days = daysInYear(fiscalYear, { joinedOn, leftOn }, null);
      return { id: String(index), name: String(index), isOwn: false, isPerforming: false, days };
    }),
  ];
}

function keyOf(basis: KeyBasis, share: number, others: Other[]): Key {
  const source = { countedOn: "2022-09-01", source: "Statistik" };
  const column = bases.indexOf(basis as (typeof bases)[number]);
  return {
    components: [
      { basis, percent: percent(String(share)), ...source },
      { basis: "equal_parts", percent: percent(String(100 - share)), countedOn: null, source: "" },
    ],
    figures: [
      { basis, memberId: "own", value: factor("100") },
      ...others.map(({ figures }, index) => {
        return { basis, memberId: String(index), value: factor(String(figures[column])) };
      }),
    ],
  };
}
