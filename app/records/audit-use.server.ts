/** The financial proof (zahlenmäßiger Nachweis) of each grant in the audit workbook, as of its day. */
import { and, eq, lte, sql } from "drizzle-orm";
import type { AuditSheets, UseRow } from "#app/domain/audit-sheets.ts";
import { type BookScope, covers } from "#app/domain/audit-scope.ts";
import { zero } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { categoryOf, hasCategory } from "#app/domain/programme.ts";
import { type ProofFigures, proveUse } from "#app/domain/proof-of-use.ts";
import { termsOn } from "#app/domain/terms.ts";
import type { Reader } from "#db/client.ts";
import { accounts, entries, reversals } from "#db/schema/journal.ts";
import { listAccounts } from "./accounts.server.ts";
import { type Grant, listGrants } from "./grants.server.ts";
import { seenBy } from "./seen.server.ts";
import { loadTerms } from "./terms.server.ts";

/** Grants that stand on the day, in the order of their notices, each with its lines and its means. */
export async function loadUseRows(reader: Reader, user: User, scope: BookScope): Promise<UseRow[]> {
  if (scope.fiscalYear) return [];
  const { grantId, asOf } = scope;
  const undone = await loadReversedGrants(reader, user, scope);
  const grants = (await listGrants(user, "all", reader)).filter(
    ({ id, noticeOn }) =>
      noticeOn <= asOf && covers(scope, { grantId: id }) && !undone.includes(id),
  );
  const all = await listAccounts(user, { grantId }, reader);
  const sumOf = await loadSums(reader, user, scope);
  const terms = await loadTerms(reader, user.schoolAuthorityId, grantId, asOf);
  return grants.flatMap((grant, index) => {
    const own = all.filter((account) => account.grantId === grant.id);
    const income = own.find(({ kind }) => kind === "income")!;
    const lines = own.filter(({ kind }) => kind === "budget_line");
    const figures = proveUse({
      asOf,
      terms: termsOn(terms.get(grant.id)!, asOf),
      lines: lines.map(({ id, school, code }) => ({
        budgetLineId: id,
        school: school!,
        code: code!,
        category: categoryName(grant, code!),
        approved: sumOf(id, "approved"),
        paid: sumOf(id, "paid"),
      })),
      receipts: [],
      income: {
        drawn: sumOf(income.id, "drawn"),
        received: sumOf(income.id, "received"),
        repaid: sumOf(income.id, "repaid"),
      },
      notPaid: zero,
    });
    return rowsOf(grant, index + 1, income.id, figures);
  });
}

/** Names of the categories of the grants in the book. */
export async function loadCategories(
  reader: Reader,
  user: User,
  scope: BookScope,
): Promise<AuditSheets["categories"]> {
  const grants = (await listGrants(user, "all", reader)).filter(({ id }) =>
    covers(scope, { grantId: id }),
  );
  const named = grants.flatMap(({ programme }) =>
    programme.categories.map(({ code, name }) => ({ programme: programme.name, code, name })),
  );
  return [...new Map(named.map((one) => [JSON.stringify(one), one])).values()];
}

function categoryName({ programme }: Grant, code: string): string {
  return hasCategory(programme, code) ? categoryOf(programme, code).name : "";
}

function rowsOf(
  { fileNumber }: Grant,
  grantNumber: number,
  incomeId: string,
  { lines, terms, planned, spent, grantDue, own }: ProofFigures,
): UseRow[] {
  const { grantAmount, thirdPartyAmount: thirdParty, lineTolerance } = terms;
  const shared = { fileNumber, grantNumber, thirdParty };
  const means = {
    ...shared,
    accountId: null,
    school: null,
    category: null,
    tolerance: null,
  };
  const others: UseRow = {
    ...means,
    position: "third_party",
    planned: thirdParty,
    actual: spent.minus(grantDue).minus(own),
  };
  return [
    ...lines.map(
      (line): UseRow => ({
        ...shared,
        position: "line",
        accountId: line.budgetLineId,
        school: line.school,
        category: `${line.code} ${line.category}`.trim(),
        planned: line.approved,
        actual: line.paid,
        tolerance: lineTolerance,
      }),
    ),
    { ...means, position: "grant", accountId: incomeId, planned: grantAmount, actual: grantDue },
    ...(thirdParty.isZero() ? [] : [others]),
    {
      ...means,
      position: "own",
      planned: planned.minus(grantAmount).minus(thirdParty),
      actual: own,
    },
  ];
}

async function loadReversedGrants(reader: Reader, user: User, { asOf }: BookScope) {
  const rows = await reader
    .select({ id: reversals.documentId })
    .from(reversals)
    .where(
      and(
        eq(reversals.schoolAuthorityId, user.schoolAuthorityId),
        eq(reversals.documentKind, "grant"),
        lte(reversals.reversedOn, asOf),
      ),
    );
  return rows.map(({ id }) => id);
}

/** Sums of the entries up to the day, by account and figure; of grants only. */
async function loadSums(reader: Reader, user: User, { grantId, asOf }: BookScope) {
  const rows = await reader
    .select({
      accountId: entries.accountId,
      figure: entries.figure,
      amount: sql`sum(${entries.amount})`.mapWith(entries.amount),
    })
    .from(entries)
    .innerJoin(accounts, eq(accounts.id, entries.accountId))
    .where(
      and(
        eq(entries.schoolAuthorityId, user.schoolAuthorityId),
        seenBy(user, accounts),
        grantId ? eq(accounts.grantId, grantId) : sql`${accounts.grantId} is not null`,
        lte(entries.bookedOn, asOf),
      ),
    )
    .groupBy(entries.accountId, entries.figure);
  const sums = new Map(rows.map((row) => [`${row.accountId} ${row.figure}`, row.amount]));
  return (accountId: string, figure: (typeof rows)[number]["figure"]) =>
    sums.get(`${accountId} ${figure}`) ?? zero;
}
