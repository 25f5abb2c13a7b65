/** Accounts (Konten) with their balances: where every figure on a page comes from. */
import { and, eq, getTableColumns, sql } from "drizzle-orm";
import { today } from "#app/clock.server.ts";
import type { BudgetLine } from "#app/domain/budget.ts";
import type { PotBalance } from "#app/domain/pot.ts";
import type { AccountBalance } from "#app/domain/journal.ts";
import { accountLabel, figures, groupOf } from "#app/domain/journal.ts";
import { euro, type Money, zero } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { termsOn } from "#app/domain/terms.ts";
import { db, type Reader } from "#db/client.ts";
import { schools } from "#db/schema/authorities.ts";
import { grants } from "#db/schema/grants.ts";
import { balances } from "#db/schema/balances.ts";
import { accounts } from "#db/schema/journal.ts";
import { isOpen, loadLimits } from "./limits.server.ts";
import { loadTerms } from "./terms.server.ts";
import { seenBy } from "./seen.server.ts";

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
    })
    .from(accounts)
    .innerJoin(balances, eq(accountId, accounts.id))
    .leftJoin(schools, eq(schools.id, accounts.schoolId))
    .leftJoin(grants, eq(grants.id, accounts.grantId))
    .where(
      and(
        eq(accounts.schoolAuthorityId, user.schoolAuthorityId),
        seenBy(user, accounts),
        only.grantId ? eq(accounts.grantId, only.grantId) : undefined,
        only.envelopeId ? eq(accounts.envelopeId, only.envelopeId) : undefined,
        only.kind ? eq(accounts.kind, only.kind) : undefined,
      ),
    );
  const terms = await loadTerms(reader, user.schoolAuthorityId, only.grantId);
  return rows
    .map((row) => {
      const now = row.grantId ? termsOn(terms.get(row.grantId)!, today()) : undefined;
      return {
        ...row,
        spendUntil: now?.spendUntil ?? null,
        lineTolerance: now?.lineTolerance ?? null,
        label: accountLabel(row),
      };
    })
    .sort((a, b) => german.compare(a.label, b.label));
}

type BookedAccountKind = (typeof accounts.kind.enumValues)[number];

/** German order, and 2.10 behind 2.9. */
const german = new Intl.Collator("de", { numeric: true });

/** The budget lines of a grant, with what the journal has for them and what limits leave. */
export async function loadBudget(
  user: User,
  grantId: string,
  reader: Reader = db,
): Promise<BudgetLine[]> {
  const lines = await listAccounts(user, { grantId, kind: "budget_line" }, reader);
  const limitOf = await loadLimits(reader, user, grantId);
  return lines.map(({ id, schoolId, school, code, approved, committed, invoiced, paid }) => ({
    id,
    schoolId: schoolId!,
    school: school!,
    code: code!,
    approved,
    committed,
    invoiced,
    paid,
    limit: limitOf(schoolId!, code!),
  }));
}

/** The pots of an envelope. */
export async function loadPots(
  reader: Reader,
  user: User,
  envelopeId: string,
): Promise<(PotBalance & { applied: Money })[]> {
  const pots = await listAccounts(user, { envelopeId, kind: "pot" }, reader);
  const asked = await loadAsked(reader, envelopeId);
  return pots.map(({ id, potKind, schoolId, ceiling, applied, granted }) => ({
    potKind: potKind!,
    schoolId: schoolId ?? undefined,
    ceiling,
    applied,
    granted,
    asked: asked.get(id) ?? zero,
  }));
}

/** What applications ask of each pot that stand, and that no notice and no refusal has answered. */
async function loadAsked(reader: Reader, envelopeId: string): Promise<Map<string, Money>> {
  const rows = await reader.execute<{ account: string; amount: string }>(sql`
    select taken.account, sum(taken.amount)::text as amount
    from applications a join measures m on m.application_id = a.id
    cross join lateral (values (m.base_account_id, m.from_base), (m.shared_account_id, m.from_shared),
      (m.beyond_account_id, m.beyond)) as taken(account, amount)
    where a.envelope_id = ${envelopeId} and taken.account is not null and ${isOpen(sql`a.id`)}
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
    isRest: account.kind === "pot" && account.schoolId === null,
  }));
}
