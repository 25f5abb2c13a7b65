/** What rows of a table may speak of, and the books against which their invoices are checked. */
import { and, desc, eq, inArray } from "drizzle-orm";
import { today } from "#app/clock.server.ts";
import type { Entry } from "#app/domain/entry.ts";
import { type BooksBefore, recordedKey } from "#app/domain/entry-check.ts";
import type { NamedLine, NamedOrderLine, UsualLine } from "#app/domain/entry-place.ts";
import { comparable } from "#app/domain/invoice.ts";
import type { User } from "#app/domain/permission.ts";
import { categoryOf } from "#app/domain/programme.ts";
import { db, type Reader } from "#db/client.ts";
import { invoices } from "#db/schema/invoices.ts";
import { suppliers } from "#db/schema/orders.ts";
import { listAccounts, loadBudget } from "./accounts.server.ts";
import { requireAuthority } from "./authorities.server.ts";
import { type Grant, requireGrant, spendingTerms } from "./grants.server.ts";
import { usualLines } from "./invoice-context.server.ts";
import { listOpenOrderLines, listOrderLines } from "./orders.server.ts";
import { stands } from "./standing.server.ts";

/** Budget lines and orders by their names, and what each supplier was charged to last. */
export async function loadEntrySurroundings(user: User, grantId: string) {
  const { programme } = await requireGrant(user, grantId);
  const [accounts, orderLines, usual, known] = await Promise.all([
    listAccounts(user, { grantId, kind: "budget_line" }),
    listOrderLines(user, { grantId }),
    usualLines(user, { grantId }),
    supplierIdsOf(user, db),
  ]);
  return {
    lines: accounts.map(({ id, school, schoolNumber, code }): NamedLine => {
      const category = categoryOf(programme, code!).name;
      return { id, school: school!, schoolNumber: schoolNumber ?? "", code: code!, category };
    }),
    orderLines: orderLines
      .filter(({ stands }) => stands)
      .map(({ id, number, budgetLineId, costKind }): NamedOrderLine => {
        return { id, number, budgetLineId, costKind };
      }),
    usualLines: new Map(
      [...known].flatMap(([nameKey, id]): [string, UsualLine][] => {
        const line = usual.get(id);
        if (!line) return [];
        const vatRate = line.vatRate?.toString() ?? null;
        return [[nameKey, { budgetLineId: line.budgetLineId, vatRate }]];
      }),
    ),
  };
}

/** Everything that decides whether the invoices may be recorded; read after the lock. */
export async function loadBooksBefore(
  user: User,
  grant: Grant,
  entries: Entry[],
  reader: Reader,
): Promise<BooksBefore & { reversed: Map<string, string> }> {
  const { fourEyes, inputTaxRate } = await requireAuthority(user, reader);
  const supplierIds = await supplierIdsOf(user, reader);
  return {
    budget: await loadBudget(user, grant.id, reader),
    openOrderLines: await listOpenOrderLines(user, { grantId: grant.id }, reader),
    fourEyes,
    inputTaxRate,
    today: today(),
    termsOn: (day) => spendingTerms(grant, day),
    supplierIds,
    ...(await listRecorded(user, entries, supplierIds, reader)),
  };
}

async function supplierIdsOf(user: User, reader: Reader): Promise<Map<string, string>> {
  const rows = await reader
    .select({ id: suppliers.id, nameKey: suppliers.nameKey })
    .from(suppliers)
    .where(eq(suppliers.schoolAuthorityId, user.schoolAuthorityId));
  return new Map(rows.map(({ id, nameKey }) => [nameKey, id]));
}

/** Invoices of the suppliers: which stand, and the newest of each number that is reversed. */
async function listRecorded(
  user: User,
  entries: Entry[],
  supplierIds: Map<string, string>,
  reader: Reader,
) {
  const names = new Set(entries.map(({ draft }) => comparable(draft.supplier)));
  const ids = [...names].flatMap((name) => supplierIds.get(name) ?? []);
  const rows =
    ids.length === 0
      ? []
      : await reader
          .select({
            id: invoices.id,
            supplierId: invoices.supplierId,
            numberKey: invoices.numberKey,
            stands: stands(invoices),
          })
          .from(invoices)
          .where(
            and(
              eq(invoices.schoolAuthorityId, user.schoolAuthorityId),
              inArray(invoices.supplierId, ids),
            ),
          )
          .orderBy(desc(invoices.createdAt));
  const recorded = new Set<string>();
  const reversed = new Map<string, string>();
  for (const row of rows) {
    const key = recordedKey(row.supplierId, row.numberKey);
    if (row.stands) recorded.add(key);
    else if (!reversed.has(key)) reversed.set(key, row.id);
  }
  return { recorded, reversed };
}
