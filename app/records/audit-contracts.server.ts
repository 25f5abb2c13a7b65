/** Contracts (Verträge) in the audit workbook: a row for each fiscal year in which one commits, as of its day. */
import type { ContractYearRow } from "#app/domain/audit-sheets.ts";
import { type BookScope, isWhole } from "#app/domain/audit-scope.ts";
import { lastDayOf, nextNotice } from "#app/domain/contract-run.ts";
import { grouped } from "#app/domain/groups.ts";
import { zero } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import type { Reader } from "#db/client.ts";
import { listContractFigures } from "./contract-figures.server.ts";
import { listContracts } from "./contracts.server.ts";

/** Of the whole authority or of a fiscal year; a grant has no contracts, a limited auditor sees none. */
export async function loadContractRows(
  reader: Reader,
  user: User,
  scope: BookScope,
): Promise<ContractYearRow[]> {
  const { asOf, fiscalYear } = scope;
  if (user.limits || !(isWhole(scope) || fiscalYear)) return [];
  const contracts = await listContracts(user, asOf, reader);
  const figures = await listContractFigures(user, { asOf }, reader);
  const yearsOf = grouped(figures, ({ contractId }) => contractId);
  return contracts.flatMap((contract): ContractYearRow[] => {
    const { product, costCentre, ledgerAccount } = contract;
    const endsOn = lastDayOf(contract);
    const row = {
      number: contract.number,
      name: contract.name,
      kind: contract.kind,
      supplier: contract.supplier,
      school: contract.schoolName,
      account: [product, costCentre, ledgerAccount].filter(Boolean).join(" / "),
      signedOn: contract.signedOn,
      startedOn: contract.startedOn,
      endsOn,
      noticeMonths: contract.noticeMonths,
      noticeBy: contract.stands ? (nextNotice(contract, asOf)?.noticeBy ?? null) : null,
      amount: contract.amount,
      rhythm: contract.rhythm,
      stands: contract.stands,
    };
    const years = (yearsOf.get(contract.id) ?? [])
      .filter((year) => !fiscalYear || year.fiscalYear === fiscalYear)
      .toSorted((a, b) => a.fiscalYear - b.fiscalYear);
    if (years.length > 0) return years.map((year) => ({ ...row, ...moneyOf(year) }));
    return fiscalYear ? [] : [{ ...row, ...nothing }];
  });
}

type Figures = Awaited<ReturnType<typeof listContractFigures>>[number];

function moneyOf({ fiscalYear, ordered, committed, invoiced, paid }: Figures) {
  return { fiscalYear, ordered, committed, invoiced, paid };
}

const nothing = { fiscalYear: null, ordered: zero, committed: zero, invoiced: zero, paid: zero };
