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
import {
  adjustments,
  changeKinds,
  contractKinds,
  rhythms,
  stepDays,
} from "#app/domain/contract.ts";
import {
  authorityId,
  createdAt,
  euroAmount,
  exactFactor,
  id,
  percentage,
  withinAuthority,
} from "../columns.ts";
import { schoolAuthorities, schools } from "./authorities.ts";
import { accounts } from "./journal.ts";
import { suppliers } from "./orders.ts";

export const contractKind = pgEnum("contract_kind", contractKinds);
export const contractRhythm = pgEnum("contract_rhythm", rhythms);
export const priceAdjustment = pgEnum("price_adjustment", adjustments);
export const priceStepDay = pgEnum("price_step_day", stepDays);
export const contractChangeKind = pgEnum("contract_change_kind", changeKinds);

/** Contract (Vertrag) whose cost returns; on the municipal budget only. */
export const contracts = pgTable(
  "contracts",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    number: text().notNull(),
    /** The reversed contract of the same number that this one replaces. */
    supersedesId: uuid(),
    name: text().notNull(),
    kind: contractKind().notNull(),
    /** Null where the own authority provides it. */
    supplierId: uuid(),
    schoolId: uuid(),
    signedOn: date().notNull(),
    startedOn: date().notNull(),
    endsOn: date(),
    noticeMonths: integer(),
    renewalMonths: integer().notNull(),
    /** Per period, in euro gross. */
    amount: euroAmount().notNull(),
    vatRate: percentage().notNull(),
    rhythm: contractRhythm().notNull(),
    adjustment: priceAdjustment().notNull(),
    stepOn: priceStepDay().notNull(),
    stepRate: percentage(),
    indexName: text().notNull(),
    indexBase: exactFactor(),
    expectedRate: percentage(),
    /** The account of the municipal budget, in whatever year. */
    product: text().notNull(),
    costCentre: text().notNull(),
    ledgerAccount: text().notNull(),
    /** The budget line of a grant whose investment it serves; no money moves there. */
    servedLineId: uuid(),
    servedNote: text().notNull(),
    createdAt: createdAt(),
  },
  (contract) => [
    unique("contract_is_of_one_authority").on(contract.id, contract.schoolAuthorityId),
    unique("contract_is_recorded_once")
      .on(contract.schoolAuthorityId, contract.number, contract.supersedesId)
      .nullsNotDistinct(),
    withinAuthority(
      "superseded_contract_is_of_its_authority",
      [contract.supersedesId, contract.schoolAuthorityId],
      [contract.id, contract.schoolAuthorityId],
    ),
    withinAuthority(
      "contract_is_with_a_supplier",
      [contract.supplierId, contract.schoolAuthorityId],
      [suppliers.id, suppliers.schoolAuthorityId],
    ),
    withinAuthority(
      "contract_school_is_of_its_authority",
      [contract.schoolId, contract.schoolAuthorityId],
      [schools.id, schools.schoolAuthorityId],
    ),
    withinAuthority(
      "served_line_is_of_its_authority",
      [contract.servedLineId, contract.schoolAuthorityId],
      [accounts.id, accounts.schoolAuthorityId],
    ),
    check("contract_amount_is_positive", sql`${contract.amount} > 0`),
    check("contract_runs_forward", sql`${contract.endsOn} >= ${contract.startedOn}`),
    check(
      "contract_has_a_supplier",
      sql`${contract.supplierId} is not null or ${contract.kind} = 'staff'`,
    ),
    check(
      "contract_is_renewed_after_an_end",
      sql`${contract.renewalMonths} = 0 or (${contract.renewalMonths} > 0 and ${contract.endsOn} is not null)`,
    ),
    check("contract_notice_is_not_negative", sql`${contract.noticeMonths} >= 0`),
    check(
      "contract_price_moves_by_what_is_agreed",
      sql`case ${contract.adjustment}
        when 'none' then true
        when 'yearly_step' then coalesce(${contract.stepRate}, -100) > -100
        when 'index' then ${contract.indexName} <> '' and ${contract.indexBase} > 0 and coalesce(${contract.expectedRate}, -100) > -100
      end`,
    ),
  ],
);

/** Change of a contract (Vertragsänderung): another price, another end, the end for good. */
export const contractChanges = pgTable(
  "contract_changes",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    contractId: uuid().notNull(),
    kind: contractChangeKind().notNull(),
    changedOn: date().notNull(),
    /** First day of the price, or last day of the contract. */
    validFrom: date().notNull(),
    amount: euroAmount(),
    indexBase: exactFactor(),
    reason: text().notNull(),
    createdAt: createdAt(),
  },
  (change) => [
    unique("contract_change_is_of_one_authority").on(change.id, change.schoolAuthorityId),
    withinAuthority(
      "change_changes_its_contract",
      [change.contractId, change.schoolAuthorityId],
      [contracts.id, contracts.schoolAuthorityId],
    ),
    index("contract_changes_by_contract").on(change.contractId),
    check("contract_change_has_a_reason", sql`${change.reason} <> ''`),
    check(
      "changed_price_is_positive",
      sql`(${change.kind} = 'price') = (${change.amount} is not null) and ${change.amount} > 0 is not false`,
    ),
  ],
);

/** Value of a price index for a month, with its source; a corrected value is a later row. */
export const indexValues = pgTable(
  "index_values",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    indexName: text().notNull(),
    /** "2025-07" */
    month: text().notNull(),
    value: exactFactor().notNull(),
    source: text().notNull(),
    createdAt: createdAt(),
  },
  (row) => [
    index("index_values_by_name").on(row.schoolAuthorityId, row.indexName, row.month),
    check("index_value_is_positive", sql`${row.value} > 0`),
    check("index_month_is_a_month", sql`${row.month} ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'`),
    check("index_value_has_a_source", sql`${row.source} <> ''`),
  ],
);
