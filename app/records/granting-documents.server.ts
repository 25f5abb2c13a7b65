/** Documents by which money is applied for, granted and drawn, as the journal sees them. */
import { and, asc, eq, getTableColumns, inArray } from "drizzle-orm";
import { postingsOfPots } from "#app/domain/application.ts";
import { postingsOfDrawdown } from "#app/domain/drawdown.ts";
import { postingsOfEnvelope } from "#app/domain/envelope.ts";
import { postingsOfGrant } from "#app/domain/grant.ts";
import { postingsOfPayout } from "#app/domain/payout.ts";
import type { Reader } from "#db/client.ts";
import { resolutions, resolutionStages } from "#db/schema/authorities.ts";
import { drawdowns, payouts } from "#db/schema/drawdowns.ts";
import { applications, envelopePots, envelopes, measures } from "#db/schema/envelopes.ts";
import { grantLines, grants } from "#db/schema/grants.ts";
import { accounts } from "#db/schema/journal.ts";
import type { Loaded, Within } from "./documents.server.ts";
import { loadProgrammes } from "./programmes.server.ts";

export async function loadEnvelopeDocument(reader: Reader, within: Within, id: string): Loaded {
  const [envelope] = await reader
    .select()
    .from(envelopes)
    .where(within(envelopes, envelopes.id, id));
  if (!envelope) return undefined;
  const pots = await reader
    .select()
    .from(envelopePots)
    .where(within(envelopePots, envelopePots.envelopeId, id))
    .orderBy(asc(envelopePots.position));
  const programmeOf = await loadProgrammes(reader, envelope.schoolAuthorityId);
  const title = `Höchstbetrag ${programmeOf(envelope.programme, envelope.programmeVersion).name}`;
  return {
    postings: postingsOfEnvelope(
      envelope.givenOn,
      pots.map((pot) => ({ ...pot, schoolId: pot.schoolId ?? undefined })),
      title,
    ),
    content: [envelope, pots, await accountsNamed(reader, pots)],
    bookedOn: envelope.givenOn,
    title,
  };
}

export async function loadApplicationDocument(reader: Reader, within: Within, id: string): Loaded {
  const [application] = await reader
    .select()
    .from(applications)
    .where(within(applications, applications.id, id));
  if (!application) return undefined;
  const lines = await reader
    .select()
    .from(measures)
    .where(within(measures, measures.applicationId, id))
    .orderBy(asc(measures.position));
  const title = `Antrag „${application.title}“`;
  return {
    postings: postingsOfPots(lines, "applied", application.submittedOn, title),
    content: [
      application,
      lines,
      await accountsNamed(reader, lines),
      await resolutionOf(reader, application.resolutionId),
    ],
    bookedOn: application.submittedOn,
    title,
  };
}

export async function loadGrantDocument(reader: Reader, within: Within, id: string): Loaded {
  const [grant] = await reader
    .select()
    .from(grants)
    .where(within(grants, grants.id, id));
  if (!grant) return undefined;
  const lines = await reader
    .select()
    .from(grantLines)
    .where(within(grantLines, grantLines.grantId, id))
    .orderBy(asc(grantLines.position));
  const incomeAccountId = await incomeAccountOf(reader, id);
  return {
    postings: postingsOfGrant({ ...grant, incomeAccountId, lines }),
    content: [grant, lines, await accountsNamed(reader, lines)],
    bookedOn: grant.noticeOn,
    title: `Zuwendungsbescheid ${grant.fileNumber}`,
  };
}

export async function loadDrawdownDocument(reader: Reader, within: Within, id: string): Loaded {
  const [drawdown] = await reader
    .select()
    .from(drawdowns)
    .where(within(drawdowns, drawdowns.id, id));
  if (!drawdown) return undefined;
  const incomeAccountId = await incomeAccountOf(reader, drawdown.grantId);
  return {
    postings: postingsOfDrawdown({ ...drawdown, incomeAccountId }),
    content: [drawdown],
    bookedOn: drawdown.requestedOn,
    title: `Mittelabruf Nr. ${drawdown.number}`,
  };
}

export async function loadPayoutDocument(reader: Reader, within: Within, id: string): Loaded {
  const [payout] = await reader
    .select({
      ...getTableColumns(payouts),
      number: drawdowns.number,
      grantId: drawdowns.grantId,
    })
    .from(payouts)
    .innerJoin(drawdowns, eq(drawdowns.id, payouts.drawdownId))
    .where(within(payouts, payouts.id, id));
  if (!payout) return undefined;
  const incomeAccountId = await incomeAccountOf(reader, payout.grantId);
  return {
    postings: postingsOfPayout({ ...payout, incomeAccountId }),
    content: [payout],
    bookedOn: payout.receivedOn,
    title: `Zahlungseingang zum Mittelabruf Nr. ${payout.number}`,
  };
}

/** The account on which a grant's money is asked for and comes in. */
export async function incomeAccountOf(reader: Reader, grantId: string): Promise<string> {
  const [account] = await reader
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(eq(accounts.grantId, grantId), eq(accounts.kind, "income")));
  if (!account) throw new Error(`grant ${grantId} without income account`);
  return account.id;
}

/** The accounts that rows of a document name, as they are named themselves: school, number, year. */
export async function accountsNamed(reader: Reader, rows: object[]) {
  const ids = rows.flatMap((row) =>
    Object.entries(row)
      .filter(([column]) =>
        /^(accountId|budgetLineId|baseAccountId|sharedAccountId|beyondAccountId)$/.test(column),
      )
      .flatMap(([, id]) => (typeof id === "string" ? [id] : [])),
  );
  return reader.select().from(accounts).where(inArray(accounts.id, ids)).orderBy(asc(accounts.id));
}

/** The resolution that a document rests on, with its course. */
export async function resolutionOf(reader: Reader, resolutionId: string | null) {
  if (!resolutionId) return [];
  return [
    await reader.select().from(resolutions).where(eq(resolutions.id, resolutionId)),
    await reader
      .select()
      .from(resolutionStages)
      .where(eq(resolutionStages.resolutionId, resolutionId))
      .orderBy(asc(resolutionStages.position)),
  ];
}
