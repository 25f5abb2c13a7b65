/** Steps (Verfahrensschritte) of an application after it was submitted. */
import { today } from "#app/clock.server.ts";
import { checkStep, type StepDraft, type StepViolation } from "#app/domain/application-step.ts";
import type { User } from "#app/domain/permission.ts";
import { stepTitles } from "#app/domain/titles.ts";
import { db } from "#db/client.ts";
import { applicationSteps } from "#db/schema/applications.ts";
import { requireApplication } from "./applications.server.ts";
import { logChange } from "./changes.server.ts";
import { lockBooks, post } from "./journal.server.ts";
import { rememberSent, wasSent } from "./submissions.server.ts";

export function recordStep(
  user: User,
  id: string,
  applicationId: string,
  draft: StepDraft,
): Promise<StepViolation | undefined> {
  const { schoolAuthorityId } = user;
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "record");
    if (await wasSent(tx, user, id, { applicationId, ...draft })) return undefined;
    const application = await requireApplication(user, applicationId, tx);
    const violation = checkStep(draft, application, today());
    if (violation) return violation;

    await tx
      .insert(applicationSteps)
      .values({ id, schoolAuthorityId, applicationId, ...draft, recordedBy: user.id });
    // A return leaves the application asking for the same: there is nothing to enter.
    const moved =
      draft.kind !== "returned" ? await post(tx, user, { kind: "application_step", id }) : [];
    await rememberSent(tx, user, id, { applicationId, ...draft });
    const text = `${application.title}: ${stepTitles[draft.kind]} (${draft.reason})`;
    await logChange(tx, user, "application_step_recorded", { id: applicationId, text, moved });
  });
}
