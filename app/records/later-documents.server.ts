/** Documents that follow an application or a grant, as the journal sees them. */
import { asc, eq, getTableColumns } from "drizzle-orm";
import { postingsOfAllotment } from "#app/domain/allotment.ts";
import { postingsOfStep } from "#app/domain/application-step.ts";
import { sum, zero } from "#app/domain/money.ts";
import { postingsOfNotice } from "#app/domain/notice-document.ts";
import { postingsOfProofAnswer } from "#app/domain/proof-of-use.ts";
import { postingsOfRepayment } from "#app/domain/repayment.ts";
import { noticeTitles, stepTitles } from "#app/domain/titles.ts";
import type { Reader } from "#db/client.ts";
import { applicationSteps } from "#db/schema/applications.ts";
import { repayments } from "#db/schema/drawdowns.ts";
import { allotmentLines, allotments, applications, measures } from "#db/schema/envelopes.ts";
import { noticeLines, notices } from "#db/schema/notices.ts";
import { proofAnswers, proofCuts, proofsOfUse } from "#db/schema/proofs.ts";
import type { Loaded, Within } from "./documents.server.ts";
import { accountsNamed, incomeAccountOf, resolutionOf } from "./granting-documents.server.ts";

export async function loadAllotmentDocument(reader: Reader, within: Within, id: string): Loaded {
  const [allotment] = await reader
    .select()
    .from(allotments)
    .where(within(allotments, allotments.id, id));
  if (!allotment) return undefined;
  const lines = await reader
    .select()
    .from(allotmentLines)
    .where(within(allotmentLines, allotmentLines.allotmentId, id))
    .orderBy(asc(allotmentLines.position));
  return {
    postings: postingsOfAllotment({ ...allotment, lines }),
    content: [
      allotment,
      lines,
      await accountsNamed(reader, lines),
      await resolutionOf(reader, allotment.resolutionId),
    ],
    bookedOn: allotment.decidedOn,
    title: "Zuteilung des Kopfbetrags",
  };
}

export async function loadApplicationStepDocument(
  reader: Reader,
  within: Within,
  id: string,
): Loaded {
  const [step] = await reader
    .select({ ...getTableColumns(applicationSteps), application: applications.title })
    .from(applicationSteps)
    .innerJoin(applications, eq(applications.id, applicationSteps.applicationId))
    .where(within(applicationSteps, applicationSteps.id, id));
  if (!step) return undefined;
  const lines = await reader
    .select()
    .from(measures)
    .where(within(measures, measures.applicationId, step.applicationId))
    .orderBy(asc(measures.position));
  const title = `Antrag „${step.application}“ ${stepTitles[step.kind]}`;
  return {
    postings: postingsOfStep({ ...step, title }, lines),
    content: [step],
    bookedOn: step.takenOn,
    title,
  };
}

export async function loadNoticeDocument(reader: Reader, within: Within, id: string): Loaded {
  const [notice] = await reader
    .select()
    .from(notices)
    .where(within(notices, notices.id, id));
  if (!notice) return undefined;
  const lines = await reader
    .select()
    .from(noticeLines)
    .where(within(noticeLines, noticeLines.noticeId, id))
    .orderBy(asc(noticeLines.position));
  const title = `${noticeTitles[notice.kind]} vom ${germanDay(notice.noticeOn)}`;
  // What the lines take of the pots together is the grant: so is their change.
  const grantedChange = sum(
    lines.map(({ fromBase, fromShared, beyond }) => fromBase.plus(fromShared).plus(beyond ?? zero)),
  );
  const incomeAccountId = await incomeAccountOf(reader, notice.grantId);
  return {
    postings: postingsOfNotice({ ...notice, title, grantedChange, incomeAccountId, lines }),
    content: [notice, lines, await accountsNamed(reader, lines)],
    bookedOn: notice.validFrom,
    title,
  };
}

export async function loadRepaymentDocument(reader: Reader, within: Within, id: string): Loaded {
  const [repayment] = await reader
    .select()
    .from(repayments)
    .where(within(repayments, repayments.id, id));
  if (!repayment) return undefined;
  const incomeAccountId = await incomeAccountOf(reader, repayment.grantId);
  return {
    postings: postingsOfRepayment({ ...repayment, incomeAccountId }),
    content: [repayment],
    bookedOn: repayment.repaidOn,
    title: `Rückzahlung vom ${germanDay(repayment.repaidOn)}`,
  };
}

/** A proof moves no money; as a document it can be taken back like any other. */
export async function loadProofDocument(reader: Reader, within: Within, id: string): Loaded {
  const [proof] = await reader
    .select()
    .from(proofsOfUse)
    .where(within(proofsOfUse, proofsOfUse.id, id));
  if (!proof) return undefined;
  const kind = proof.kind === "final" ? "Verwendungsnachweis" : "Zwischennachweis";
  return {
    postings: [],
    content: [proof],
    bookedOn: proof.submittedOn,
    title: `${kind} vom ${germanDay(proof.submittedOn)}`,
  };
}

export async function loadProofAnswerDocument(reader: Reader, within: Within, id: string): Loaded {
  const [answer] = await reader
    .select()
    .from(proofAnswers)
    .where(within(proofAnswers, proofAnswers.id, id));
  if (!answer) return undefined;
  const cuts = await reader
    .select()
    .from(proofCuts)
    .where(within(proofCuts, proofCuts.answerId, id))
    .orderBy(asc(proofCuts.position));
  const [proof] = await reader
    .select()
    .from(proofsOfUse)
    .where(within(proofsOfUse, proofsOfUse.id, answer.proofId));
  const title = `Prüfvermerk vom ${germanDay(answer.answeredOn)}`;
  return {
    postings: postingsOfProofAnswer({ ...answer, title, cuts }),
    // The proof that it answers is sealed with it.
    content: [answer, cuts, proof, await accountsNamed(reader, cuts)],
    bookedOn: answer.answeredOn,
    title,
  };
}

function germanDay(day: string): string {
  return day.split("-").reverse().join(".");
}
