import { sql } from "drizzle-orm";
import { check, date, index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { authorityId, createdAt, euroAmount, id, withinAuthority } from "../columns.ts";
import { schoolAuthorities } from "./authorities.ts";
import { orderLines, orders } from "./orders.ts";

/** An order raised or lowered (Auftragsänderung). */
export const orderChanges = pgTable(
  "order_changes",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    orderId: uuid().notNull(),
    changedOn: date().notNull(),
    reason: text().notNull(),
    awardReason: text().notNull(),
    /** Why the municipal budget was overrun; null where nothing was asked. */
    overBudgetReason: text(),
    createdAt: createdAt(),
  },
  (change) => [
    unique("change_is_of_one_authority").on(change.id, change.schoolAuthorityId),
    withinAuthority(
      "change_changes_its_order",
      [change.orderId, change.schoolAuthorityId],
      [orders.id, orders.schoolAuthorityId],
    ),
    index("order_changes_by_order").on(change.orderId),
  ],
);

export const orderChangeLines = pgTable(
  "order_change_lines",
  {
    id: id(),
    schoolAuthorityId: authorityId(),
    changeId: uuid().notNull(),
    position: integer().notNull(),
    orderLineId: uuid()
      .notNull()
      .references(() => orderLines.id),
    /** By how much, in euro gross; below zero where it is lowered. */
    change: euroAmount().notNull(),
  },
  (line) => [
    withinAuthority(
      "line_belongs_to_its_change",
      [line.changeId, line.schoolAuthorityId],
      [orderChanges.id, orderChanges.schoolAuthorityId],
    ),
    unique("order_line_is_changed_once").on(line.changeId, line.orderLineId),
    index("order_change_lines_by_order_line").on(line.orderLineId),
    check("change_changes_something", sql`${line.change} <> 0`),
  ],
);

/** Closing of an order: nothing more will be invoiced, the rest of the commitment is freed. */
export const orderClosures = pgTable(
  "order_closures",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    orderId: uuid().notNull(),
    closedOn: date().notNull(),
    reason: text().notNull(),
    createdAt: createdAt(),
  },
  (closure) => [
    unique("closure_is_of_one_authority").on(closure.id, closure.schoolAuthorityId),
    withinAuthority(
      "closure_closes_its_order",
      [closure.orderId, closure.schoolAuthorityId],
      [orders.id, orders.schoolAuthorityId],
    ),
  ],
);

export const orderClosureLines = pgTable(
  "order_closure_lines",
  {
    id: id(),
    schoolAuthorityId: authorityId(),
    closureId: uuid().notNull(),
    position: integer().notNull(),
    orderLineId: uuid()
      .notNull()
      .references(() => orderLines.id),
    freedAmount: euroAmount().notNull(),
  },
  (line) => [
    withinAuthority(
      "line_belongs_to_its_closure",
      [line.closureId, line.schoolAuthorityId],
      [orderClosures.id, orderClosures.schoolAuthorityId],
    ),
    index("order_closure_lines_by_order_line").on(line.orderLineId),
    check("freed_amount_is_positive", sql`${line.freedAmount} > 0`),
  ],
);
