import { sql } from "drizzle-orm";
import {
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
import { ineligibleReasons } from "#app/domain/invoice.ts";
import { authorityId, createdAt, euroAmount, id, withinAuthority } from "../columns.ts";
import { schoolAuthorities } from "./authorities.ts";
import { grants } from "./grants.ts";
import { accounts } from "./journal.ts";
import { costKind, orderLines, suppliers } from "./orders.ts";

export const ineligibleReason = pgEnum("ineligible_reason", ineligibleReasons);

/** Invoice (Rechnung). Never changed or deleted: a mistake is undone by a reversal. */
export const invoices = pgTable(
  "invoices",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    grantId: uuid().notNull(),
    supplierId: uuid().notNull(),
    number: text().notNull(),
    /** The number without case, spaces and punctuation. */
    numberKey: text().notNull(),
    invoicedOn: date().notNull(),
    /** The reversed invoice of the same supplier and number that this one replaces. */
    supersedesId: uuid().unique("invoice_is_superseded_once"),
    createdAt: createdAt(),
  },
  (invoice) => [
    unique("invoice_is_of_one_authority").on(invoice.id, invoice.schoolAuthorityId),
    unique("invoice_is_of_one_grant").on(invoice.id, invoice.grantId),
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
    index("invoices_by_grant").on(invoice.grantId),
  ],
);

export const invoiceLines = pgTable(
  "invoice_lines",
  {
    id: id(),
    schoolAuthorityId: authorityId(),
    invoiceId: uuid().notNull(),
    grantId: uuid().notNull(),
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
  },
  (line) => [
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
    index("invoice_lines_by_invoice").on(line.invoiceId),
    index("invoice_lines_by_order_line").on(line.orderLineId),
    check("invoiced_amount_is_positive", sql`${line.grossAmount} > 0`),
    check(
      "ineligible_part_is_within_its_line",
      sql`${line.ineligibleAmount} >= 0 and ${line.ineligibleAmount} < ${line.grossAmount}`,
    ),
    check(
      "ineligible_part_has_a_reason",
      sql`(${line.ineligibleAmount} = 0) = (${line.ineligibleReason} is null)`,
    ),
    check(
      "released_part_is_within_its_line",
      sql`${line.releasedAmount} >= 0 and ${line.releasedAmount} <= ${line.grossAmount} - ${line.ineligibleAmount}`,
    ),
    check("running_costs_are_not_invoiced_on_a_grant", sql`${line.costKind} <> 'running'`),
  ],
);

/** Payment (Zahlung) of an invoice, with the cash discount (Skonto) that was taken. */
export const payments = pgTable(
  "payments",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    invoiceId: uuid().notNull(),
    /** Value date (Wertstellung). */
    paidOn: date().notNull(),
    cashDiscount: euroAmount().notNull(),
    /** Offered and not taken, where the programme deducts it all the same. */
    missedDiscount: euroAmount(),
    paidAmount: euroAmount().notNull(),
    supersedesId: uuid().unique("payment_is_superseded_once"),
    createdAt: createdAt(),
  },
  (payment) => [
    unique("payment_is_of_one_authority").on(payment.id, payment.schoolAuthorityId),
    unique("invoice_is_paid_once").on(payment.invoiceId, payment.supersedesId).nullsNotDistinct(),
    withinAuthority(
      "superseded_payment_is_of_the_same_authority",
      [payment.supersedesId, payment.schoolAuthorityId],
      [payment.id, payment.schoolAuthorityId],
    ),
    withinAuthority(
      "payment_pays_its_invoice",
      [payment.invoiceId, payment.schoolAuthorityId],
      [invoices.id, invoices.schoolAuthorityId],
    ),
    check("discount_is_not_negative", sql`${payment.cashDiscount} >= 0`),
    check("paid_amount_is_positive", sql`${payment.paidAmount} > 0`),
  ],
);
