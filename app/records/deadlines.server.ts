/** Deadlines (Fristen) of all grants and programmes of an authority, in one reading. */
import { and, asc, eq } from "drizzle-orm";
import type { Day } from "#app/domain/calendar.ts";
import { deadlinesOfCarried } from "#app/domain/carried-money.ts";
import { asReadBy, type Deadline, inOrder } from "#app/domain/deadline.ts";
import { deadlinesOfContract } from "#app/domain/contract-deadline.ts";
import { deadlinesOfGrant } from "#app/domain/grant-deadlines.ts";
import { overviewFigures, underEnvelope } from "#app/domain/overview.ts";
import { sum } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { deadlinesOfEnvelope } from "#app/domain/programme-deadlines.ts";
import { db, type Reader } from "#db/client.ts";
import { drawdowns, payouts } from "#db/schema/drawdowns.ts";
import { proofsOfUse } from "#db/schema/proofs.ts";
import { listAccounts } from "./accounts.server.ts";
import { listContracts } from "./contracts.server.ts";
import { listEnvelopes } from "./envelopes.server.ts";
import { listGrants } from "./grants.server.ts";
import { stands } from "./standing.server.ts";
import { listLimitedMoney } from "./usable-accounts.server.ts";

/** All deadlines, those that are done too, as the user may read them. */
export async function loadDeadlines(user: User, today: Day): Promise<Deadline[]> {
  const [accounts, envelopes, grants, came, proved, contracts, limited] = await Promise.all([
    listAccounts(user),
    listEnvelopes(user),
    listGrants(user),
    listPayouts(user, db),
    listProofs(user, db),
    listContracts(user),
    listLimitedMoney(user),
  ]);
  const ofGrants = grants.flatMap((grant) => {
    const own = accounts.filter(({ grantId }) => grantId === grant.id);
    const figures = overviewFigures(own, "income");
    const lines = own.filter(({ kind }) => kind === "budget_line");
    const facts = {
      ...grant,
      figures: {
        ...figures,
        approved: sum(lines.map(({ approved }) => approved)),
        repaid: sum(own.map(({ repaid }) => repaid)),
      },
      payouts: came.filter(({ grantId }) => grantId === grant.id),
      proofs: proved.filter(({ grantId }) => grantId === grant.id),
    };
    return deadlinesOfGrant(facts, today);
  });
  const ofEnvelopes = envelopes.flatMap((envelope) => {
    const own = grants.filter(({ envelopeId }) => envelopeId === envelope.id);
    const ids = own.map(({ id }) => id);
    const { notGranted } = overviewFigures(underEnvelope(accounts, envelope.id, ids), "pot");
    const runningGrants = own.filter(({ isClosed }) => !isClosed).length;
    return deadlinesOfEnvelope({ ...envelope, notGranted, runningGrants }, today);
  });
  const ofContracts = contracts
    .filter((contract) => contract.stands)
    .flatMap((contract) => deadlinesOfContract(contract, today));
  const labels = new Map(accounts.map(({ id, label }) => [id, label]));
  const ofCarried = deadlinesOfCarried(
    limited.map((one) => ({ ...one, label: labels.get(one.accountId)! })),
    today,
  );
  return inOrder([...ofGrants, ...ofEnvelopes, ...ofContracts, ...ofCarried]).map((one) =>
    asReadBy(user, one),
  );
}

/** Payouts of all grants that stand, in the order in which they came. */
function listPayouts(user: User, reader: Reader) {
  return reader
    .select({
      id: payouts.id,
      grantId: drawdowns.grantId,
      number: drawdowns.number,
      receivedOn: payouts.receivedOn,
      spendBy: payouts.spendBy,
      amount: payouts.amount,
    })
    .from(payouts)
    .innerJoin(drawdowns, eq(drawdowns.id, payouts.drawdownId))
    .where(and(eq(payouts.schoolAuthorityId, user.schoolAuthorityId), stands(payouts)))
    .orderBy(asc(payouts.receivedOn), asc(payouts.createdAt));
}

/** Proofs of use of all grants that stand, in the order of their days. */
function listProofs(user: User, reader: Reader) {
  return reader
    .select({
      grantId: proofsOfUse.grantId,
      kind: proofsOfUse.kind,
      submittedOn: proofsOfUse.submittedOn,
    })
    .from(proofsOfUse)
    .where(and(eq(proofsOfUse.schoolAuthorityId, user.schoolAuthorityId), stands(proofsOfUse)))
    .orderBy(asc(proofsOfUse.submittedOn), asc(proofsOfUse.createdAt));
}
