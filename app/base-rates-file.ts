/** Reads the base rates that come with the program: a file with German keys, checked as a whole. */
import { parseDocument } from "yaml";
import { z } from "zod";
import type { BaseRate } from "./domain/programme.ts";
import { baseRate } from "./programme-rules.ts";
import { notEmpty } from "./programme-values.ts";

const schema = z.strictObject({
  Quellen: z.record(z.string(), notEmpty),
  Basiszinssätze: z.array(baseRate).min(1),
});

/** @throws Error for a file with a mistake, a source without address or two rates for one day. */
export function readBaseRates(text: string): BaseRate[] {
  // "failsafe": every value is text, as in a programme file.
  const document = parseDocument(text, { schema: "failsafe", merge: false });
  if (document.errors.length > 0) throw document.errors[0]!;
  const { Quellen: sources, Basiszinssätze: rates } = schema.parse(document.toJS());
  for (const [index, rate] of rates.entries()) {
    const unknown = rate.sources.find((key) => !Object.hasOwn(sources, key));
    if (unknown) throw new Error(`Basiszinssätze: Die Quelle ${unknown} steht nicht da.`);
    const before = rates[index - 1];
    if (rate.until < rate.from || (before && rate.from <= before.until)) {
      throw new Error(`Basiszinssätze: Der Zeitraum ab ${rate.from} passt nicht zum vorigen.`);
    }
  }
  return rates;
}
