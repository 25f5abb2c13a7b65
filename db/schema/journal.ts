import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  date,
  foreignKey,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { budgetParts } from "#app/domain/appropriation.ts";
import { potKinds } from "#app/domain/pot.ts";
import { accountKinds, documentKinds, figures } from "#app/domain/journal.ts";
import { authorityId, euroAmount, id, withinAuthority, writtenAt } from "../columns.ts";
import { schoolAuthorities, schools } from "./authorities.ts";
import { users } from "./users.ts";

export const accountKind = pgEnum("account_kind", accountKinds);
export const potKind = pgEnum("pot_kind", potKinds);
export const budgetPart = pgEnum("budget_part", budgetParts);
export const figure = pgEnum("figure", figures);
export const documentKind = pgEnum("document_kind", documentKinds);

/**
 * Account (Konto): whatever a sum can be asked of. A pot of an envelope, a budget line or the income
 * of a grant, an appropriation of the municipal budget; the columns that name it go with its kind.
 */
export const accounts = pgTable(
  "accounts",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    kind: accountKind().notNull(),
    envelopeId: uuid(),
    potKind: potKind(),
    grantId: uuid(),
    schoolId: uuid(),
    code: text(),
    fiscalYear: integer(),
    product: text(),
    ledgerAccount: text(),
    /** Cost centre (Kostenstelle) of an appropriation; null without one. */
    costCentre: text(),
    /** Part of the municipal budget; null on other accounts and on old ones: Ergebnishaushalt. */
    budgetPart: budgetPart(),
    /** Budget (Deckungskreis) whose accounts cover each other; null where the account stands alone. */
    budget: text(),
    /** The member of a joint service whose year this is. */
    memberId: uuid(),
    /** Name of an appropriation; other accounts are named by what they belong to. */
    name: text().notNull().default(""),
    openedAt: writtenAt(),
  },
  (account) => [
    unique("account_is_of_one_authority").on(account.id, account.schoolAuthorityId),
    unique("account_has_one_kind").on(account.id, account.kind),
    unique("account_belongs_to_one_grant").on(account.id, account.grantId),
    unique("account_is_of_one_year").on(account.id, account.fiscalYear),
    unique("account_is_named_once")
      .on(
        account.schoolAuthorityId,
        account.kind,
        account.envelopeId,
        account.potKind,
        account.grantId,
        account.schoolId,
        account.code,
        account.fiscalYear,
        account.product,
        account.ledgerAccount,
        account.costCentre,
        account.budget,
        account.memberId,
      )
      .nullsNotDistinct(),
    withinAuthority(
      "account_school_is_of_its_authority",
      [account.schoolId, account.schoolAuthorityId],
      [schools.id, schools.schoolAuthorityId],
    ),
    index("accounts_by_grant").on(account.grantId),
    check(
      "account_is_named_by_its_kind",
      sql`case ${account.kind}::text
        when 'pot' then ${account.envelopeId} is not null and ${account.potKind} is not null
        when 'budget_line' then ${account.grantId} is not null and ${account.schoolId} is not null and ${account.code} is not null
        when 'income' then ${account.grantId} is not null
        when 'appropriation' then ${account.fiscalYear} is not null and ${account.product} is not null and ${account.ledgerAccount} is not null
        when 'member_share' then ${account.fiscalYear} is not null and ${account.memberId} is not null
      end`,
    ),
  ],
);

/**
 * Entry (Buchung) of the journal: appended, never changed. Numbered without a gap in each authority,
 * each sealed with the hash of the one before.
 */
export const entries = pgTable(
  "entries",
  {
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    number: bigint({ mode: "number" }).notNull(),
    accountId: uuid().notNull(),
    accountKind: accountKind().notNull(),
    figure: figure().notNull(),
    amount: euroAmount().notNull(),
    /** The day for which it counts. */
    bookedOn: date().notNull(),
    /** The moment in which it was known, to the millisecond. */
    recordedAt: timestamp({ withTimezone: true, precision: 3 }).notNull(),
    recordedBy: uuid().notNull(),
    documentKind: documentKind().notNull(),
    documentId: uuid().notNull(),
    /** SHA-256 of the document as it stood, so that no field of it changes unseen. */
    documentHash: text().notNull(),
    text: text().notNull(),
    reversesNumber: bigint({ mode: "number" }),
    previousHash: text().notNull(),
    hash: text().notNull(),
  },
  (entry) => [
    primaryKey({ columns: [entry.schoolAuthorityId, entry.number] }),
    unique("entry_is_reversed_once").on(entry.schoolAuthorityId, entry.reversesNumber),
    unique("entry_is_of_one_account").on(entry.schoolAuthorityId, entry.number, entry.accountId),
    // A reversal can't move money from one account to another, nor from a grant to a running cost.
    foreignKey({
      name: "reversal_turns_an_entry_of_its_account",
      columns: [entry.schoolAuthorityId, entry.reversesNumber, entry.accountId],
      foreignColumns: [entry.schoolAuthorityId, entry.number, entry.accountId],
    }),
    check("reversal_comes_after_what_it_turns", sql`${entry.reversesNumber} < ${entry.number}`),
    check(
      "reversal_names_what_it_turns",
      sql`(${entry.documentKind}::text = 'reversal') = (${entry.reversesNumber} is not null)`,
    ),
    withinAuthority(
      "entry_account_is_of_its_authority",
      [entry.accountId, entry.schoolAuthorityId],
      [accounts.id, accounts.schoolAuthorityId],
    ),
    withinAuthority(
      "entry_knows_its_kind_of_account",
      [entry.accountId, entry.accountKind],
      [accounts.id, accounts.kind],
    ),
    withinAuthority(
      "entry_is_recorded_by_its_authority",
      [entry.recordedBy, entry.schoolAuthorityId],
      [users.id, users.schoolAuthorityId],
    ),
    index("entries_by_account").on(entry.accountId, entry.figure),
    index("entries_by_document").on(entry.documentId),
    check("entry_moves_something", sql`${entry.amount} <> 0`),
    check("entry_numbers_start_at_one", sql`${entry.number} >= 1`),
    check(
      "entry_figure_goes_with_its_account",
      // As text: a transaction can't use a value of an enumeration that it has just added.
      sql`case ${entry.accountKind}::text
        when 'pot' then ${entry.figure}::text in ('ceiling', 'applied', 'granted')
        when 'budget_line' then ${entry.figure}::text in ('approved', 'committed', 'invoiced', 'paid')
        when 'income' then ${entry.figure}::text in ('granted', 'reclaimed', 'drawn', 'received', 'repaid', 'interest')
        when 'appropriation' then ${entry.figure}::text in ('appropriated', 'supplemented', 'carried', 'extra', 'covered', 'committed', 'invoiced', 'paid')
        when 'member_share' then ${entry.figure}::text in ('share_planned', 'share_paid', 'share_settled')
      end`,
    ),
    // The wall between the two streams of money: running costs never meet a grant.
    check(
      "running_costs_are_booked_on_appropriations_only",
      // Spending may be of either; there its own rows say which (`order_has_one_funding` and others).
      sql`case
        when ${entry.documentKind}::text = 'reversal' then true
        when ${entry.documentKind}::text in ('order', 'order_change', 'order_closure', 'invoice', 'payment')
          then ${entry.accountKind}::text in ('budget_line', 'appropriation')
        when ${entry.documentKind}::text in ('appropriation', 'supplement', 'extra_approval', 'carryover', 'cost_share', 'cost_share_payment', 'joint_plan', 'joint_payment', 'joint_settlement')
          then ${entry.accountKind}::text in ('appropriation', 'member_share')
        else ${entry.accountKind}::text in ('pot', 'budget_line', 'income')
      end`,
    ),
  ],
);

/** Last entry of each authority; whoever writes holds this row until the end of the transaction. */
export const journalHeads = pgTable("journal_heads", {
  schoolAuthorityId: uuid()
    .primaryKey()
    .references(() => schoolAuthorities.id),
  number: bigint({ mode: "number" }).notNull().default(0),
  hash: text().notNull().default(""),
});

/** Reversal (Storno): the document that undoes another, once. */
export const reversals = pgTable(
  "reversals",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    documentKind: documentKind().notNull(),
    documentId: uuid().notNull(),
    reversedOn: date().notNull(),
    reason: text().notNull(),
    recordedAt: writtenAt(),
  },
  (reversal) => [
    unique("document_is_reversed_once").on(reversal.documentId),
    check("reversal_has_a_reason", sql`${reversal.reason} <> ''`),
    check("reversal_is_not_reversed", sql`${reversal.documentKind} <> 'reversal'`),
  ],
);
