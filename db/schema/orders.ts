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
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { costKinds } from "#app/domain/order.ts";
import { awardKinds } from "#app/domain/procurement.ts";
import { authorityId, createdAt, euroAmount, id, percentage, withinAuthority } from "../columns.ts";
import { schoolAuthorities } from "./authorities.ts";
import { contracts } from "./contracts.ts";
import { grants } from "./grants.ts";
import { accounts } from "./journal.ts";

export const costKind = pgEnum("cost_kind", costKinds);
export const awardKind = pgEnum("award_kind", awardKinds);

/** Supplier (Lieferant). Names that differ in case, spaces or punctuation only are one supplier. */
export const suppliers = pgTable(
  "suppliers",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    name: text().notNull(),
    nameKey: text().notNull(),
  },
  (supplier) => [
    unique("supplier_is_of_one_authority").on(supplier.id, supplier.schoolAuthorityId),
    unique("supplier_is_known_once").on(supplier.schoolAuthorityId, supplier.nameKey),
  ],
);

/** Order (Auftrag): commits money of a grant's budget lines. */
export const orders = pgTable(
  "orders",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    /** What pays it: a grant, or the municipal budget of a fiscal year. */
    grantId: uuid(),
    fiscalYear: integer(),
    supplierId: uuid().notNull(),
    number: text().notNull(),
    orderedOn: date().notNull(),
    awardKind: awardKind().notNull(),
    awardReference: text().notNull(),
    /** Why it was awarded so above the threshold; null before it was asked. */
    awardReason: text(),
    /** Why the municipal budget was overrun. */
    overBudgetReason: text(),
    /** The order of the year before that this one goes on with. */
    carriedFromId: uuid().unique("order_is_carried_once"),
    /** The contract whose cost of the fiscal year it commits, and the reversed order that it replaces. */
    contractId: uuid(),
    supersedesId: uuid(),
    createdAt: createdAt(),
  },
  (order) => [
    unique("order_is_of_one_authority").on(order.id, order.schoolAuthorityId),
    unique("order_is_of_one_grant").on(order.id, order.grantId),
    unique("order_is_of_one_year").on(order.id, order.fiscalYear),
    unique("order_is_of_one_contract").on(order.id, order.contractId),
    // A second order of the year has to replace the one before, so that the plan is posted once.
    uniqueIndex("contract_is_ordered_once_a_year")
      .on(
        order.contractId,
        order.fiscalYear,
        sql`coalesce(${order.supersedesId}, ${order.contractId})`,
      )
      .where(sql`${order.contractId} is not null`),
    check(
      "contract_is_ordered_on_the_municipal_budget",
      sql`${order.contractId} is null or ${order.fiscalYear} is not null`,
    ),
    check(
      "order_of_a_contract_supersedes",
      sql`${order.supersedesId} is null or ${order.contractId} is not null`,
    ),
    withinAuthority(
      "ordered_contract_is_of_its_authority",
      [order.contractId, order.schoolAuthorityId],
      [contracts.id, contracts.schoolAuthorityId],
    ),
    withinAuthority(
      "superseded_order_is_of_the_same_contract",
      [order.supersedesId, order.contractId],
      [order.id, order.contractId],
    ),
    check("order_has_one_funding", sql`num_nonnulls(${order.grantId}, ${order.fiscalYear}) = 1`),
    withinAuthority(
      "carried_order_is_of_the_same_authority",
      [order.carriedFromId, order.schoolAuthorityId],
      [order.id, order.schoolAuthorityId],
    ),
    withinAuthority(
      "order_spends_its_grant",
      [order.grantId, order.schoolAuthorityId],
      [grants.id, grants.schoolAuthorityId],
    ),
    withinAuthority(
      "order_goes_to_a_supplier",
      [order.supplierId, order.schoolAuthorityId],
      [suppliers.id, suppliers.schoolAuthorityId],
    ),
    index("orders_by_grant").on(order.grantId),
  ],
);

export const orderLines = pgTable(
  "order_lines",
  {
    id: id(),
    schoolAuthorityId: authorityId(),
    orderId: uuid().notNull(),
    grantId: uuid(),
    fiscalYear: integer(),
    position: integer().notNull(),
    budgetLineId: uuid().notNull(),
    costKind: costKind().notNull(),
    description: text().notNull(),
    grossAmount: euroAmount().notNull(),
    /** VAT within it; null on orders placed before it was asked. */
    vatRate: percentage(),
    /** Of outside advice: the budget line of the investment it belongs to, and why. */
    accompaniesId: uuid(),
    accompanyingReason: text(),
  },
  (line) => [
    unique("order_line_is_of_one_budget_line").on(line.id, line.budgetLineId),
    check("order_line_has_one_funding", sql`num_nonnulls(${line.grantId}, ${line.fiscalYear}) = 1`),
    withinAuthority(
      "line_belongs_to_its_order_of_the_year",
      [line.orderId, line.fiscalYear],
      [orders.id, orders.fiscalYear],
    ),
    withinAuthority(
      "line_is_of_its_authority",
      [line.orderId, line.schoolAuthorityId],
      [orders.id, orders.schoolAuthorityId],
    ),
    withinAuthority(
      "ordered_account_is_of_its_year",
      [line.budgetLineId, line.fiscalYear],
      [accounts.id, accounts.fiscalYear],
    ),
    withinAuthority(
      "ordered_account_is_of_its_authority",
      [line.budgetLineId, line.schoolAuthorityId],
      [accounts.id, accounts.schoolAuthorityId],
    ),
    withinAuthority(
      "advice_accompanies_an_investment_of_its_grant",
      [line.accompaniesId, line.grantId],
      [accounts.id, accounts.grantId],
    ),
    // Its migration says NOT VALID: orders from before the reason was asked stay as they are.
    check(
      "advice_has_its_investment_and_reason",
      sql`${line.costKind}::text <> 'accompanying' or (${line.accompaniesId} is not null and trim(coalesce(${line.accompanyingReason}, '')) <> '')`,
    ),
    check(
      "advice_is_of_a_grant",
      sql`${line.costKind} <> 'accompanying' or ${line.grantId} is not null`,
    ),
    withinAuthority(
      "line_belongs_to_its_order",
      [line.orderId, line.grantId],
      [orders.id, orders.grantId],
    ),
    withinAuthority(
      "ordered_line_belongs_to_its_grant",
      [line.budgetLineId, line.grantId],
      [accounts.id, accounts.grantId],
    ),
    index("order_lines_by_order").on(line.orderId),
    check("ordered_amount_is_positive", sql`${line.grossAmount} > 0`),
    check(
      "running_costs_are_not_ordered_on_a_grant",
      sql`${line.costKind} <> 'running' or ${line.grantId} is null`,
    ),
  ],
);
