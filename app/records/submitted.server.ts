/**
 * What was submitted to a granting authority, and what it issued: all that it sees of the books. No orders, no
 * invoices in work, no statements, nothing that the office noted for itself.
 */
import { mayUser, type User } from "#app/domain/permission.ts";
import { forbidden } from "#app/http.ts";
import { requireApplication, listMeasures } from "./applications.server.ts";
import { listDrawdowns } from "./drawdowns.server.ts";
import { listGrants } from "./grants.server.ts";
import { listNotices } from "./notices.server.ts";
import { listProofs } from "./proofs.server.ts";

/** By grant that stands and that the user sees; reversed papers are left out, as if never sent. */
export async function loadSubmitted(user: User) {
  if (!mayUser(user, "read_submitted")) forbidden();
  const grants = await listGrants(user);
  return Promise.all(grants.map((grant) => submittedFor(user, grant)));
}

type Grant = Awaited<ReturnType<typeof listGrants>>[number];

async function submittedFor(user: User, grant: Grant) {
  const [application, measures, drawdowns, proofs, notices] = await Promise.all([
    requireApplication(user, grant.applicationId),
    listMeasures(user, grant.applicationId),
    listDrawdowns(user, grant.id),
    listProofs(user, grant.id),
    listNotices(user, grant.id),
  ]);
  const { id, fileNumber, grantingAuthority, noticeOn, grantAmount } = grant;
  return {
    ...{ id, fileNumber, grantingAuthority, noticeOn, grantAmount },
    application: { title: application.title, submittedOn: application.submittedOn },
    measures: measures.map(({ id, school, code, description, amount }) => {
      return { id, school, code, description, amount };
    }),
    drawdowns: drawdowns
      .filter(({ stands }) => stands)
      .map(({ id, number, requestedOn, amount, purpose, received }) => {
        return { id, number, requestedOn, amount, purpose, received };
      }),
    proofs: proofs
      .filter(({ stands }) => stands)
      .map(({ id, kind, submittedOn, answer }) => {
        return { id, kind, submittedOn, answeredOn: answer?.answeredOn ?? null };
      }),
    notices: notices
      .filter(({ stands }) => stands)
      .map(({ id, kind, noticeOn, reference }) => ({ id, kind, noticeOn, reference })),
  };
}
