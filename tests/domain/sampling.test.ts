import fc from "fast-check";
import { expect, test } from "vitest";
import { euro } from "#app/domain/money.ts";
import {
  checkSample,
  drawSample,
  inDrawingOrder,
  minimalStandard,
  mostSeed,
  sampleMethods,
  type Unit,
} from "#app/domain/sampling.ts";

test("the generator is the minimal standard of Park and Miller", () => {
  // From x = 1 the 10 000th number is 1 043 618 065, as they printed it; ten of them are left out.
  const next = minimalStandard(1);
  let x = 0;
  for (let count = 0; count < 9_990; count += 1) x = next();
  expect(x).toBe(1_043_618_065);
});

const units = fc.array(
  fc.record({ cents: fc.integer({ min: -500_000, max: 5_000_000 }), hints: fc.nat(4) }),
  { minLength: 1, maxLength: 60 },
);
const seeds = fc.integer({ min: 1, max: mostSeed });

function populationOf(rows: { cents: number; hints: number }[]): Unit[] {
  return rows.map(({ cents, hints }, index) => {
    const sign = cents < 0 ? "-" : "";
    const digits = String(Math.abs(cents)).padStart(3, "0");
    const amount = euro(`${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`);
    return { id: `R ${index}`, amount, hints };
  });
}

test("whatever can be drawn is drawn without replacement, and the same seed draws the same", () => {
  fc.assert(
    fc.property(
      units,
      fc.constantFrom(...sampleMethods),
      seeds,
      fc.nat(59),
      (rows, method, seed, n) => {
        const population = populationOf(rows);
        const draft = { method, seed, size: n + 1 };
        fc.pre(checkSample(draft, population) === undefined);
        const sample = drawSample(population, draft);
        expect(new Set(sample).size).toBe(sample.length);
        expect(population.map(({ id }) => id)).toEqual(expect.arrayContaining(sample));
        expect(drawSample(population, draft)).toEqual(sample);
        if (method === "monetary_unit") expect(sample.length).toBeLessThanOrEqual(draft.size);
        else expect(sample).toHaveLength(draft.size);
      },
    ),
  );
});

test("drawn by amount, whatever is larger than the interval is in every sample, and nothing without amount", () => {
  fc.assert(
    fc.property(units, seeds, fc.integer({ min: 1, max: 20 }), (rows, seed, size) => {
      const population = populationOf(rows);
      const draft = { method: "monetary_unit" as const, seed, size };
      fc.pre(checkSample(draft, population) === undefined);
      const positive = population.filter(({ amount }) => amount.greaterThan(0));
      const total = positive.reduce((all, { amount }) => all.plus(amount), euro("0"));
      const sample = drawSample(population, draft);
      for (const { id, amount } of population) {
        if (amount.times(size).greaterThanOrEqualTo(total)) expect(sample).toContain(id);
        if (!amount.greaterThan(0)) expect(sample).not.toContain(id);
      }
    }),
  );
});

test("by risk, nothing left out has more hints than anything taken", () => {
  fc.assert(
    fc.property(units, seeds, fc.integer({ min: 1, max: 60 }), (rows, seed, size) => {
      const population = populationOf(rows);
      fc.pre(size <= population.length);
      const sample = drawSample(population, { method: "risk", seed, size });
      const hintsOf = (isIn: boolean) =>
        population.filter(({ id }) => sample.includes(id) === isIn).map(({ hints }) => hints);
      expect(Math.min(...hintsOf(true))).toBeGreaterThanOrEqual(Math.max(0, ...hintsOf(false)));
    }),
  );
});

test("each receipt has the same chance", () => {
  const population = populationOf(Array.from({ length: 10 }, () => ({ cents: 100, hints: 0 })));
  const drawn = new Map<string, number>();
  for (let seed = 1; seed <= 5_000; seed += 1) {
    for (const id of drawSample(population, { method: "random", seed, size: 3 })) {
      drawn.set(id, (drawn.get(id) ?? 0) + 1);
    }
  }
  // 1 500 each are expected; six standard deviations (32) of a fair draw are allowed.
  for (const count of drawn.values()) expect(Math.abs(count - 1_500)).toBeLessThan(195);
  expect(drawn.size).toBe(10);
});

test("by amount, the chance goes with the amount", () => {
  const population = populationOf([10_000, 20_000, 70_000].map((cents) => ({ cents, hints: 0 })));
  const drawn = new Map<string, number>();
  for (let seed = 1; seed <= 5_000; seed += 1) {
    const [id] = drawSample(population, { method: "monetary_unit", seed, size: 1 });
    drawn.set(id!, (drawn.get(id!) ?? 0) + 1);
  }
  expect(Math.abs(drawn.get("R 0")! - 500)).toBeLessThan(130);
  expect(Math.abs(drawn.get("R 1")! - 1_000)).toBeLessThan(170);
});

test("a sample on paper comes out again in later versions of the program", () => {
  const population = populationOf(
    Array.from({ length: 20 }, (_, index) => ({ cents: 1_000 * (index + 1), hints: index % 3 })),
  );
  const draw = (method: (typeof sampleMethods)[number]) =>
    drawSample(population, { method, seed: 20_261_127, size: 5 }).join(", ");
  expect(draw("random")).toMatchInlineSnapshot(`"R 11, R 6, R 7, R 0, R 16"`);
  expect(draw("monetary_unit")).toMatchInlineSnapshot(`"R 4, R 9, R 13, R 16, R 18"`);
  expect(draw("risk")).toMatchInlineSnapshot(`"R 11, R 8, R 2, R 5, R 14"`);
});

test("more than there is can't be drawn, nor anything from nothing", () => {
  const draft = { method: "random" as const, seed: 1, size: 3 };
  const population = populationOf([
    { cents: 100, hints: 0 },
    { cents: -100, hints: 0 },
  ]);
  expect(checkSample(draft, population)).toEqual({
    field: "size",
    rule: "sample_too_large",
    most: 2,
  });
  expect(checkSample({ ...draft, method: "monetary_unit", size: 2 }, population)).toMatchObject({
    most: 1,
  });
  expect(checkSample({ ...draft, size: 2 }, population)).toBeUndefined();
  expect(checkSample(draft, [])?.rule).toBe("sample_population_empty");
});

test("receipts are numbered by day, supplier and number, capital letters first on every machine", () => {
  const row = (invoicedOn: string, supplier: string, number: string, id = "1") => {
    return { invoicedOn, supplier, number, id };
  };
  const rows = [
    row("2021-02-01", "Ärger", "1"),
    row("2021-02-01", "a", "1"),
    row("2021-02-01", "Z", "2"),
    row("2021-02-01", "Z", "10"),
    row("2021-01-01", "z", "9", "2"),
    row("2021-01-01", "z", "9", "1"),
  ];
  expect(
    inDrawingOrder(rows).map(({ supplier, number, id }) => [supplier, number, id].join(" ")),
  ).toEqual(["z 9 1", "z 9 2", "Z 10 1", "Z 2 1", "a 1 1", "Ärger 1 1"]);
});
