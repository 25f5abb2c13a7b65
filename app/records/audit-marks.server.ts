/** Marks of an audit (Prüfvermerke) on receipts: who marked what, and what the office answered. */
import { and, asc, eq, sql } from "drizzle-orm";
import {
  type AnsweringViolation,
  type AuditMarkDraft,
  type AuditMarkKind,
  type AuditMarkViolation,
  checkAuditMark,
  type MarkWithdrawalViolation,
  standingMarks,
} from "#app/domain/audit-mark.ts";
import { grouped } from "#app/domain/groups.ts";
import { sum } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { notFound } from "#app/http.ts";
import { db, type Reader, type Transaction } from "#db/client.ts";
import { auditMarks, auditSamples } from "#db/schema/audit-marks.ts";
import { grants } from "#db/schema/grants.ts";
import { invoiceLines, invoices } from "#db/schema/invoices.ts";
import { suppliers } from "#db/schema/orders.ts";
import { users } from "#db/schema/users.ts";
import { logChange } from "./changes.server.ts";
import { fundedBy, type OfFunding } from "./funding.server.ts";
import { type Invoice, requireInvoice } from "./invoices.server.ts";
import { lockBooks } from "./journal.server.ts";
import { stands } from "./standing.server.ts";
import { rememberSent, wasSent } from "./submissions.server.ts";

/** All marks in their order, those that were taken back too, each with its receipt. */
export function listAuditMarks(
  user: User,
  only: OfFunding & { invoiceId?: string; markId?: string } = {},
  reader: Reader = db,
) {
  return reader
    .select({
      id: auditMarks.id,
      invoiceId: auditMarks.invoiceId,
      kind: auditMarks.kind,
      amount: auditMarks.amount,
      text: auditMarks.text,
      refersToId: auditMarks.refersToId,
      sampleId: auditMarks.sampleId,
      seed: auditSamples.seed,
      method: auditSamples.method,
      createdAt: auditMarks.createdAt,
      markedBy: users.name,
      markedById: users.id,
      number: invoices.number,
      invoicedOn: invoices.invoicedOn,
      supplier: suppliers.name,
      place: sql<string>`coalesce(${grants.fileNumber}, 'Haushalt ' || ${invoices.fiscalYear})`,
      grossAmount:
        sql`(select sum(gross_amount) from invoice_lines l where l.invoice_id = ${invoices.id})`.mapWith(
          invoiceLines.grossAmount,
        ),
      stands: stands(invoices),
    })
    .from(auditMarks)
    .innerJoin(invoices, eq(invoices.id, auditMarks.invoiceId))
    .innerJoin(suppliers, eq(suppliers.id, invoices.supplierId))
    .innerJoin(users, eq(users.id, auditMarks.markedBy))
    .leftJoin(grants, eq(grants.id, invoices.grantId))
    .leftJoin(auditSamples, eq(auditSamples.id, auditMarks.sampleId))
    .where(
      and(
        eq(auditMarks.schoolAuthorityId, user.schoolAuthorityId),
        fundedBy(user, invoices, only),
        only.invoiceId ? eq(invoices.id, only.invoiceId) : undefined,
        only.markId ? eq(auditMarks.id, only.markId) : undefined,
      ),
    )
    .orderBy(asc(auditMarks.createdAt), asc(auditMarks.id));
}

export type ListedMark = Awaited<ReturnType<typeof listAuditMarks>>[number];

/** The marks of each receipt, by the id of its invoice. */
export async function marksByReceipt(user: User, only: OfFunding = {}) {
  return grouped(await listAuditMarks(user, only), ({ invoiceId }) => invoiceId);
}

export async function requireAuditMark(user: User, markId: string, reader: Reader = db) {
  const [mark] = await listAuditMarks(user, { markId }, reader);
  return mark ?? notFound();
}

/** Marks a receipt: accepted, cut, or a question to the office. */
export function recordAuditMark(
  user: User,
  id: string,
  invoiceId: string,
  draft: AuditMarkDraft,
): Promise<AuditMarkViolation | undefined> {
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "mark_receipts");
    const invoice = await requireInvoice(user, invoiceId, tx);
    if (await wasSent(tx, user, id, { invoiceId, ...draft })) return undefined;
    const violation = checkAuditMark(draft, {
      stands: invoice.stands,
      eligible: eligibleOf(invoice),
      marks: await listAuditMarks(user, { invoiceId }, tx),
    });
    if (violation) return violation;
    await insertMark(tx, user, { id, invoiceId, ...draft });
    await rememberSent(tx, user, id, { invoiceId, ...draft });
    await logChange(tx, user, "receipt_marked", { id: invoiceId, text: logText(invoice, draft) });
  });
}

/** What of the receipt is eligible, in euro gross: after credit notes and discounts, as the list of receipts has it. */
function eligibleOf({ lines, credits, settled }: Invoice) {
  const invoiced = sum([...lines, ...credits].map(({ eligibleAmount }) => eligibleAmount));
  const deducted = settled.lines.map(({ eligibleDiscount, missed }) =>
    eligibleDiscount.plus(missed),
  );
  return invoiced.minus(sum(deducted));
}

/** Answers a question of the audit; a later answer completes an earlier one. */
export function answerAuditQuestion(
  user: User,
  id: string,
  questionId: string,
  text: string,
): Promise<AnsweringViolation | undefined> {
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "record");
    const question = await requireAuditMark(user, questionId, tx);
    if (question.kind !== "question") notFound();
    if (await wasSent(tx, user, id, { questionId, text })) return undefined;
    if (!(await stillStands(tx, user, question))) {
      return { field: "text", rule: "question_taken_back" };
    }
    const { invoiceId } = question;
    await insertMark(tx, user, { id, invoiceId, kind: "answer", text, refersToId: questionId });
    await rememberSent(tx, user, id, { questionId, text });
    const logged = logText(question, { kind: "answer", text });
    await logChange(tx, user, "audit_question_answered", { id: invoiceId, text: logged });
  });
}

/** Takes back one's own mark: it stays on file, with the reason. */
export function withdrawAuditMark(
  user: User,
  id: string,
  markId: string,
  reason: string,
): Promise<MarkWithdrawalViolation | undefined> {
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "mark_receipts");
    const mark = await requireOwnMark(user, markId, tx);
    if (await wasSent(tx, user, id, { markId, reason })) return undefined;
    if (!(await stillStands(tx, user, mark))) {
      return { field: "text", rule: "mark_taken_back_before" };
    }
    const { invoiceId } = mark;
    await insertMark(tx, user, {
      id,
      invoiceId,
      kind: "withdrawal",
      text: reason,
      refersToId: markId,
    });
    await rememberSent(tx, user, id, { markId, reason });
    const text = logText(mark, { kind: mark.kind, text: reason });
    await logChange(tx, user, "audit_mark_withdrawn", { id: invoiceId, text });
  });
}

/** A mark that its author may take back. */
export async function requireOwnMark(user: User, markId: string, reader: Reader = db) {
  const mark = await requireAuditMark(user, markId, reader);
  const isMark = mark.kind !== "answer" && mark.kind !== "withdrawal";
  return isMark && mark.markedById === user.id ? mark : notFound();
}

async function stillStands(tx: Transaction, user: User, { id, invoiceId }: ListedMark) {
  const marks = await listAuditMarks(user, { invoiceId }, tx);
  return standingMarks(marks).some((mark) => mark.id === id);
}

type NewMark = Omit<typeof auditMarks.$inferInsert, "schoolAuthorityId" | "markedBy">;

async function insertMark(tx: Transaction, user: User, mark: NewMark) {
  const { schoolAuthorityId, id: markedBy } = user;
  await tx.insert(auditMarks).values({ ...mark, schoolAuthorityId, markedBy });
}

/** What the change log says of the receipt and the mark. */
function logText(
  receipt: { number: string; supplier: string },
  { kind, amount, text }: { kind: AuditMarkKind; amount?: AuditMarkDraft["amount"]; text: string },
): string {
  const of = `${receipt.number}, ${receipt.supplier}`;
  const word = { accepted: "anerkannt", cut: "Kürzung", question: "Frage", answer: "Antwort" };
  const said = word[kind as keyof typeof word] ?? "Stichprobe";
  const cut = amount ? ` ${amount.toFixed(2).replace(".", ",")} €` : "";
  return `${of}: ${said}${cut}${text === "" ? "" : `: ${text}`}`;
}
