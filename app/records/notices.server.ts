/** Later notices on a grant (Folgebescheide): each versions its terms and its cost plan from a day on. */
import { and, asc, eq, getTableColumns, sql } from "drizzle-orm";
import { today } from "#app/clock.server.ts";
import type { GrantedLine } from "#app/domain/line-change.ts";
import { euro, zero } from "#app/domain/money.ts";
import {
  checkNotice,
  type NoticeDraft,
  type NoticeKind,
  type NoticeViolation,
} from "#app/domain/notice.ts";
import type { Permission, User } from "#app/domain/permission.ts";
import { noticeTitles } from "#app/domain/titles.ts";
import { db, type Reader, type Transaction } from "#db/client.ts";
import { notices, noticeLines } from "#db/schema/notices.ts";
import { listAccounts, loadBudget, loadPots } from "./accounts.server.ts";
import { listSchools } from "./authorities.server.ts";
import { logChange } from "./changes.server.ts";
import { changedInTerms } from "./master-data-words.ts";
import { type Grant, requireStandingGrant } from "./grants.server.ts";
import { lockBooks, openAccount, post } from "./journal.server.ts";
import { loadLimitedUse } from "./limits.server.ts";
import { openPots } from "./pots.server.ts";
import { standing, stands } from "./standing.server.ts";
import { rememberSent, wasSent } from "./submissions.server.ts";

/** Notices of a grant in the order in which they count; reversed ones are marked. */
export function listNotices(user: User, grantId: string, reader: Reader = db) {
  return reader
    .select({ ...getTableColumns(notices), stands: stands(notices) })
    .from(notices)
    .where(and(eq(notices.schoolAuthorityId, user.schoolAuthorityId), eq(notices.grantId, grantId)))
    .orderBy(asc(notices.validFrom), asc(notices.createdAt));
}

/** What a notice is decided on: the grant as it stands, line by line, and its pots. */
export async function loadPlan(user: User, grant: Grant, reader: Reader = db) {
  const budget = await loadBudget(user, grant.id, reader);
  const taken = await loadTaken(reader, grant.id);
  const lines = budget.map((line): GrantedLine => ({ ...line, ...taken(line.id) }));
  return { lines };
}

type TakenRow = {
  id: string;
  from_base: string;
  from_shared: string;
  beyond: string;
  approved_by_notice: string;
};

/** What the lines take of the pots, and what notices other than reallocations gave them. */
async function loadTaken(reader: Reader, grantId: string) {
  const rows = await reader.execute<TakenRow>(sql`
    select budget_line_id as id, sum(from_base)::text as from_base,
      sum(from_shared)::text as from_shared, sum(coalesce(beyond, 0))::text as beyond,
      sum(approved_by_notice)::text as approved_by_notice
    from (
      select budget_line_id, from_base, from_shared, beyond, approved as approved_by_notice
      from grant_lines where grant_id = ${grantId}
      union all
      select l.budget_line_id, l.from_base, l.from_shared, l.beyond,
        case when n.kind = 'reallocation' then 0 else l.change end
      from notice_lines l join notices n on n.id = l.notice_id
      where l.grant_id = ${grantId} and ${standing(sql`n.id`)}
    ) as taken group by budget_line_id`);
  const byLine = new Map(rows.map((row) => [row.id, row]));
  return (id: string) => {
    const row = byLine.get(id);
    return {
      fromBase: row ? euro(row.from_base) : zero,
      fromShared: row ? euro(row.from_shared) : zero,
      beyond: row ? euro(row.beyond) : zero,
      approvedByNotice: row ? euro(row.approved_by_notice) : zero,
    };
  };
}

/** What a form gives of a notice: a reallocation has no terms of its own, a final notice no lines. */
export type NoticeGiven = Pick<NoticeDraft, "kind" | "noticeOn" | "validFrom"> &
  Pick<NoticeDraft, "reference" | "reason"> &
  Partial<NoticeDraft>;

/** Records the notice, or says which rule it breaks. What is not given stays as it is in force. */
export function recordNotice(
  user: User,
  id: string,
  grantId: string,
  given: NoticeGiven,
): Promise<NoticeViolation | undefined> {
  return db.transaction(async (tx) => {
    await lockBooks(tx, user, permissionFor(given.kind));
    const grant = await requireStandingGrant(user, grantId, tx);
    if (await wasSent(tx, user, id, { grantId, ...given })) return undefined;

    const draft: NoticeDraft = { ...grant.versions.at(-1)!, lines: [], ...given };
    const checked = checkNotice(draft, await loadContext(tx, user, grant));
    if ("violation" in checked) return checked.violation;
    const { terms, changes, reclaimed } = checked.effect;

    const { kind, noticeOn, validFrom, reference, reason } = draft;
    await tx.insert(notices).values({
      id,
      schoolAuthorityId: user.schoolAuthorityId,
      grantId,
      ...{ kind, noticeOn, validFrom, reference, reason },
      ...termColumnsOf(terms),
      reclaimedAmount: reclaimed,
    });
    for (const [position, change] of changes.entries()) {
      await insertLine(tx, user, grant, id, position, change);
    }
    const moved = await post(tx, user, { kind: "notice", id });
    await rememberSent(tx, user, id, { grantId, ...given });
    const text = `${noticeTitles[kind]} zu ${grant.fileNumber}`;
    await logChange(tx, user, "notice_recorded", {
      ...{ id, text, moved },
      ...changedInTerms(grant.versions.at(-1)!, terms),
    });
  });
}

/** Moving approved money between lines (Umwidmung) is the head of finance's to decide. */
function permissionFor(kind: NoticeKind): Permission {
  return kind === "reallocation" ? "decide_budget" : "record_notice";
}

async function loadContext(tx: Transaction, user: User, grant: Grant) {
  const { lines } = await loadPlan(user, grant, tx);
  const [income] = await listAccounts(user, { grantId: grant.id, kind: "income" }, tx);
  const schools = await listSchools(user, tx);
  const except = { grantId: grant.id, deed: "notice" as const };
  return {
    programme: grant.programme,
    grantedOn: grant.noticeOn,
    lastValidFrom: grant.versions.at(-1)!.validFrom,
    isClosed: grant.isClosed,
    terms: grant.versions.at(-1)!,
    lines,
    schoolIds: schools.map(({ id }) => id),
    pots: await loadPots(tx, user, grant.envelopeId),
    limited: await loadLimitedUse(tx, user, grant.programme, except),
    drawn: income!.drawn,
    repaid: income!.repaid,
    today: today(),
  };
}

type Effect = Extract<ReturnType<typeof checkNotice>, { effect: unknown }>["effect"];

async function insertLine(
  tx: Transaction,
  user: User,
  { id: grantId, envelopeId, programme }: Grant,
  noticeId: string,
  position: number,
  { id, schoolId, code, change, ...share }: Effect["changes"][number],
) {
  const { schoolAuthorityId } = user;
  const account = { schoolAuthorityId, grantId, kind: "budget_line" as const, schoolId, code };
  await tx.insert(noticeLines).values({
    schoolAuthorityId,
    noticeId,
    grantId,
    position,
    budgetLineId: id ?? (await openAccount(tx, account)),
    change,
    ...share,
    ...(await openPots(tx, user, envelopeId, programme, { schoolId, code }, share)),
  });
}

function termColumnsOf(terms: Effect["terms"]) {
  return {
    spendFrom: terms.spendFrom,
    spendUntil: terms.spendUntil,
    fundingRate: terms.fundingRate,
    grantAmount: terms.grantAmount,
    lineTolerance: terms.lineTolerance,
    financingKind: terms.financingKind,
    thirdPartyAmount: terms.thirdPartyAmount,
    drawUntil: terms.drawUntil,
    advanceRate: terms.advanceRate,
    spendWithinMonths: terms.spendWithinMonths,
    interimProofDueOn: terms.interimProofDueOn,
    proofDueOn: terms.proofDueOn,
    dedicatedUntil: terms.dedicatedUntil,
  };
}
