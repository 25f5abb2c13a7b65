/** What the paper of a proof of use (Verwendungsnachweis) says: of a submitted one, or its draft of a day. */
import type { Day } from "#app/domain/calendar.ts";
import type { ProofPaper } from "#app/domain/proof-paper.ts";
import type { User } from "#app/domain/permission.ts";
import { wire } from "#app/http.ts";
import { db, type Reader } from "#db/client.ts";
import { requireAuthority } from "./authorities.server.ts";
import { type Grant, requireGrant } from "./grants.server.ts";
import { loadProofFigures, requireProof } from "./proofs.server.ts";

/** The paper of a submitted proof, with the figures as they were sent. @throws Response 404 */
export async function requireProofPaper(
  user: User,
  proofId: string,
  reader: Reader = db,
): Promise<ProofPaper> {
  const { grant, cuts, ...proof } = await requireProof(user, proofId, reader);
  const { figures, answer, submittedOn } = proof;
  const nameOf = (invoiceLineId: string) => {
    const receipt = figures.receipts.find((one) => one.invoiceLineId === invoiceLineId);
    return receipt ? `${receipt.supplier}, ${receipt.invoiceNumber}` : "";
  };
  return {
    ...(await headOf(user, grant, reader)),
    proof,
    figures,
    answer: answer && {
      ...answer,
      cuts: cuts.map(({ invoiceLineId, amount, reason }) => {
        return { receipt: nameOf(invoiceLineId), amount: amount.toFixed(), reason };
      }),
    },
    writtenOn: submittedOn,
  };
}

/** The draft of a proof, with the figures of a day. @throws Response 404 */
export async function requireProofDraft(
  user: User,
  grantId: string,
  asOf: Day,
  reader: Reader = db,
): Promise<ProofPaper> {
  const grant = await requireGrant(user, grantId, reader);
  return {
    ...(await headOf(user, grant, reader)),
    proof: null,
    figures: wire(await loadProofFigures(user, grant, asOf, reader)),
    answer: null,
    writtenOn: asOf,
  };
}

async function headOf(user: User, grant: Grant, reader: Reader) {
  const { name, isExample, signatory } = await requireAuthority(user, reader);
  const { fileNumber, grantingAuthority, noticeOn, spendFrom, spendUntil } = grant;
  return {
    authority: { name, isExample, signatory },
    grant: {
      ...{ fileNumber, grantingAuthority, noticeOn, spendFrom, spendUntil },
      purpose: grant.application,
      programme: grant.programme.name,
    },
  };
}
