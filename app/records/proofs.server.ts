/** Proofs of use (Verwendungsnachweise) as they were submitted, and the answers to them. */
import { and, asc, eq, getTableColumns, lte, sql } from "drizzle-orm";
import { today } from "#app/clock.server.ts";
import type { Receipt } from "#app/domain/audit-book.ts";
import type { Day } from "#app/domain/calendar.ts";
import { sum, zero } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { categoryOf, rulesOn } from "#app/domain/programme.ts";
import {
  type AnswerDraft,
  type AnswerViolation,
  checkAnswer,
  checkProof,
  type PaidReceipt,
  type ProofDraft,
  type ProofFigures,
  type ProofViolation,
  proveUse,
} from "#app/domain/proof-of-use.ts";
import { termsOn } from "#app/domain/terms.ts";
import { notFound, wire, type Wire } from "#app/http.ts";
import { db, type Reader } from "#db/client.ts";
import { entries } from "#db/schema/journal.ts";
import { proofAnswers, proofCuts, proofsOfUse } from "#db/schema/proofs.ts";
import { listAccounts } from "./accounts.server.ts";
import { loadReceipts } from "./audit-receipts.server.ts";
import { listSchools } from "./authorities.server.ts";
import { logChange } from "./changes.server.ts";
import { type Grant, requireGrant, requireStandingGrant } from "./grants.server.ts";
import { lockBooks, post } from "./journal.server.ts";
import { sealOfProof } from "./proof-seal.server.ts";
import { stands } from "./standing.server.ts";
import { rememberSent, wasSent } from "./submissions.server.ts";
import { loadTerms } from "./terms.server.ts";

/** The figures of a proof as of a day, from the journal; nothing of it is stored. */
export async function loadProofFigures(
  user: User,
  grant: Grant,
  asOf: Day,
  reader: Reader = db,
): Promise<ProofFigures<Receipt & PaidReceipt>> {
  const accounts = await listAccounts(user, { grantId: grant.id }, reader);
  const sums = await reader
    .select({
      accountId: entries.accountId,
      figure: entries.figure,
      amount: sql`sum(${entries.amount})`.mapWith(entries.amount),
    })
    .from(entries)
    .where(and(eq(entries.schoolAuthorityId, user.schoolAuthorityId), lte(entries.bookedOn, asOf)))
    .groupBy(entries.accountId, entries.figure);
  const at = (accountId: string, figure: (typeof sums)[number]["figure"]) =>
    sums.find((one) => one.accountId === accountId && one.figure === figure)?.amount ?? zero;

  const versions = await loadTerms(reader, user.schoolAuthorityId, grant.id, asOf);
  const income = accounts.find(({ kind }) => kind === "income")!;
  const lines = accounts.filter(({ kind }) => kind === "budget_line");
  const receipts = await loadReceipts(reader, user, { grantId: grant.id, asOf });
  return proveUse({
    asOf,
    terms: termsOn(versions.get(grant.id)!, asOf),
    lines: lines.map(({ id, school, code }) => ({
      budgetLineId: id,
      school: school!,
      code: code!,
      category: categoryOf(grant.programme, code!).name,
      approved: at(id, "approved"),
      paid: at(id, "paid"),
    })),
    receipts: receipts.filter((one): one is typeof one & PaidReceipt => one.paidOn !== null),
    income: {
      drawn: at(income.id, "drawn"),
      received: at(income.id, "received"),
      repaid: at(income.id, "repaid"),
    },
    notPaid: sum(
      lines.map(({ id }) => at(id, "committed").plus(at(id, "invoiced")).minus(at(id, "paid"))),
    ),
  });
}

/** Proofs of a grant in their order, each with its answer. */
export async function listProofs(user: User, grantId: string, reader: Reader = db) {
  const own = eq(proofsOfUse.schoolAuthorityId, user.schoolAuthorityId);
  const proofs = await reader
    .select({ ...getTableColumns(proofsOfUse), stands: stands(proofsOfUse) })
    .from(proofsOfUse)
    .where(and(own, eq(proofsOfUse.grantId, grantId)))
    .orderBy(asc(proofsOfUse.submittedOn), asc(proofsOfUse.createdAt));
  const answers = await reader
    .select({ ...getTableColumns(proofAnswers), stands: stands(proofAnswers) })
    .from(proofAnswers)
    .innerJoin(proofsOfUse, eq(proofsOfUse.id, proofAnswers.proofId))
    .where(and(own, eq(proofsOfUse.grantId, grantId)));
  return proofs.map(({ figures, ...proof }) => ({
    ...proof,
    figures: JSON.parse(figures) as Wire<ProofFigures>,
    answer: answers.find((one) => one.proofId === proof.id && one.stands) ?? null,
  }));
}

export async function requireProof(user: User, proofId: string, reader: Reader = db) {
  const [found] = await reader
    .select({ grantId: proofsOfUse.grantId })
    .from(proofsOfUse)
    .where(
      and(eq(proofsOfUse.id, proofId), eq(proofsOfUse.schoolAuthorityId, user.schoolAuthorityId)),
    );
  if (!found) notFound();
  const grant = await requireGrant(user, found.grantId, reader);
  const proof = (await listProofs(user, grant.id, reader)).find(({ id }) => id === proofId)!;
  const cuts = await reader
    .select(getTableColumns(proofCuts))
    .from(proofCuts)
    .where(eq(proofCuts.answerId, proof.answer?.id ?? proofId))
    .orderBy(asc(proofCuts.position));
  return { ...proof, grant, cuts };
}

/** Submits the proof: its figures and receipts are kept as they are at this moment. */
export function submitProof(
  user: User,
  id: string,
  grantId: string,
  draft: ProofDraft,
): Promise<ProofViolation | undefined> {
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "record");
    const grant = await requireStandingGrant(user, grantId, tx);
    if (await wasSent(tx, user, id, { grantId, ...draft })) return undefined;

    const figures = await loadProofFigures(user, grant, draft.asOf, tx);
    const lines = await listAccounts(user, { grantId, kind: "budget_line" }, tx);
    const violation = checkProof(draft, {
      noticeOn: grant.noticeOn,
      spent: figures.spent,
      committed: sum(lines.map(({ committed }) => committed)),
      withoutConcept: await schoolsWithoutConcept(user, grant, draft, tx),
      today: today(),
    });
    if (violation) return violation;

    const text = JSON.stringify(wire(figures));
    const seal = sealOfProof(draft.report, text);
    const { schoolAuthorityId } = user;
    await tx
      .insert(proofsOfUse)
      .values({ id, schoolAuthorityId, grantId, ...draft, figures: text, seal });
    await post(tx, user, { kind: "proof_of_use", id });
    await rememberSent(tx, user, id, { grantId, ...draft });
    await logChange(tx, user, "proof_submitted", { id, text: grant.fileNumber });
  });
}

/** Schools of the grant whose media concept is due with the proof and not there on its day. */
async function schoolsWithoutConcept(
  user: User,
  { id: grantId, programme }: Grant,
  { submittedOn }: ProofDraft,
  reader: Reader,
): Promise<string[]> {
  const isDue = rulesOn(programme.checklist, submittedOn).some(
    ({ requirement, dueWith }) => requirement === "media_concept" && dueWith === "proof",
  );
  if (!isDue) return [];
  const lines = await listAccounts(user, { grantId, kind: "budget_line" }, reader);
  const schools = await listSchools(user, reader);
  return schools
    .filter(({ id }) => lines.some(({ schoolId }) => schoolId === id))
    .filter(({ mediaConceptOn }) => !mediaConceptOn || mediaConceptOn > submittedOn)
    .map(({ name }) => name);
}

/** Records what the granting authority answered; cuts are not eligible from that day on. */
export function recordAnswer(
  user: User,
  id: string,
  proofId: string,
  draft: AnswerDraft,
): Promise<AnswerViolation | undefined> {
  const { schoolAuthorityId } = user;
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "record");
    const proof = await requireProof(user, proofId, tx);
    if (await wasSent(tx, user, id, { proofId, ...draft })) return undefined;
    if (!proof.stands || !proof.grant.stands) notFound();

    const receipts = await listCountingReceipts(user, proof, tx);
    const isAnswered = proof.answer !== null;
    const violation = checkAnswer(draft, { ...proof, isAnswered, receipts }, today());
    if (violation) return violation;

    const { cuts, ...answer } = draft;
    await tx.insert(proofAnswers).values({ id, schoolAuthorityId, proofId, ...answer });
    if (cuts.length > 0) {
      await tx.insert(proofCuts).values(
        cuts.map((cut, position) => {
          const receipt = receipts.find((one) => one.invoiceLineId === cut.invoiceLineId)!;
          const { budgetLineId } = receipt;
          return { ...cut, budgetLineId, schoolAuthorityId, answerId: id, position };
        }),
      );
    }
    await post(tx, user, { kind: "proof_answer", id });
    await rememberSent(tx, user, id, { proofId, ...draft });
    await logChange(tx, user, "proof_answered", { id: proofId, text: proof.grant.fileNumber });
  });
}

type SubmittedProof = Awaited<ReturnType<typeof requireProof>>;

/** Receipts of a proof with what of each still counts today: reversals and earlier cuts taken off. */
export async function listCountingReceipts(
  user: User,
  { grant, figures }: SubmittedProof,
  reader: Reader = db,
) {
  const now = await loadProofFigures(user, grant, today(), reader);
  const inProof = new Set(figures.receipts.map(({ invoiceLineId }) => invoiceLineId));
  return now.receipts.filter(({ invoiceLineId }) => inProof.has(invoiceLineId));
}
