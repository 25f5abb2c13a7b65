import { sql } from "drizzle-orm";
import { check, date, index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { authorityId, createdAt, euroAmount, id, withinAuthority } from "../columns.ts";
import { schoolAuthorities } from "./authorities.ts";
import { invoiceLines, invoices } from "./invoices.ts";
import { users } from "./users.ts";

/** That an invoice is right in substance and arithmetic (sachlich und rechnerisch richtig). */
export const certifications = pgTable(
  "certifications",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    invoiceId: uuid().notNull(),
    certifiedOn: date().notNull(),
    certifiedBy: uuid().notNull(),
    note: text().notNull(),
    /** The reversed certification that this one replaces. */
    supersedesId: uuid().unique("certification_is_superseded_once"),
    createdAt: createdAt(),
  },
  (certification) => [
    unique("certification_is_of_one_authority").on(
      certification.id,
      certification.schoolAuthorityId,
    ),
    unique("invoice_is_certified_once")
      .on(certification.invoiceId, certification.supersedesId)
      .nullsNotDistinct(),
    withinAuthority(
      "certification_certifies_its_invoice",
      [certification.invoiceId, certification.schoolAuthorityId],
      [invoices.id, invoices.schoolAuthorityId],
    ),
    withinAuthority(
      "superseded_certification_is_of_the_same_authority",
      [certification.supersedesId, certification.schoolAuthorityId],
      [certification.id, certification.schoolAuthorityId],
    ),
    withinAuthority(
      "invoice_is_certified_by_its_authority",
      [certification.certifiedBy, certification.schoolAuthorityId],
      [users.id, users.schoolAuthorityId],
    ),
  ],
);

/** Payment (Zahlung) of an invoice or of a part of it, with the cash discount (Skonto) that was taken. */
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
    /** Which payment of its invoice it is, reversed ones counted; null before there were several. */
    position: integer(),
    supersedesId: uuid().unique("payment_is_superseded_once"),
    createdAt: createdAt(),
  },
  (payment) => [
    unique("payment_is_of_one_authority").on(payment.id, payment.schoolAuthorityId),
    unique("payment_is_recorded_once")
      .on(payment.invoiceId, payment.position, payment.supersedesId)
      .nullsNotDistinct(),
    index("payments_by_invoice").on(payment.invoiceId),
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

/** What a payment is for each line of its invoice; none for payments before there were several. */
export const paymentLines = pgTable(
  "payment_lines",
  {
    id: id(),
    schoolAuthorityId: authorityId(),
    paymentId: uuid().notNull(),
    position: integer().notNull(),
    invoiceLineId: uuid()
      .notNull()
      .references(() => invoiceLines.id),
    discount: euroAmount().notNull(),
    paid: euroAmount().notNull(),
    ineligible: euroAmount().notNull(),
    eligible: euroAmount().notNull(),
    eligibleDiscount: euroAmount().notNull(),
    missed: euroAmount().notNull(),
  },
  (line) => [
    withinAuthority(
      "line_belongs_to_its_payment",
      [line.paymentId, line.schoolAuthorityId],
      [payments.id, payments.schoolAuthorityId],
    ),
    index("payment_lines_by_payment").on(line.paymentId),
    index("payment_lines_by_invoice_line").on(line.invoiceLineId),
    check(
      "payment_line_adds_up",
      sql`${line.paid} = ${line.eligible} + ${line.missed} + ${line.ineligible}`,
    ),
  ],
);
