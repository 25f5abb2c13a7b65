/** Ends the reading of a file from deep inside; caught at the door of its reader. */
import { mostOfTable, type Oddity } from "#app/domain/reading.ts";

export class Refusal<
  Problem extends { field: "file"; rule: string } = { field: "file"; rule: string },
> extends Error {
  constructor(readonly problem: Problem) {
    super(problem.rule);
  }
}

export function odd(oddity: Oddity) {
  return new Refusal({ field: "file", rule: "workbook_odd", oddity });
}

export function tooLarge(part: keyof typeof mostOfTable) {
  return new Refusal({ field: "file", rule: "table_too_large", part, most: mostOfTable[part] });
}
