/** Documents that change the municipal budget or end its year, as the journal sees them. */
import { eq, getTableColumns } from "drizzle-orm";
import { postingsOfExtra, postingsOfSupplement } from "#app/domain/budget-change.ts";
import { postingsOfCarryover } from "#app/domain/carryover.ts";
import type { Reader } from "#db/client.ts";
import { accounts } from "#db/schema/journal.ts";
import {
  carryovers,
  extraApprovals,
  supplements,
  yearClosings,
} from "#db/schema/municipal-budget.ts";
import type { Loaded, Within } from "./documents.server.ts";
import { accountsNamed, resolutionOf } from "./granting-documents.server.ts";

export async function loadSupplementDocument(reader: Reader, within: Within, id: string): Loaded {
  const [supplement] = await reader
    .select({
      ...getTableColumns(supplements),
      fiscalYear: accounts.fiscalYear,
      name: accounts.name,
    })
    .from(supplements)
    .innerJoin(accounts, eq(accounts.id, supplements.accountId))
    .where(within(supplements, supplements.id, id));
  if (!supplement) return undefined;
  const title = `Nachtrag ${supplement.fiscalYear}, ${supplement.name}`;
  return {
    postings: postingsOfSupplement({ ...supplement, title }),
    content: [
      supplement,
      await accountsNamed(reader, [supplement]),
      await resolutionOf(reader, supplement.resolutionId),
    ],
    bookedOn: supplement.decidedOn,
    title,
  };
}

export async function loadExtraApprovalDocument(
  reader: Reader,
  within: Within,
  id: string,
): Loaded {
  const [approval] = await reader
    .select({
      ...getTableColumns(extraApprovals),
      fiscalYear: accounts.fiscalYear,
      name: accounts.name,
    })
    .from(extraApprovals)
    .innerJoin(accounts, eq(accounts.id, extraApprovals.accountId))
    .where(within(extraApprovals, extraApprovals.id, id));
  if (!approval) return undefined;
  const title = `Über- oder außerplanmäßig ${approval.fiscalYear}, ${approval.name}`;
  const named = [approval.accountId, approval.coveringAccountId]
    .filter((accountId) => accountId !== null)
    .map((accountId) => ({ accountId }));
  return {
    postings: postingsOfExtra({ ...approval, title }),
    content: [
      approval,
      await accountsNamed(reader, named),
      await resolutionOf(reader, approval.resolutionId),
    ],
    bookedOn: approval.decidedOn,
    title,
  };
}

export async function loadCarryoverDocument(reader: Reader, within: Within, id: string): Loaded {
  const [carryover] = await reader
    .select({
      ...getTableColumns(carryovers),
      fiscalYear: accounts.fiscalYear,
      name: accounts.name,
    })
    .from(carryovers)
    .innerJoin(accounts, eq(accounts.id, carryovers.fromAccountId))
    .where(within(carryovers, carryovers.id, id));
  if (!carryover) return undefined;
  const fiscalYear = carryover.fiscalYear!;
  const title = `Übertragung ${fiscalYear} nach ${fiscalYear + 1}, ${carryover.name}`;
  const named = [carryover.fromAccountId, carryover.toAccountId];
  return {
    postings: postingsOfCarryover({ ...carryover, title }),
    content: [
      carryover,
      await accountsNamed(
        reader,
        named.map((accountId) => ({ accountId })),
      ),
      await resolutionOf(reader, carryover.resolutionId),
    ],
    bookedOn: carryover.decidedOn,
    title,
  };
}

/** A closing moves no money: it says that the year takes reversals only. */
export async function loadYearClosingDocument(reader: Reader, within: Within, id: string): Loaded {
  const [closing] = await reader
    .select()
    .from(yearClosings)
    .where(within(yearClosings, yearClosings.id, id));
  if (!closing) return undefined;
  return {
    postings: [],
    content: [closing],
    bookedOn: closing.closedOn,
    title: `Abschluss des Haushaltsjahres ${closing.fiscalYear}`,
  };
}
