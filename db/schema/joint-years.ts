/** The year of a joint service: plan, instalments, payments, actual costs, settlement. Appended only. */
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
import { readings } from "#app/domain/joint-year.ts";
import { authorityId, createdAt, euroAmount, id, withinAuthority } from "../columns.ts";
import { schoolAuthorities } from "./authorities.ts";
import { jointKeys } from "./joint-agreements.ts";
import { jointServiceMembers, jointServices } from "./joint-services.ts";
import { accounts } from "./journal.ts";

export const reading = pgEnum("joint_reading", readings);

export const jointPlans = pgTable(
  "joint_plans",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    jointServiceId: uuid().notNull(),
    fiscalYear: integer().notNull(),
    reading: reading().notNull(),
    number: text().notNull(),
    plannedOn: date().notNull(),
    amount: euroAmount().notNull(),
    /** The key it stands on: frozen with it. Null for the own share, which nothing divides. */
    keyId: uuid(),
    /** Null where we perform. */
    appropriationAccountId: uuid(),
    performingMemberId: uuid().notNull(),
    /** Why the municipal budget was overrun; null where nothing was asked. */
    overBudgetReason: text(),
    supersedesId: uuid().unique("joint_plan_is_superseded_once"),
    createdAt: createdAt(),
  },
  (plan) => [
    unique("joint_plan_is_of_one_authority").on(plan.id, plan.schoolAuthorityId),
    unique("joint_plan_is_recorded_once")
      .on(plan.jointServiceId, plan.fiscalYear, plan.supersedesId)
      .nullsNotDistinct(),
    withinAuthority(
      "superseded_joint_plan_is_of_its_authority",
      [plan.supersedesId, plan.schoolAuthorityId],
      [plan.id, plan.schoolAuthorityId],
    ),
    withinAuthority(
      "joint_plan_is_of_a_service",
      [plan.jointServiceId, plan.schoolAuthorityId],
      [jointServices.id, jointServices.schoolAuthorityId],
    ),
    withinAuthority(
      "joint_plan_stands_on_a_key",
      [plan.keyId, plan.jointServiceId],
      [jointKeys.id, jointKeys.jointServiceId],
    ),
    withinAuthority(
      "joint_plan_is_performed_by_a_member",
      [plan.performingMemberId, plan.jointServiceId],
      [jointServiceMembers.id, jointServiceMembers.jointServiceId],
    ),
    withinAuthority(
      "joint_plan_is_booked_on_an_account",
      [plan.appropriationAccountId, plan.schoolAuthorityId],
      [accounts.id, accounts.schoolAuthorityId],
    ),
    check("planned_amount_is_positive", sql`${plan.amount} > 0`),
    check(
      "joint_total_has_a_key",
      sql`(${plan.reading} = 'joint_total') = (${plan.keyId} is not null)`,
    ),
  ],
);

const part = () => ({
  id: id(),
  schoolAuthorityId: authorityId(),
  position: integer().notNull(),
  memberId: uuid()
    .notNull()
    .references(() => jointServiceMembers.id),
  amount: euroAmount().notNull(),
});

/** The part of each member, with the account of member and year on which it is booked. */
export const jointPlanParts = pgTable(
  "joint_plan_parts",
  { ...part(), planId: uuid().notNull(), accountId: uuid().notNull(), days: integer().notNull() },
  (row) => [
    unique("joint_plan_has_a_part_once").on(row.planId, row.memberId),
    withinAuthority(
      "joint_part_is_of_its_plan",
      [row.planId, row.schoolAuthorityId],
      [jointPlans.id, jointPlans.schoolAuthorityId],
    ),
    withinAuthority(
      "joint_part_is_booked_on_an_account",
      [row.accountId, row.schoolAuthorityId],
      [accounts.id, accounts.schoolAuthorityId],
    ),
  ],
);

export const jointInstalments = pgTable(
  "joint_instalments",
  { ...part(), planId: uuid().notNull(), number: integer().notNull(), dueOn: date().notNull() },
  (row) => [
    unique("instalment_is_numbered_once").on(row.planId, row.memberId, row.number),
    withinAuthority(
      "instalment_is_of_its_plan",
      [row.planId, row.schoolAuthorityId],
      [jointPlans.id, jointPlans.schoolAuthorityId],
    ),
  ],
);

export const jointSettlements = pgTable(
  "joint_settlements",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    planId: uuid().notNull(),
    keyId: uuid().references(() => jointKeys.id),
    number: text().notNull(),
    settledOn: date().notNull(),
    dueOn: date().notNull(),
    total: euroAmount().notNull(),
    /** Why the municipal budget was overrun; null where nothing was asked. */
    overBudgetReason: text(),
    supersedesId: uuid().unique("joint_settlement_is_superseded_once"),
    createdAt: createdAt(),
  },
  (settlement) => [
    unique("joint_settlement_is_of_one_authority").on(settlement.id, settlement.schoolAuthorityId),
    unique("joint_year_is_settled_once")
      .on(settlement.planId, settlement.supersedesId)
      .nullsNotDistinct(),
    withinAuthority(
      "joint_settlement_is_of_a_plan",
      [settlement.planId, settlement.schoolAuthorityId],
      [jointPlans.id, jointPlans.schoolAuthorityId],
    ),
    check("settled_total_is_not_negative", sql`${settlement.total} >= 0`),
  ],
);

export const jointSettlementParts = pgTable(
  "joint_settlement_parts",
  {
    ...part(),
    settlementId: uuid().notNull(),
    accountId: uuid().notNull(),
    days: integer().notNull(),
    /** Planned, and instalments paid by the day of the settlement. */
    planned: euroAmount().notNull(),
    paid: euroAmount().notNull(),
  },
  (row) => [
    unique("joint_settlement_has_a_part_once").on(row.settlementId, row.memberId),
    withinAuthority(
      "joint_part_is_of_its_settlement",
      [row.settlementId, row.schoolAuthorityId],
      [jointSettlements.id, jointSettlements.schoolAuthorityId],
    ),
    withinAuthority(
      "settled_part_is_booked_on_an_account",
      [row.accountId, row.schoolAuthorityId],
      [accounts.id, accounts.schoolAuthorityId],
    ),
  ],
);

/** Payment of an instalment, or of what the settlement left (Nachzahlung; Erstattung with a minus). */
export const jointPayments = pgTable(
  "joint_payments",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    planId: uuid().notNull(),
    settlementId: uuid(),
    memberId: uuid()
      .notNull()
      .references(() => jointServiceMembers.id),
    accountId: uuid().notNull(),
    paidOn: date().notNull(),
    amount: euroAmount().notNull(),
    note: text().notNull(),
    createdAt: createdAt(),
  },
  (payment) => [
    withinAuthority(
      "joint_payment_is_of_a_plan",
      [payment.planId, payment.schoolAuthorityId],
      [jointPlans.id, jointPlans.schoolAuthorityId],
    ),
    withinAuthority(
      "joint_payment_is_of_a_settlement",
      [payment.settlementId, payment.schoolAuthorityId],
      [jointSettlements.id, jointSettlements.schoolAuthorityId],
    ),
    withinAuthority(
      "joint_payment_is_booked_on_an_account",
      [payment.accountId, payment.schoolAuthorityId],
      [accounts.id, accounts.schoolAuthorityId],
    ),
    index("joint_payments_by_plan").on(payment.planId),
    check(
      "instalment_is_not_negative",
      sql`${payment.amount} <> 0 and (${payment.settlementId} is not null or ${payment.amount} > 0)`,
    ),
  ],
);
