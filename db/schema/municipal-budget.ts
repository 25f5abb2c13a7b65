import { sql } from "drizzle-orm";
import { check, date, integer, pgEnum, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { carryoverGrounds } from "#app/domain/carryover.ts";
import { authorityId, createdAt, euroAmount, id, withinAuthority } from "../columns.ts";
import { resolutions, schoolAuthorities } from "./authorities.ts";
import { accounts } from "./journal.ts";

/** Appropriation (Haushaltsansatz): what the council gives an account of the municipal budget. */
export const appropriations = pgTable(
  "appropriations",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    accountId: uuid().notNull(),
    amount: euroAmount().notNull(),
    decidedOn: date().notNull(),
    resolutionId: uuid(),
    createdAt: createdAt(),
  },
  (appropriation) => [
    withinAuthority(
      "appropriation_is_of_its_account",
      [appropriation.accountId, appropriation.schoolAuthorityId],
      [accounts.id, accounts.schoolAuthorityId],
    ),
    withinAuthority(
      "appropriation_rests_on_a_resolution",
      [appropriation.resolutionId, appropriation.schoolAuthorityId],
      [resolutions.id, resolutions.schoolAuthorityId],
    ),
    check("appropriated_amount_is_positive", sql`${appropriation.amount} > 0`),
  ],
);

/** What every change of an account rests on: a resolution on file, or who decided, in words. */
const decision = () => ({
  amount: euroAmount().notNull(),
  decidedOn: date().notNull(),
  resolutionId: uuid(),
  decision: text().notNull(),
  reason: text().notNull(),
});

/** Supplementary budget (Nachtrag): raises an appropriation, or lowers it. */
export const supplements = pgTable(
  "supplements",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    accountId: uuid().notNull(),
    ...decision(),
    createdAt: createdAt(),
  },
  (supplement) => [
    withinAuthority(
      "supplement_is_of_its_account",
      [supplement.accountId, supplement.schoolAuthorityId],
      [accounts.id, accounts.schoolAuthorityId],
    ),
    withinAuthority(
      "supplement_rests_on_a_resolution",
      [supplement.resolutionId, supplement.schoolAuthorityId],
      [resolutions.id, resolutions.schoolAuthorityId],
    ),
    check("supplement_changes_something", sql`${supplement.amount} <> 0`),
    check("supplement_has_a_reason", sql`${supplement.reason} <> ''`),
    check(
      "supplement_was_decided",
      sql`${supplement.resolutionId} is not null or ${supplement.decision} <> ''`,
    ),
  ],
);

/** Over-plan or unplanned approval (über- oder außerplanmäßig, § 117 NKomVG), and what covers it. */
export const extraApprovals = pgTable(
  "extra_approvals",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    accountId: uuid().notNull(),
    ...decision(),
    coveringAccountId: uuid(),
    additionalIncome: text().notNull(),
    createdAt: createdAt(),
  },
  (approval) => [
    withinAuthority(
      "approval_is_of_its_account",
      [approval.accountId, approval.schoolAuthorityId],
      [accounts.id, accounts.schoolAuthorityId],
    ),
    withinAuthority(
      "approval_is_covered_by_an_account",
      [approval.coveringAccountId, approval.schoolAuthorityId],
      [accounts.id, accounts.schoolAuthorityId],
    ),
    withinAuthority(
      "approval_rests_on_a_resolution",
      [approval.resolutionId, approval.schoolAuthorityId],
      [resolutions.id, resolutions.schoolAuthorityId],
    ),
    check("approved_extra_is_positive", sql`${approval.amount} > 0`),
    check("approval_has_a_reason", sql`${approval.reason} <> ''`),
    check(
      "approval_was_decided",
      sql`${approval.resolutionId} is not null or ${approval.decision} <> ''`,
    ),
    check(
      "approval_is_covered_once",
      sql`(${approval.coveringAccountId} is not null) <> (${approval.additionalIncome} <> '')`,
    ),
    check(
      "account_does_not_cover_itself",
      sql`${approval.coveringAccountId} is distinct from ${approval.accountId}`,
    ),
  ],
);

export const carryoverGround = pgEnum("carryover_ground", carryoverGrounds);

/** Carry-over (Haushaltsrest, § 20 KomHKVO): what is left goes to the same account of the next year. */
export const carryovers = pgTable(
  "carryovers",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    fromAccountId: uuid().notNull(),
    toAccountId: uuid().notNull(),
    ...decision(),
    ground: carryoverGround().notNull(),
    /** Last day on which it may be used; null until the last payment. */
    validUntil: date(),
    createdAt: createdAt(),
  },
  (carryover) => [
    withinAuthority(
      "carryover_leaves_an_account",
      [carryover.fromAccountId, carryover.schoolAuthorityId],
      [accounts.id, accounts.schoolAuthorityId],
    ),
    withinAuthority(
      "carryover_arrives_at_an_account",
      [carryover.toAccountId, carryover.schoolAuthorityId],
      [accounts.id, accounts.schoolAuthorityId],
    ),
    withinAuthority(
      "carryover_rests_on_a_resolution",
      [carryover.resolutionId, carryover.schoolAuthorityId],
      [resolutions.id, resolutions.schoolAuthorityId],
    ),
    check("carried_amount_is_positive", sql`${carryover.amount} > 0`),
    check("carryover_has_a_reason", sql`${carryover.reason} <> ''`),
    check(
      "carryover_was_decided",
      sql`${carryover.resolutionId} is not null or ${carryover.decision} <> ''`,
    ),
    check("carryover_moves", sql`${carryover.fromAccountId} <> ${carryover.toAccountId}`),
  ],
);

/** Closing of a fiscal year (Jahresabschluss): from then on it takes reversals only. */
export const yearClosings = pgTable(
  "year_closings",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    fiscalYear: integer().notNull(),
    closedOn: date().notNull(),
    note: text().notNull(),
    /** The closing that was reversed before; a year is closed once at a time. */
    supersedesId: uuid(),
    createdAt: createdAt(),
  },
  (closing) => [
    unique("year_is_closed_once")
      .on(closing.schoolAuthorityId, closing.fiscalYear, closing.supersedesId)
      .nullsNotDistinct(),
    check(
      "year_is_over_when_closed",
      sql`extract(year from ${closing.closedOn}) > ${closing.fiscalYear}`,
    ),
  ],
);
