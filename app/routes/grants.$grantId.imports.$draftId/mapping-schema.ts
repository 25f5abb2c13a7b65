/** The form of an uploaded table: what its columns mean, or what is to become of it. */
import { z } from "zod";
import { type ColumnMapping, entryColumns } from "#app/domain/entry.ts";
import { mostOfTable } from "#app/domain/reading.ts";
import { choice, optionalText, optionalWholeNumber } from "#app/form.ts";

const place = optionalWholeNumber(0, mostOfTable.columns - 1);

export const mappingSchema = z.object({
  deed: choice(["map", "book", "discard"]),
  /** Of the mapping that the form was made from. */
  version: optionalText,
  headerRow: optionalWholeNumber(1, mostOfTable.rows),
  supplier: place,
  number: place,
  invoicedOn: place,
  school: place,
  position: place,
  description: place,
  quantity: place,
  netAmount: place,
  vatRate: place,
  grossAmount: place,
  ineligibleAmount: place,
  ineligibleReason: place,
  orderNumber: place,
});

export function mappingOf(form: z.output<typeof mappingSchema>): ColumnMapping {
  const chosen = entryColumns.filter((column) => form[column] !== null);
  return Object.fromEntries(chosen.map((column) => [column, form[column]!]));
}
