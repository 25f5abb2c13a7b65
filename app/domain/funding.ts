/**
 * What pays an order or an invoice: a grant, or the municipal budget of a fiscal year. Never both, so
 * that running costs can't reach a grant and a grant's money can't reach them.
 */
export type Funding =
  | { grantId: string; fiscalYear?: undefined }
  | { fiscalYear: number; grantId?: undefined };

/** The funding of a row that keeps it in two columns, one of them empty. */
export function fundingOf(row: { grantId: string | null; fiscalYear: number | null }): Funding {
  return row.grantId === null ? { fiscalYear: row.fiscalYear! } : { grantId: row.grantId };
}
