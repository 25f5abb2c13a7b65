import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  date,
  index,
  integer,
  pgEnum,
  pgTable,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { invoiceKinds } from "#app/domain/invoice.ts";
import { ineligibleReasons, invoiceLineKinds, roundings } from "#app/domain/invoice-line.ts";
import { budgetTreatments } from "#app/domain/low-value.ts";
import {
  authorityId,
  createdAt,
  euroAmount,
  exactFactor,
  id,
  percentage,
  withinAuthority,
} from "../columns.ts";
import { schoolAuthorities } from "./authorities.ts";
import { grants } from "./grants.ts";
import { imports } from "./imports.ts";
import { accounts } from "./journal.ts";
import { costKind, orderLines, suppliers } from "./orders.ts";

export const ineligibleReason = pgEnum("ineligible_reason", ineligibleReasons);
export const invoiceKind = pgEnum("invoice_kind", invoiceKinds);
export const invoiceLineKind = pgEnum("invoice_line_kind", invoiceLineKinds);
export const rounding = pgEnum("rounding", roundings);
export const budgetTreatment = pgEnum("budget_treatment", budgetTreatments);

/** Invoice (Rechnung). Never changed or deleted: a mistake is undone by a reversal. */
export const invoices = pgTable(
  "invoices",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    /** What pays it: a grant, or the municipal budget of a fiscal year. */
    grantId: uuid(),
    fiscalYear: integer(),
    supplierId: uuid().notNull(),
    number: text().notNull(),
    /** The number without case, spaces and punctuation. */
    numberKey: text().notNull(),
    invoicedOn: date().notNull(),
    /** The reversed invoice of the same supplier and number that this one replaces. */
    supersedesId: uuid().unique("invoice_is_superseded_once"),
    /** Null on invoices recorded before it was asked, like all that follows. */
    kind: invoiceKind(),
    /** The invoice that a credit note lowers. */
    creditedId: uuid(),
    roundedPer: rounding(),
    roundingReason: text(),
    overOrderReason: text(),
    /** Why the municipal budget was overrun. */
    overBudgetReason: text(),
    dueOn: date(),
    discountRate: percentage(),
    discountUntil: date(),
    /** The import of a file with which it came; null where it was typed. */
    importId: uuid(),
    createdAt: createdAt(),
  },
  (invoice) => [
    unique("invoice_is_of_one_authority").on(invoice.id, invoice.schoolAuthorityId),
    unique("invoice_is_of_one_grant").on(invoice.id, invoice.grantId),
    unique("invoice_is_of_one_year").on(invoice.id, invoice.fiscalYear),
    check(
      "invoice_has_one_funding",
      sql`num_nonnulls(${invoice.grantId}, ${invoice.fiscalYear}) = 1`,
    ),
    withinAuthority(
      "credited_invoice_is_of_the_same_year",
      [invoice.creditedId, invoice.fiscalYear],
      [invoice.id, invoice.fiscalYear],
    ),
    // One paper, one record: a second one stands only where it names the reversed one it replaces.
    unique("invoice_is_recorded_once")
      .on(invoice.schoolAuthorityId, invoice.supplierId, invoice.numberKey, invoice.supersedesId)
      .nullsNotDistinct(),
    withinAuthority(
      "superseded_invoice_is_of_the_same_authority",
      [invoice.supersedesId, invoice.schoolAuthorityId],
      [invoice.id, invoice.schoolAuthorityId],
    ),
    withinAuthority(
      "invoice_spends_its_grant",
      [invoice.grantId, invoice.schoolAuthorityId],
      [grants.id, grants.schoolAuthorityId],
    ),
    withinAuthority(
      "invoice_comes_from_a_supplier",
      [invoice.supplierId, invoice.schoolAuthorityId],
      [suppliers.id, suppliers.schoolAuthorityId],
    ),
    withinAuthority(
      "credited_invoice_is_of_the_same_grant",
      [invoice.creditedId, invoice.grantId],
      [invoice.id, invoice.grantId],
    ),
    withinAuthority(
      "imported_invoice_is_of_the_same_grant",
      [invoice.importId, invoice.grantId],
      [imports.id, imports.grantId],
    ),
    index("invoices_by_grant").on(invoice.grantId),
    index("invoices_by_import").on(invoice.importId),
    index("invoices_by_credited").on(invoice.creditedId),
    check(
      "credit_note_names_what_it_lowers",
      sql`(${invoice.kind} is not null and ${invoice.kind} = 'credit_note') = (${invoice.creditedId} is not null)`,
    ),
  ],
);

export const invoiceLines = pgTable(
  "invoice_lines",
  {
    id: id(),
    schoolAuthorityId: authorityId(),
    invoiceId: uuid().notNull(),
    grantId: uuid(),
    fiscalYear: integer(),
    position: integer().notNull(),
    budgetLineId: uuid().notNull(),
    orderLineId: uuid(),
    costKind: costKind().notNull(),
    description: text().notNull(),
    grossAmount: euroAmount().notNull(),
    ineligibleAmount: euroAmount().notNull(),
    ineligibleReason: ineligibleReason(),
    /** What it released of its order line's commitment. */
    releasedAmount: euroAmount().notNull(),
    /** Null on lines recorded before it was asked, like all that follows. */
    kind: invoiceLineKind(),
    /** The invoice whose prepayment the line takes off. */
    prepaidId: uuid(),
    quantity: exactFactor(),
    isSet: boolean(),
    treatment: budgetTreatment(),
    netAmount: euroAmount(),
    vatRate: percentage(),
    /** VAT that the authority deducts as input tax. */
    deductibleVat: euroAmount(),
    ineligibleNote: text(),
    /** Of outside advice: the budget line of the investment it belongs to, and why. */
    accompaniesId: uuid(),
    accompanyingReason: text(),
  },
  (line) => [
    check(
      "invoice_line_has_one_funding",
      sql`num_nonnulls(${line.grantId}, ${line.fiscalYear}) = 1`,
    ),
    withinAuthority(
      "line_belongs_to_its_invoice_of_the_year",
      [line.invoiceId, line.fiscalYear],
      [invoices.id, invoices.fiscalYear],
    ),
    withinAuthority(
      "invoiced_line_is_of_its_authority",
      [line.invoiceId, line.schoolAuthorityId],
      [invoices.id, invoices.schoolAuthorityId],
    ),
    withinAuthority(
      "invoiced_account_is_of_its_year",
      [line.budgetLineId, line.fiscalYear],
      [accounts.id, accounts.fiscalYear],
    ),
    withinAuthority(
      "invoiced_account_is_of_its_authority",
      [line.budgetLineId, line.schoolAuthorityId],
      [accounts.id, accounts.schoolAuthorityId],
    ),
    withinAuthority(
      "prepaid_invoice_is_of_the_same_year",
      [line.prepaidId, line.fiscalYear],
      [invoices.id, invoices.fiscalYear],
    ),
    withinAuthority(
      "invoiced_advice_accompanies_an_investment_of_its_grant",
      [line.accompaniesId, line.grantId],
      [accounts.id, accounts.grantId],
    ),
    check(
      "invoiced_advice_is_of_a_grant",
      sql`${line.costKind} <> 'accompanying' or ${line.grantId} is not null`,
    ),
    unique("invoice_line_is_of_one_authority").on(line.id, line.schoolAuthorityId),
    withinAuthority(
      "line_belongs_to_its_invoice",
      [line.invoiceId, line.grantId],
      [invoices.id, invoices.grantId],
    ),
    // Both columns, so that an invoice can't be charged to a line of another grant.
    withinAuthority(
      "invoiced_line_belongs_to_its_grant",
      [line.budgetLineId, line.grantId],
      [accounts.id, accounts.grantId],
    ),
    withinAuthority(
      "line_fulfils_an_order_of_its_budget_line",
      [line.orderLineId, line.budgetLineId],
      [orderLines.id, orderLines.budgetLineId],
    ),
    withinAuthority(
      "prepaid_invoice_is_of_the_same_grant",
      [line.prepaidId, line.grantId],
      [invoices.id, invoices.grantId],
    ),
    index("invoice_lines_by_prepaid").on(line.prepaidId),
    index("invoice_lines_by_invoice").on(line.invoiceId),
    index("invoice_lines_by_order_line").on(line.orderLineId),
    check("invoiced_amount_is_something", sql`${line.grossAmount} <> 0`),
    check(
      "ineligible_part_is_within_its_line",
      sql`${line.ineligibleAmount} * ${line.grossAmount} >= 0 and coalesce(${line.deductibleVat}, 0) * ${line.grossAmount} >= 0
        and abs(${line.ineligibleAmount} + coalesce(${line.deductibleVat}, 0)) <= abs(${line.grossAmount})`,
    ),
    check(
      "line_takes_off_a_prepayment_or_none",
      sql`(${line.kind} is not null and ${line.kind} = 'prepayment') = (${line.prepaidId} is not null)`,
    ),
    check(
      "ineligible_part_has_a_reason",
      sql`(${line.ineligibleAmount} = 0) = (${line.ineligibleReason} is null)`,
    ),
    check(
      "released_part_is_within_its_line",
      sql`${line.releasedAmount} >= 0 and ${line.releasedAmount} <= greatest(0, ${line.grossAmount})`,
    ),
    check(
      "running_costs_are_not_invoiced_on_a_grant",
      sql`${line.costKind} <> 'running' or ${line.grantId} is null`,
    ),
  ],
);
