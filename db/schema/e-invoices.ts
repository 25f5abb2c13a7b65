import { date, index, jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import type { EInvoice } from "#app/domain/e-invoice.ts";
import { authorityId, createdAt, id, withinAuthority } from "../columns.ts";
import { schoolAuthorities } from "./authorities.ts";
import { grants } from "./grants.ts";
import { users } from "./users.ts";

/**
 * E-invoice (E-Rechnung) as it was received, booked or not. Its file is the attachment of the invoice of the
 * same id, which is what it becomes when it is booked. Never changed or deleted.
 */
export const eInvoices = pgTable(
  "e_invoices",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    grantId: uuid().notNull(),
    /** SHA-256 of the file: one file is received once. */
    hash: text().notNull(),
    /** Seller and number without case, spaces and punctuation, as suppliers and invoices have them. */
    supplierKey: text().notNull(),
    numberKey: text().notNull(),
    issuedOn: date().notNull(),
    /** What was read of the file when it came. */
    invoice: jsonb().$type<EInvoice>().notNull(),
    receivedBy: uuid().notNull(),
    createdAt: createdAt(),
  },
  (received) => [
    unique("e_invoice_is_of_one_authority").on(received.id, received.schoolAuthorityId),
    unique("e_invoice_is_received_once").on(received.schoolAuthorityId, received.hash),
    withinAuthority(
      "e_invoice_is_for_a_grant",
      [received.grantId, received.schoolAuthorityId],
      [grants.id, grants.schoolAuthorityId],
    ),
    withinAuthority(
      "e_invoice_is_received_within_its_authority",
      [received.receivedBy, received.schoolAuthorityId],
      [users.id, users.schoolAuthorityId],
    ),
    index("e_invoices_by_grant").on(received.grantId),
    index("e_invoices_by_number").on(received.schoolAuthorityId, received.numberKey),
  ],
);

/** An e-invoice that is not to be booked, with the reason: a duplicate, advertising, one of another office. */
export const eInvoiceDiscards = pgTable(
  "e_invoice_discards",
  {
    eInvoiceId: uuid().primaryKey(),
    schoolAuthorityId: authorityId(),
    reason: text().notNull(),
    discardedBy: uuid().notNull(),
    createdAt: createdAt(),
  },
  (discard) => [
    withinAuthority(
      "discard_belongs_to_its_e_invoice",
      [discard.eInvoiceId, discard.schoolAuthorityId],
      [eInvoices.id, eInvoices.schoolAuthorityId],
    ),
    withinAuthority(
      "e_invoice_is_discarded_within_its_authority",
      [discard.discardedBy, discard.schoolAuthorityId],
      [users.id, users.schoolAuthorityId],
    ),
  ],
);
