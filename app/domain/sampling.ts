/**
 * Samples of receipts (Stichproben): which an auditor looks at. Drawn by a generator that anybody can
 * recompute, in a spreadsheet too, so that the printed seed gives the same receipts again.
 */
import type { Day } from "./calendar.ts";
import type { Money } from "./money.ts";

/**
 * Each receipt with the same chance; with a chance in proportion to its amount (Monetary Unit Sampling);
 * or those with most hints first.
 */
export const sampleMethods = ["random", "monetary_unit", "risk"] as const;
export type SampleMethod = (typeof sampleMethods)[number];

/** A receipt that can be drawn: its amount in euro gross, and how many hints it has. */
export type Unit = { id: string; amount: Money; hints: number };

export type SampleDraft = { method: SampleMethod; size: number; seed: number };

export type SampleViolation =
  | { field: "size"; rule: "sample_population_empty" }
  | { field: "size"; rule: "sample_too_large"; most: number };

/** Seeds are whole numbers from 1 up to this one. */
export const mostSeed = 999_999_999;

/** The refusal of a sample; undefined where it can be drawn. */
export function checkSample(draft: SampleDraft, population: Unit[]): SampleViolation | undefined {
  const most = drawable(draft.method, population).length;
  if (most === 0) return { field: "size", rule: "sample_population_empty" };
  if (draft.size > most) return { field: "size", rule: "sample_too_large", most };
}

/**
 * The ids of the sample, in the order in which they were drawn; none twice. The same population in the
 * same order with the same draft gives the same sample. By amount a receipt that is larger than the
 * interval can be hit more than once: the sample is smaller then.
 */
export function drawSample(population: Unit[], draft: SampleDraft): string[] {
  const units = drawable(draft.method, population);
  const random = minimalStandard(draft.seed);
  if (draft.method === "monetary_unit") return byAmount(units, draft.size, random);
  const inOrder =
    draft.method === "random"
      ? shuffled(units, draft.size, random)
      : // Sorting is stable: of equally many hints chance decides.
        shuffled(units, units.length, random).sort((a, b) => b.hints - a.hints);
  return inOrder.slice(0, draft.size).map(({ id }) => id);
}

/** By amount only what has one can be drawn: a credit note takes part in the other methods. */
function drawable(method: SampleMethod, population: Unit[]): Unit[] {
  if (method !== "monetary_unit") return population;
  return population.filter(({ amount }) => amount.greaterThan(0));
}

type Receipt = { id: string; invoicedOn: Day; supplier: string; number: string };

/** The order in which receipts are numbered before a sample is drawn; by code, the same everywhere. */
export function inDrawingOrder<Row extends Receipt>(rows: Row[]): Row[] {
  const keys = ({ invoicedOn, supplier, number, id }: Row) => [invoicedOn, supplier, number, id];
  return rows.toSorted((a, b) => {
    const [own, other] = [keys(a), keys(b)];
    const place = own.findIndex((key, index) => key !== other[index]);
    return place === -1 ? 0 : own[place]! < other[place]! ? -1 : 1;
  });
}

/** The modulus of the generator, a prime: 2^31 - 1. Its numbers are 1 to one less than it. */
const modulus = 2_147_483_647;

/**
 * The "minimal standard" generator of Park and Miller (1988): x becomes 16807 · x mod (2^31 - 1), exact
 * in every spreadsheet. The first ten numbers are left out, since a small seed gives small ones.
 */
export function minimalStandard(seed: number): () => number {
  let x = seed;
  const next = () => (x = (16_807 * x) % modulus);
  for (let left = 10; left > 0; left -= 1) next();
  return next;
}

/** A number from 0 to one less than `count`, each with the same chance: what would favour some is drawn anew. */
function below(count: number, random: () => number): number {
  const fair = Math.floor((modulus - 1) / count) * count;
  for (;;) {
    const value = random() - 1;
    if (value < fair) return value % count;
  }
}

/** Fisher and Yates, only as far as is needed: places 1, 2, … each take one of those still there. */
function shuffled<Row>(rows: Row[], count: number, random: () => number): Row[] {
  const left = [...rows];
  for (let place = 0; place < Math.min(count, left.length); place += 1) {
    const other = place + below(left.length - place, random);
    [left[place], left[other]] = [left[other]!, left[place]!];
  }
  return left;
}

/**
 * The sum of all amounts is cut into equal intervals, one for each receipt of the sample; a random start
 * in the first is repeated in every other, and the receipt in which a point falls is drawn. In whole cents
 * times the generator's range, so that nothing is rounded.
 */
function byAmount(units: Unit[], size: number, random: () => number): string[] {
  const cents = units.map(({ amount }) => BigInt(amount.times(100).toFixed(0)));
  const total = cents.reduce((sum, one) => sum + one, 0n);
  const range = BigInt(modulus - 1);
  const start = BigInt(random() - 1);
  const drawn: string[] = [];
  let interval = 0n;
  let before = 0n;
  for (const [index, amount] of cents.entries()) {
    const end = (before + amount) * BigInt(size) * range;
    const point = () => (interval * range + start) * total;
    if (point() < end) drawn.push(units[index]!.id);
    while (point() < end) interval += 1n;
    before += amount;
  }
  return drawn;
}
