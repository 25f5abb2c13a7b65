/** Accounts (Konten) with their balances: where every figure on a page comes from. */
import { and, eq, getTableColumns, getTableName, type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { Day } from "#app/domain/calendar.ts";
import type { BudgetLine } from "#app/domain/budget.ts";
import type { PotBalance } from "#app/domain/envelope.ts";
import type { AccountBalance } from "#app/domain/journal.ts";
import { accountLabel, figures, groupOf } from "#app/domain/journal.ts";
import { euro, type Money, zero } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { db, type Reader } from "#db/client.ts";
import { schools } from "#db/schema/authorities.ts";
import { envelopes } from "#db/schema/envelopes.ts";
import { grants } from "#db/schema/grants.ts";
import { accounts, balances, reversals } from "#db/schema/journal.ts";

/**
 * True for a document that no reversal has undone, or had undone by a day. Takes the document's table, and names its column in
 * full: within the columns of a select drizzle would drop the table's name, and the subquery has an id too.
 */
export function stands(document: PgTable, asOf?: Day): SQL<boolean> {
  return standing(sql`${sql.identifier(getTableName(document))}.id`, asOf);
}

/** The same for a document that a written query names by its id. */
export function standing(id: SQL, asOf?: Day): SQL<boolean> {
  const undone = asOf ? sql` and r.reversed_on <= ${asOf}` : sql``;
  return sql<boolean>`not exists (select 1 from reversals r where r.document_id = ${id}${undone})`;
}

/** The day of the reversal of a document that a new one replaces; null when there is none. */
export async function replacedUntil(reader: Reader, documentId: string | undefined) {
  if (!documentId) return null;
  const [reversal] = await reader
    .select({ reversedOn: reversals.reversedOn })
    .from(reversals)
    .where(eq(reversals.documentId, documentId));
  return reversal?.reversedOn ?? null;
}

/** All accounts of the user's authority, or those of one grant, with names and balances. */
export async function listAccounts(
  user: User,
  only: { grantId?: string; envelopeId?: string; kind?: BookedAccountKind } = {},
  reader: Reader = db,
) {
  const { accountId, schoolAuthorityId, ...figureColumns } = getTableColumns(balances);
  const rows = await reader
    .select({
      ...getTableColumns(accounts),
      ...figureColumns,
      school: schools.name,
      schoolNumber: schools.number,
      fileNumber: grants.fileNumber,
      spendUntil: grants.spendUntil,
      lineTolerance: grants.lineTolerance,
      programme: envelopes.programme,
    })
    .from(accounts)
    .innerJoin(balances, eq(accountId, accounts.id))
    .leftJoin(schools, eq(schools.id, accounts.schoolId))
    .leftJoin(grants, eq(grants.id, accounts.grantId))
    .leftJoin(envelopes, eq(envelopes.id, accounts.envelopeId))
    .where(
      and(
        eq(accounts.schoolAuthorityId, user.schoolAuthorityId),
        only.grantId ? eq(accounts.grantId, only.grantId) : undefined,
        only.envelopeId ? eq(accounts.envelopeId, only.envelopeId) : undefined,
        only.kind ? eq(accounts.kind, only.kind) : undefined,
      ),
    );
  return rows
    .map((row) => ({ ...row, label: accountLabel(row) }))
    .sort((a, b) => german.compare(a.label, b.label));
}

type BookedAccountKind = (typeof accounts.kind.enumValues)[number];

/** German order, and 2.10 behind 2.9. */
const german = new Intl.Collator("de", { numeric: true });

/** The budget lines of a grant, with what the journal has for them. */
export async function loadBudget(
  user: User,
  grantId: string,
  reader: Reader = db,
): Promise<BudgetLine[]> {
  const lines = await listAccounts(user, { grantId, kind: "budget_line" }, reader);
  return lines.map(({ id, schoolId, school, code, approved, committed, invoiced, paid }) => ({
    id,
    schoolId: schoolId!,
    school: school!,
    code: code!,
    approved,
    committed,
    invoiced,
    paid,
  }));
}

/** The pots of an envelope. */
export async function loadPots(
  reader: Reader,
  user: User,
  envelopeId: string,
): Promise<PotBalance[]> {
  const pots = await listAccounts(user, { envelopeId, kind: "pot" }, reader);
  const asked = await loadAsked(reader, envelopeId);
  return pots.map(({ id, potKind, schoolId, ceiling, granted }) => ({
    potKind: potKind!,
    schoolId: schoolId ?? undefined,
    ceiling,
    granted,
    asked: asked.get(id) ?? zero,
  }));
}

/** What applications ask of each pot that stand and that no notice has answered. */
async function loadAsked(reader: Reader, envelopeId: string): Promise<Map<string, Money>> {
  const rows = await reader.execute<{ account: string; amount: string }>(sql`
    select taken.account, sum(taken.amount)::text as amount
    from applications a join measures m on m.application_id = a.id
    cross join lateral (values (m.base_account_id, m.from_base), (m.shared_account_id, m.from_shared))
      as taken(account, amount)
    where a.envelope_id = ${envelopeId} and taken.account is not null and ${standing(sql`a.id`)}
      and not exists (
        select 1 from grants g where g.application_id = a.id and ${standing(sql`g.id`)})
    group by taken.account`);
  return new Map(rows.map(({ account, amount }) => [account, euro(amount)]));
}

/** All accounts with the group whose money each shares, for what must never be. */
export async function loadBalances(reader: Reader, user: User): Promise<AccountBalance[]> {
  const booked = await listAccounts(user, {}, reader);
  return booked.map((account) => ({
    ...(Object.fromEntries(figures.map((figure) => [figure, account[figure]])) as Pick<
      typeof account,
      (typeof figures)[number]
    >),
    id: account.id,
    kind: account.kind,
    group: groupOf(account),
    lineTolerance: account.lineTolerance,
  }));
}
