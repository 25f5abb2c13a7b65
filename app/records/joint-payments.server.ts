/** Records what happens within a joint service's year: payments of its members, and actual costs. */
import { today } from "#app/clock.server.ts";
import {
  checkJointCost,
  type JointCostDraft,
  type JointCostViolation,
} from "#app/domain/joint-cost.ts";
import {
  checkBalancePayment,
  checkInstalmentPayment,
  type JointPaymentDraft,
  type JointPaymentViolation,
} from "#app/domain/joint-settlement.ts";
import type { ClosedYearViolation } from "#app/domain/fiscal-year.ts";
import type { User } from "#app/domain/permission.ts";
import { notFound } from "#app/http.ts";
import { db } from "#db/client.ts";
import { jointCosts } from "#db/schema/joint-costs.ts";
import { jointPayments } from "#db/schema/joint-years.ts";
import { logChange } from "./changes.server.ts";
import { lockBooks, post } from "./journal.server.ts";
import { countInvoice } from "./joint-invoices.server.ts";
import { requirePlannedYear, titleOf } from "./joint-years.server.ts";
import { refusedByYear } from "./fiscal-years.server.ts";
import { rememberSent, wasSent } from "./submissions.server.ts";

/** An instalment before the settlement; after it the additional payment or the refund. */
export function recordJointPayment(
  user: User,
  id: string,
  jointServiceId: string,
  fiscalYear: number,
  draft: JointPaymentDraft,
): Promise<JointPaymentViolation | ClosedYearViolation | undefined> {
  const { schoolAuthorityId } = user;
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "pay");
    const year = await requirePlannedYear(user, jointServiceId, fiscalYear, tx);
    if (await wasSent(tx, user, id, { jointServiceId, fiscalYear, ...draft })) return undefined;
    const { plan, settlement, parts, settlementParts } = year;
    const { memberId } = draft;
    const booked = plan.appropriationAccountId ? fiscalYear : null;
    const closed = await refusedByYear(tx, user, booked, "paidOn");
    if (closed) return closed;
    const open = year.members.find((member) => member.id === memberId)?.open ?? undefined;
    const checked = settlement
      ? checkBalancePayment(draft, { settledOn: settlement.settledOn, open }, today())
      : checkInstalmentPayment(
          draft,
          { plannedOn: plan.plannedOn, isSettled: false, open },
          today(),
        );
    if (checked && "violation" in checked) return checked.violation;
    if (checked && "rule" in checked) return checked;

    const rows = settlement ? settlementParts : parts;
    const accountId = rows.find((part) => part.memberId === memberId)?.accountId ?? notFound();
    await tx.insert(jointPayments).values({
      ...draft,
      id,
      schoolAuthorityId,
      planId: plan.id,
      settlementId: settlement?.id ?? null,
      accountId,
      amount: checked ? checked.amount : draft.amount,
    });
    const moved = await post(tx, user, { kind: "joint_payment", id });
    await rememberSent(tx, user, id, { jointServiceId, fiscalYear, ...draft });
    await logChange(tx, user, "joint_payment_recorded", { id, text: titleOf(year), moved });
  });
}

/** What the year really cost: from an invoice of the municipal budget, from staff hours, or another paper. */
export function recordJointCost(
  user: User,
  id: string,
  jointServiceId: string,
  fiscalYear: number,
  draft: JointCostDraft,
): Promise<JointCostViolation | undefined> {
  const { schoolAuthorityId } = user;
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, "coordinate");
    const year = await requirePlannedYear(user, jointServiceId, fiscalYear, tx);
    if (await wasSent(tx, user, id, { jointServiceId, fiscalYear, ...draft })) return undefined;
    const invoice =
      draft.kind === "invoice" ? await countInvoice(tx, user, draft.invoiceId) : undefined;
    const checked = checkJointCost(
      draft,
      {
        fiscalYear,
        startedOn: year.agreement.startedOn,
        isSettled: year.settlement !== null,
        invoice,
      },
      today(),
    );
    if ("violation" in checked) return checked.violation;

    const isHours = draft.kind === "staff_hours";
    await tx.insert(jointCosts).values({
      ...draft,
      id,
      schoolAuthorityId,
      planId: year.plan.id,
      invoiceId: draft.kind === "invoice" ? draft.invoiceId! : null,
      hours: isHours ? draft.hours! : null,
      rate: isHours ? draft.rate! : null,
      amount: checked.amount,
    });
    const moved = await post(tx, user, { kind: "joint_cost", id });
    await rememberSent(tx, user, id, { jointServiceId, fiscalYear, ...draft });
    await logChange(tx, user, "joint_cost_recorded", { id, text: titleOf(year), moved });
  });
}
