/** Documents of the municipal budget, as the journal sees them. */
import { and, eq, getTableColumns, isNull } from "drizzle-orm";
import { postingsOfAppropriation } from "#app/domain/appropriation.ts";
import { postingsOfCostShare, postingsOfCostSharePayment } from "#app/domain/cost-share.ts";
import { zero } from "#app/domain/money.ts";
import type { Reader } from "#db/client.ts";
import { accounts } from "#db/schema/journal.ts";
import {
  costShareParts,
  costSharePayments,
  costShares,
  jointServiceMembers,
  jointServices,
} from "#db/schema/joint-services.ts";
import { appropriations } from "#db/schema/municipal-budget.ts";
import type { Loaded, Within } from "./documents.server.ts";
import { accountsNamed, resolutionOf } from "./granting-documents.server.ts";

export async function loadAppropriationDocument(
  reader: Reader,
  within: Within,
  id: string,
): Loaded {
  const [appropriation] = await reader
    .select({
      ...getTableColumns(appropriations),
      fiscalYear: accounts.fiscalYear,
      name: accounts.name,
    })
    .from(appropriations)
    .innerJoin(accounts, eq(accounts.id, appropriations.accountId))
    .where(within(appropriations, appropriations.id, id));
  if (!appropriation) return undefined;
  const fiscalYear = appropriation.fiscalYear!;
  return {
    postings: postingsOfAppropriation({ ...appropriation, fiscalYear }),
    content: [
      appropriation,
      await accountsNamed(reader, [appropriation]),
      await resolutionOf(reader, appropriation.resolutionId),
    ],
    bookedOn: appropriation.decidedOn,
    title: `Haushaltsansatz ${fiscalYear}, ${appropriation.name}`,
  };
}

export async function loadCostShareDocument(reader: Reader, within: Within, id: string): Loaded {
  const [share] = await reader
    .select({
      ...getTableColumns(costShares),
      jointService: jointServices.name,
      legalForm: jointServices.legalForm,
      startedOn: jointServices.startedOn,
      resolutionId: jointServices.resolutionId,
      note: jointServices.note,
    })
    .from(costShares)
    .innerJoin(jointServices, eq(jointServices.id, costShares.jointServiceId))
    .where(within(costShares, costShares.id, id));
  if (!share) return undefined;
  const parts = await reader
    .select({ ...getTableColumns(costShareParts), isOwn: jointServiceMembers.isOwn })
    .from(costShareParts)
    .innerJoin(jointServiceMembers, eq(jointServiceMembers.id, costShareParts.memberId))
    .where(within(costShareParts, costShareParts.costShareId, id))
    .orderBy(costShareParts.position);
  const ownAmount = parts.find(({ isOwn }) => isOwn)?.amount ?? zero;
  return {
    postings: postingsOfCostShare({ ...share, ownAmount }),
    content: [
      share,
      parts,
      await resolutionOf(reader, share.resolutionId),
      await reader
        .select()
        .from(jointServiceMembers)
        // Who joined later is no part of what was sealed.
        .where(
          and(
            eq(jointServiceMembers.jointServiceId, share.jointServiceId),
            isNull(jointServiceMembers.joinedOn),
          ),
        )
        .orderBy(jointServiceMembers.position),
    ],
    bookedOn: share.demandedOn,
    title: `Umlage ${share.fiscalYear}, ${share.jointService}`,
  };
}

export async function loadCostSharePaymentDocument(
  reader: Reader,
  within: Within,
  id: string,
): Loaded {
  const [payment] = await reader
    .select({
      ...getTableColumns(costSharePayments),
      fiscalYear: costShares.fiscalYear,
      appropriationAccountId: costShares.appropriationAccountId,
      jointService: jointServices.name,
      ownAmount: costShareParts.amount,
    })
    .from(costSharePayments)
    .innerJoin(costShares, eq(costShares.id, costSharePayments.costShareId))
    .innerJoin(jointServices, eq(jointServices.id, costShares.jointServiceId))
    .innerJoin(costShareParts, eq(costShareParts.costShareId, costShares.id))
    .innerJoin(
      jointServiceMembers,
      and(eq(jointServiceMembers.id, costShareParts.memberId), eq(jointServiceMembers.isOwn, true)),
    )
    .where(within(costSharePayments, costSharePayments.id, id));
  if (!payment) return undefined;
  return {
    postings: postingsOfCostSharePayment(payment),
    content: [payment],
    bookedOn: payment.paidOn,
    title: `Zahlung der Umlage ${payment.fiscalYear}, ${payment.jointService}`,
  };
}
