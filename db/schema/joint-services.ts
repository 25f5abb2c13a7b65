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
import { allocationKeys } from "#app/domain/cost-share.ts";
import {
  authorityId,
  createdAt,
  euroAmount,
  exactFactor,
  id,
  withinAuthority,
} from "../columns.ts";
import { resolutions, schoolAuthorities } from "./authorities.ts";
import { accounts } from "./journal.ts";

/** Joint service (IKZ, interkommunale Zusammenarbeit): an agreement of several authorities. */
export const jointServices = pgTable(
  "joint_services",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    name: text().notNull(),
    legalForm: text().notNull(),
    startedOn: date().notNull(),
    resolutionId: uuid(),
    note: text().notNull(),
    createdAt: createdAt(),
  },
  (service) => [
    unique("joint_service_is_of_one_authority").on(service.id, service.schoolAuthorityId),
    withinAuthority(
      "joint_service_rests_on_a_resolution",
      [service.resolutionId, service.schoolAuthorityId],
      [resolutions.id, resolutions.schoolAuthorityId],
    ),
  ],
);

export const jointServiceMembers = pgTable(
  "joint_service_members",
  {
    id: id(),
    schoolAuthorityId: authorityId(),
    jointServiceId: uuid().notNull(),
    position: integer().notNull(),
    name: text().notNull(),
    /** True for the authority whose books these are. */
    isOwn: boolean().notNull(),
    /** First day of a member who joined later; null for those of the beginning. */
    joinedOn: date(),
  },
  (member) => [
    unique("member_is_of_one_joint_service").on(member.id, member.jointServiceId),
    withinAuthority(
      "member_belongs_to_its_joint_service",
      [member.jointServiceId, member.schoolAuthorityId],
      [jointServices.id, jointServices.schoolAuthorityId],
    ),
  ],
);

export const allocationKey = pgEnum("allocation_key", allocationKeys);

/** Cost share (Umlage) of a fiscal year, with the key frozen that divided it. */
export const costShares = pgTable(
  "cost_shares",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    jointServiceId: uuid().notNull(),
    fiscalYear: integer().notNull(),
    appropriationAccountId: uuid().notNull(),
    demandedOn: date().notNull(),
    number: text().notNull(),
    allocationKey: allocationKey().notNull(),
    amount: euroAmount().notNull(),
    /** Why the municipal budget was overrun; null where nothing was asked. */
    overBudgetReason: text(),
    supersedesId: uuid().unique("cost_share_is_superseded_once"),
    createdAt: createdAt(),
  },
  (share) => [
    unique("cost_share_is_of_one_authority").on(share.id, share.schoolAuthorityId),
    unique("cost_share_is_recorded_once")
      .on(share.jointServiceId, share.fiscalYear, share.supersedesId)
      .nullsNotDistinct(),
    withinAuthority(
      "superseded_cost_share_is_of_the_same_authority",
      [share.supersedesId, share.schoolAuthorityId],
      [share.id, share.schoolAuthorityId],
    ),
    withinAuthority(
      "cost_share_is_of_its_joint_service",
      [share.jointServiceId, share.schoolAuthorityId],
      [jointServices.id, jointServices.schoolAuthorityId],
    ),
    withinAuthority(
      "cost_share_is_booked_on_an_account",
      [share.appropriationAccountId, share.schoolAuthorityId],
      [accounts.id, accounts.schoolAuthorityId],
    ),
    check("cost_is_positive", sql`${share.amount} > 0`),
  ],
);

export const costShareParts = pgTable(
  "cost_share_parts",
  {
    id: id(),
    schoolAuthorityId: authorityId(),
    costShareId: uuid().notNull(),
    memberId: uuid()
      .notNull()
      .references(() => jointServiceMembers.id),
    position: integer().notNull(),
    weight: exactFactor(),
    amount: euroAmount().notNull(),
  },
  (part) => [
    withinAuthority(
      "part_belongs_to_its_cost_share",
      [part.costShareId, part.schoolAuthorityId],
      [costShares.id, costShares.schoolAuthorityId],
    ),
    index("cost_share_parts_by_cost_share").on(part.costShareId),
  ],
);

/** Payment of this authority's own part. */
export const costSharePayments = pgTable(
  "cost_share_payments",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    costShareId: uuid().notNull(),
    paidOn: date().notNull(),
    supersedesId: uuid().unique("cost_share_payment_is_superseded_once"),
    createdAt: createdAt(),
  },
  (payment) => [
    unique("cost_share_payment_is_of_one_authority").on(payment.id, payment.schoolAuthorityId),
    unique("cost_share_is_paid_once")
      .on(payment.costShareId, payment.supersedesId)
      .nullsNotDistinct(),
    withinAuthority(
      "superseded_payment_is_of_its_authority",
      [payment.supersedesId, payment.schoolAuthorityId],
      [payment.id, payment.schoolAuthorityId],
    ),
    withinAuthority(
      "payment_pays_its_cost_share",
      [payment.costShareId, payment.schoolAuthorityId],
      [costShares.id, costShares.schoolAuthorityId],
    ),
  ],
);
