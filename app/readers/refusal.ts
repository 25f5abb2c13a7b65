/** Ends the reading of a file from deep inside; the reader gives it back as its answer. */
import {
  mostOfTable,
  type Oddity,
  type ReadingViolation,
  type TableViolation,
} from "#app/domain/reading.ts";

export class Refusal extends Error {
  constructor(readonly violation: ReadingViolation | TableViolation) {
    super(violation.rule);
  }
}

export function odd(oddity: Oddity): Refusal {
  return new Refusal({ field: "file", rule: "workbook_odd", oddity });
}

export function tooLarge(part: keyof typeof mostOfTable): Refusal {
  return new Refusal({ field: "file", rule: "table_too_large", part, most: mostOfTable[part] });
}
