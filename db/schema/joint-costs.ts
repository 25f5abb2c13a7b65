/** What a joint service's year really cost. Appended only. */
import { sql } from "drizzle-orm";
import { check, date, pgEnum, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { jointCostKinds } from "#app/domain/joint-cost.ts";
import {
  authorityId,
  createdAt,
  euroAmount,
  exactFactor,
  id,
  withinAuthority,
} from "../columns.ts";
import { schoolAuthorities } from "./authorities.ts";
import { invoices } from "./invoices.ts";
import { jointPlans } from "./joint-years.ts";

export const jointCostKind = pgEnum("joint_cost_kind", jointCostKinds);

/** An actual cost of the year; it moves no money here: the settlement divides the sum. */
export const jointCosts = pgTable(
  "joint_costs",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    planId: uuid().notNull(),
    kind: jointCostKind().notNull(),
    incurredOn: date().notNull(),
    description: text().notNull(),
    reference: text().notNull(),
    /** Of the municipal budget only: a trigger refuses what a grant pays. */
    invoiceId: uuid(),
    hours: exactFactor(),
    rate: euroAmount(),
    amount: euroAmount().notNull(),
    createdAt: createdAt(),
  },
  (cost) => [
    withinAuthority(
      "joint_cost_is_of_a_plan",
      [cost.planId, cost.schoolAuthorityId],
      [jointPlans.id, jointPlans.schoolAuthorityId],
    ),
    withinAuthority(
      "joint_cost_counts_an_own_invoice",
      [cost.invoiceId, cost.schoolAuthorityId],
      [invoices.id, invoices.schoolAuthorityId],
    ),
    check("joint_cost_is_something", sql`${cost.amount} <> 0`),
  ],
);
