/** Pots (Kontingente) of an envelope, opened as lines take from them. */
import type { User } from "#app/domain/permission.ts";
import type { PotShare } from "#app/domain/pot.ts";
import { categoryOf, type Programme } from "#app/domain/programme.ts";
import type { Transaction } from "#db/client.ts";
import { openAccount } from "./journal.server.ts";

/** The accounts of the pots that a line for a school takes from. */
export async function openPots(
  tx: Transaction,
  user: User,
  envelopeId: string,
  programme: Programme,
  { schoolId, code }: { schoolId: string; code: string },
  { fromBase, fromShared, beyond }: PotShare,
) {
  const pot = { schoolAuthorityId: user.schoolAuthorityId, kind: "pot" as const, envelopeId };
  const isAdministration = categoryOf(programme, code).ceiling === "administration";
  const potKind = isAdministration ? "administration" : "free";
  return {
    baseAccountId: fromBase.isZero()
      ? null
      : await openAccount(tx, { ...pot, potKind: "base", schoolId }),
    sharedAccountId: fromShared.isZero()
      ? null
      : await openAccount(tx, { ...pot, potKind, schoolId }),
    beyondAccountId: beyond.isZero()
      ? null
      : await openAccount(tx, { ...pot, potKind: "first_come", schoolId }),
  };
}
