/** What further sheets of the audit workbook hold, as of its day and within its scope. */
import type { AuditSheets } from "#app/domain/audit-sheets.ts";
import type { BookScope } from "#app/domain/audit-scope.ts";
import type { Verdict } from "#app/domain/journal.ts";
import type { User } from "#app/domain/permission.ts";
import type { Reader } from "#db/client.ts";
import { loadChangeRows } from "./audit-changes.server.ts";
import { loadContractRows } from "./audit-contracts.server.ts";
import { loadJointCostRows } from "./audit-joint-costs.server.ts";
import { loadReach } from "./audit-reach.server.ts";
import { countReversalEntries, loadReversalRows } from "./audit-reversals.server.ts";
import { loadCategories, loadUseRows } from "./audit-use.server.ts";

export async function loadAuditSheets(
  reader: Reader,
  user: User,
  scope: BookScope,
): Promise<AuditSheets> {
  const { grantId, grantIds, fiscalYear, asOf } = scope;
  const reach = await loadReach(reader, user, scope);
  const isPart = grantId !== undefined || grantIds !== undefined || user.limits !== undefined;
  const costs = isPart ? [] : await loadJointCostRows(reader, user, asOf);
  return {
    use: await loadUseRows(reader, user, scope),
    reversals: await loadReversalRows(reader, user, scope, reach),
    reversalEntries: await countReversalEntries(reader, user, scope),
    changes: await loadChangeRows(reader, user, reach),
    jointCosts: costs.filter((cost) => !fiscalYear || cost.fiscalYear === fiscalYear),
    contracts: await loadContractRows(reader, user, scope),
    categories: await loadCategories(reader, user, scope),
  };
}

/** The proofs are of the whole authority: who sees a part of it learns that they fail, and not where. */
export function seenVerdicts(user: User, verdicts: Verdict[]): Verdict[] {
  if (!user.limits) return verdicts;
  return verdicts.map(({ findings, ...verdict }) => ({
    ...verdict,
    findings: findings.length === 0 ? [] : [`Abweichungen: ${findings.length}`],
  }));
}
