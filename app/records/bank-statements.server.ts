/** Bank statements (Kontoauszüge) on file, and what became of their transactions. */
import { createHash, randomUUID } from "node:crypto";
import { and, eq, inArray, isNull } from "drizzle-orm";
import { type AttachmentViolation, bareFileName } from "#app/domain/attachment.ts";
import {
  type BankStatement,
  identitiesOf,
  type StatementViolation,
} from "#app/domain/bank-statement.ts";
import type { User } from "#app/domain/permission.ts";
import { dayIn } from "#app/clock.server.ts";
import { db, type Transaction } from "#db/client.ts";
import { attachments } from "#db/schema/attachments.ts";
import { bankStatements, bankTransactions } from "#db/schema/bank-statements.ts";
import { keepBytes } from "./stored-files.server.ts";
import { logChange } from "./changes.server.ts";
import { lockBooks } from "./journal.server.ts";
import { logError } from "#app/log.server.ts";

type StatementFile = { name: string; content: Buffer };

/** Keeps the file and what it says; gives the id of its first statement. */
export async function recordBankStatements(
  user: User,
  file: StatementFile,
  statements: BankStatement[],
): Promise<{ id: string } | { violation: StatementViolation | AttachmentViolation }> {
  const hash = createHash("sha256").update(file.content).digest("hex");
  const kept = await keepBytes(hash, file.content).catch((cause: unknown) => logError(cause));
  if (!kept) return { violation: { field: "file", rule: "file_store_unreachable" } };
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "pay");
    const earlier = await recordedOn(tx, user, hash);
    if (earlier) {
      const rule = "statement_recorded_before";
      return { violation: { field: "file", rule, recordedOn: earlier } };
    }
    const ids = statements.map(() => randomUUID());
    const name = bareFileName(file.name);
    const attachmentId = await keepFile(tx, user, ids[0]!, {
      ...kept,
      fileName: name,
      size: file.content.length,
      hash,
    });
    for (const [position, statement] of statements.entries()) {
      const row = { id: ids[position]!, attachmentId, hash, position };
      await insertStatement(tx, user, row, statement);
    }
    await logChange(tx, user, "bank_statement_recorded", { id: ids[0]!, text: name });
    return { id: ids[0]! };
  });
}

/** In the transaction of its statements: neither is there without the other. */
async function keepFile(
  tx: Transaction,
  user: User,
  subjectId: string,
  file: Pick<
    typeof attachments.$inferInsert,
    "fileName" | "size" | "hash" | "content" | "storedIn"
  >,
): Promise<string> {
  const { schoolAuthorityId, id: recordedBy } = user;
  const subject = "bank_statement";
  const [attachment] = await tx
    .insert(attachments)
    .values({
      ...file,
      mediaType: "application/xml",
      schoolAuthorityId,
      subject,
      subjectId,
      recordedBy,
    })
    .returning({ id: attachments.id });
  return attachment!.id;
}

async function recordedOn(tx: Transaction, user: User, hash: string) {
  const [earlier] = await tx
    .select({ createdAt: bankStatements.createdAt })
    .from(bankStatements)
    .where(
      and(
        eq(bankStatements.schoolAuthorityId, user.schoolAuthorityId),
        eq(bankStatements.hash, hash),
      ),
    )
    .limit(1);
  return earlier && dayIn(earlier.createdAt);
}

async function insertStatement(
  tx: Transaction,
  user: User,
  row: { id: string; attachmentId: string; hash: string; position: number },
  statement: BankStatement,
) {
  const { schoolAuthorityId, id: recordedBy } = user;
  const { transactions, ...said } = statement;
  await tx.insert(bankStatements).values({ ...said, ...row, schoolAuthorityId, recordedBy });
  const identities = identitiesOf(statement).map((text) => {
    return createHash("sha256").update(text).digest("hex");
  });
  const known = await knownTransactions(tx, user, identities);
  const rows = transactions.map((transaction, position) => {
    const identity = identities[position]!;
    const repeatsId = known.get(identity) ?? null;
    return {
      ...transaction,
      schoolAuthorityId,
      statementId: row.id,
      position,
      identity,
      repeatsId,
    };
  });
  // One insert takes as many rows as its parameters allow.
  for (let start = 0; start < rows.length; start += 500) {
    await tx.insert(bankTransactions).values(rows.slice(start, start + 500));
  }
}

/** Of these the ones that an earlier statement holds: from what they are known by to their ids. */
async function knownTransactions(tx: Transaction, user: User, identities: string[]) {
  if (identities.length === 0) return new Map<string, string>();
  const rows = await tx
    .select({ identity: bankTransactions.identity, id: bankTransactions.id })
    .from(bankTransactions)
    .where(
      and(
        eq(bankTransactions.schoolAuthorityId, user.schoolAuthorityId),
        isNull(bankTransactions.repeatsId),
        inArray(bankTransactions.identity, identities),
      ),
    );
  return new Map(rows.map(({ identity, id }) => [identity, id]));
}
