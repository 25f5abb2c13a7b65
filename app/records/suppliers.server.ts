/** Suppliers (Lieferanten), known once however their name is written. */
import { and, asc, eq } from "drizzle-orm";
import { comparable } from "#app/domain/invoice.ts";
import type { User } from "#app/domain/permission.ts";
import { db, type Reader, type Transaction } from "#db/client.ts";
import { suppliers } from "#db/schema/orders.ts";

export function listSuppliers(user: User) {
  return db
    .select({ id: suppliers.id, name: suppliers.name })
    .from(suppliers)
    .where(eq(suppliers.schoolAuthorityId, user.schoolAuthorityId))
    .orderBy(asc(suppliers.name));
}

export async function findSupplier(user: User, name: string, reader: Reader) {
  const [supplier] = await reader
    .select({ id: suppliers.id })
    .from(suppliers)
    .where(
      and(
        eq(suppliers.schoolAuthorityId, user.schoolAuthorityId),
        eq(suppliers.nameKey, comparable(name)),
      ),
    );
  return supplier;
}

/** The supplier of that name; a new one is put on file. */
export async function knowSupplier(tx: Transaction, user: User, name: string): Promise<string> {
  const known = await findSupplier(user, name, tx);
  if (known) return known.id;
  const [supplier] = await tx
    .insert(suppliers)
    .values({
      schoolAuthorityId: user.schoolAuthorityId,
      name: name.trim(),
      nameKey: comparable(name),
    })
    .returning({ id: suppliers.id });
  return supplier!.id;
}
