/**
 * Joint services (IKZ) of other authorities that this one is linked to as a member, read from the keeper's books:
 * by the same loaders as the keeper's own pages, so that both show the same cents. What leaves this file is what
 * the agreement shows; of the other members' payments, and of the papers behind the costs, nothing does.
 */
import { and, asc, desc, eq, isNotNull, isNull } from "drizzle-orm";
import { today } from "#app/clock.server.ts";
import { type Day, yearOf } from "#app/domain/calendar.ts";
import { jointLetterOf, type LetterKind } from "#app/domain/joint-letter.ts";
import { sum } from "#app/domain/money.ts";
import type { User } from "#app/domain/permission.ts";
import { notFound } from "#app/http.ts";
import { db } from "#db/client.ts";
import { jointLinks } from "#db/schema/joint-links.ts";
import { jointServiceMembers, jointServices } from "#db/schema/joint-services.ts";
import { requireAgreement } from "./joint-agreements.server.ts";
import { listKeys } from "./joint-keys.server.ts";
import { letterYearOf } from "./joint-letters.server.ts";
import { listPlannedYears } from "./joint-planned.server.ts";
import { findPayee, listCostsByKind } from "./joint-shown.server.ts";
import { type JointYear, loadJointYear } from "./joint-years.server.ts";

/** Agreements of others in which the authority is a member and linked, by name; none in a reading of the past. */
export async function listSeenServices(user: User) {
  if (user.readsOnly) return [];
  return db
    .select({
      id: jointLinks.id,
      name: jointServices.name,
      keeperName: jointLinks.keeperName,
      member: jointServiceMembers.name,
      acceptedAt: jointLinks.acceptedAt,
      startedOn: jointServices.startedOn,
    })
    .from(jointLinks)
    .innerJoin(jointServices, eq(jointServices.id, jointLinks.jointServiceId))
    .innerJoin(jointServiceMembers, eq(jointServiceMembers.id, jointLinks.memberId))
    .where(inForceFor(user))
    .orderBy(asc(jointServices.name));
}

/** Links of the authority that are over, the last ended first, with who ended each and why. */
export async function listEndedLinks(user: User) {
  if (user.readsOnly) return [];
  return db
    .select({
      id: jointLinks.id,
      name: jointLinks.serviceName,
      keeperName: jointLinks.keeperName,
      acceptedAt: jointLinks.acceptedAt,
      endedAt: jointLinks.endedAt,
      endedBy: jointLinks.endedBy,
      endReason: jointLinks.endReason,
    })
    .from(jointLinks)
    .where(
      and(
        eq(jointLinks.memberAuthorityId, user.schoolAuthorityId),
        isNotNull(jointLinks.acceptedAt),
        isNotNull(jointLinks.endedAt),
      ),
    )
    .orderBy(desc(jointLinks.endedAt));
}

/** The own link in force. @throws Response 404 for any other */
export async function requireLink(user: User, linkId: string) {
  const [link] = await db
    .select()
    .from(jointLinks)
    .where(and(eq(jointLinks.id, linkId), inForceFor(user)));
  if (!link) notFound();
  const { id, jointServiceId, memberId, keeperName, serviceName, acceptedAt } = link;
  // Who reads the keeper's rows; whether they are shown is asked again by the database.
  const keeper: User = { ...user, schoolAuthorityId: link.schoolAuthorityId, readsOnly: true };
  const names = { keeperName, serviceName };
  return { id, jointServiceId, memberId, ...names, acceptedAt: acceptedAt!, keeper };
}

function inForceFor({ schoolAuthorityId }: User) {
  return and(
    eq(jointLinks.memberAuthorityId, schoolAuthorityId),
    isNotNull(jointLinks.acceptedAt),
    isNull(jointLinks.endedAt),
  );
}

/** The agreement as a member sees it, with its years. */
export async function requireSeenAgreement(user: User, linkId: string) {
  const { jointServiceId, memberId, keeper, keeperName, acceptedAt } = await requireLink(
    user,
    linkId,
  );
  const agreement = await requireAgreement(keeper, jointServiceId);
  const keys = await listKeys(keeper, jointServiceId);
  const planned = await listPlannedYears(keeper, jointServiceId);
  const { id: _, name, legalForm, startedOn, terms, services, members } = agreement;
  const own = members.find(({ id }) => id === memberId) ?? notFound();
  const next = yearOf(today()) + 1;
  const last = terms?.endsOn ? Math.min(yearOf(terms.endsOn), next) : next;
  const years = [];
  for (let fiscalYear = last; fiscalYear >= yearOf(startedOn); fiscalYear--) {
    const key = keys.findLast((one) => one.fiscalYear === fiscalYear);
    if (!key && !planned.includes(fiscalYear)) continue;
    const year = await loadJointYear(keeper, jointServiceId, fiscalYear, db, memberId);
    const { plan, settlement } = year;
    const self = year.members.find(({ id }) => id === memberId);
    if (!self) continue;
    years.push({
      fiscalYear,
      components: key?.components.map(({ basis, percent }) => ({ basis, percent })) ?? [],
      planned: plan?.amount ?? null,
      ownPlanned: plan && self.planned,
      settled: settlement?.total ?? null,
      ownSettled: self.settled,
    });
  }
  // What became of the others after the last year that it shares is not its business.
  const until = Math.max(own.leftOn ? yearOf(own.leftOn) : next, years[0]?.fiscalYear ?? 0);
  const isShown = (day: Day) => !own.leftOn || yearOf(day) <= until;
  return {
    linkId,
    name,
    keeperName,
    acceptedAt,
    legalForm: terms?.legalForm ?? null,
    legalFormNote: terms ? terms.legalFormNote : legalForm,
    startedOn,
    endsOn: terms?.endsOn ?? null,
    noticeMonths: terms?.noticeMonths ?? null,
    tasks: services.map(({ id, title, points }) => ({ id, title, points })),
    members: members
      .filter(({ joinedOn }) => isShown(joinedOn))
      .map(({ id, name, joinedOn, leftOn, isPerforming }) => {
        const left = leftOn && isShown(leftOn) ? leftOn : null;
        return { id, name, joinedOn, leftOn: left, isPerforming, isSelf: id === memberId };
      }),
    years,
  };
}

/**
 * A year as a member sees it: shares of all, payments and what is open of its own.
 * @throws Response 404 where the member neither belonged to it nor has a part in its plan or settlement
 */
export async function loadSeenYear(user: User, linkId: string, fiscalYear: number) {
  const { link, year, self } = await requireYear(user, linkId, fiscalYear);
  const { agreement, key, plan, settlement, members, planned, settled } = year;
  const costs = plan ? await listCostsByKind(db, plan.id) : [];
  return {
    linkId,
    keeperName: link.keeperName,
    agreement: agreement.name,
    fiscalYear,
    key:
      key &&
      key.components.map(({ id, basis, percent, countedOn, source }) => {
        return { id, basis, percent, countedOn, source };
      }),
    plan: plan && { number: plan.number, plannedOn: plan.plannedOn, amount: plan.amount },
    settlement: settlement && {
      number: settlement.number,
      settledOn: settlement.settledOn,
      dueOn: settlement.dueOn,
      total: settlement.total,
    },
    members: members.map(({ id, name, isPerforming, days, planned, settled }) => {
      return { id, name, isPerforming, isSelf: id === link.memberId, days, planned, settled };
    }),
    planned: planned.components,
    settled: settled.components,
    costs,
    actual: sum(costs.map(({ amount }) => amount)),
    own: plan && ownOf(year, self),
  };
}

/** What a member owes and has paid; only that it pays elsewhere where the keeper's books know no payment of it. */
function ownOf(year: JointYear, self: JointYear["members"][number]) {
  const { instalments, instalmentsPaid, balancePaid, result, open, overdue, paysHere } = self;
  return {
    paysHere,
    instalments: instalments.map(({ id, number, dueOn, amount }) => {
      return { id, number, dueOn, amount };
    }),
    payments: year.payments
      .filter(({ memberId }) => memberId === self.id)
      .map(({ id, paidOn, amount, settlementId }) => {
        return { id, paidOn, amount, isInstalment: settlementId === null };
      }),
    instalmentsPaid,
    balancePaid,
    result,
    open,
    overdue,
  };
}

/** The own letter of a year, as the keeper sends it. @throws Response 404 where there is none */
export async function requireSeenLetter(
  user: User,
  linkId: string,
  fiscalYear: number,
  kind: LetterKind | undefined,
) {
  const { link, year } = await requireYear(user, linkId, fiscalYear);
  const payee = await findPayee(db, link.jointServiceId);
  const { plan } = year;
  if (!plan || !payee) notFound();
  const chosen = kind ?? (year.settlement ? "settlement" : "plan");
  const letter = jointLetterOf(letterYearOf(year, plan, payee), link.memberId, chosen);
  if (!letter) notFound();
  return { letter, isExample: payee.isExample, hasSettlement: year.settlement !== null };
}

async function requireYear(user: User, linkId: string, fiscalYear: number) {
  const link = await requireLink(user, linkId);
  const { keeper, jointServiceId, memberId } = link;
  const year = await loadJointYear(keeper, jointServiceId, fiscalYear, db, memberId);
  const self = year.members.find(({ id }) => id === memberId) ?? notFound();
  return { link, year, self };
}
