/** The actual costs of joint services (IKZ) in the audit workbook, paper by paper, as of its day. */
import { and, asc, eq, lte, sql } from "drizzle-orm";
import type { JointCostRow } from "#app/domain/audit-sheets.ts";
import type { Day } from "#app/domain/calendar.ts";
import type { User } from "#app/domain/permission.ts";
import type { Reader } from "#db/client.ts";
import { invoices } from "#db/schema/invoices.ts";
import { jointCosts } from "#db/schema/joint-costs.ts";
import { jointServices } from "#db/schema/joint-services.ts";
import { jointPlans, jointSettlements } from "#db/schema/joint-years.ts";
import { stands } from "./standing.server.ts";

export function loadJointCostRows(reader: Reader, user: User, asOf: Day): Promise<JointCostRow[]> {
  return reader
    .select({
      jointService: jointServices.name,
      fiscalYear: jointPlans.fiscalYear,
      planNumber: jointPlans.number,
      kind: jointCosts.kind,
      incurredOn: jointCosts.incurredOn,
      description: jointCosts.description,
      reference: jointCosts.reference,
      invoiceNumber: invoices.number,
      hours: jointCosts.hours,
      rate: jointCosts.rate,
      amount: jointCosts.amount,
      stands: sql<boolean>`${stands(jointCosts, asOf)}`,
      settlementNumber: jointSettlements.number,
      settledOn: jointSettlements.settledOn,
    })
    .from(jointCosts)
    .innerJoin(jointPlans, eq(jointPlans.id, jointCosts.planId))
    .innerJoin(jointServices, eq(jointServices.id, jointPlans.jointServiceId))
    .leftJoin(invoices, eq(invoices.id, jointCosts.invoiceId))
    .leftJoin(
      jointSettlements,
      and(
        eq(jointSettlements.planId, jointPlans.id),
        lte(jointSettlements.settledOn, asOf),
        stands(jointSettlements, asOf),
      ),
    )
    .where(
      and(
        eq(jointCosts.schoolAuthorityId, user.schoolAuthorityId),
        lte(jointCosts.incurredOn, asOf),
      ),
    )
    .orderBy(
      asc(jointServices.name),
      asc(jointPlans.fiscalYear),
      asc(jointCosts.incurredOn),
      asc(jointCosts.createdAt),
    );
}
