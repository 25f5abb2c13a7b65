/**
 * An agreement of several authorities (IKZ, interkommunale Zusammenarbeit): its legal form, its members and
 * the days on which each belongs to it. Members come and go by deeds of their own.
 */
import { type Day, daysBetween, endOfYear, isDay, plusDays } from "./calendar.ts";

/** Forms of NKomZG § 1, and any other agreement under public law. */
export const legalForms = [
  "special_purpose_agreement",
  "special_purpose_association",
  "joint_institution",
  "other",
] as const;
export type LegalForm = (typeof legalForms)[number];

export type AgreementMember = {
  name: string;
  /** Street, place: as it stands on a letter. */
  address: string;
  /** Performs the services for all: exactly one. */
  isPerforming: boolean;
  /** The authority whose books these are: exactly one. */
  isOwn: boolean;
  /** Number and day of its own resolution, as text; that of the own member is on file. */
  resolution: string;
};

export type AgreementDraft = {
  name: string;
  legalForm: LegalForm;
  /** Which agreement under public law; for `other` only. */
  legalFormNote: string;
  startedOn: Day;
  endsOn: Day | null;
  noticeMonths: number | null;
  resolutionId: string | undefined;
  note: string;
  members: AgreementMember[];
  services: { title: string; points: string }[];
};

export type AgreementViolation = { field: string } & (
  | { rule: "needs_one_own_member" }
  | { rule: "needs_one_performing_member" }
  | { rule: "needs_two_members" }
  | { rule: "member_twice" }
  | { rule: "member_left_before" }
  | { rule: "resolution_not_on_file" }
  | { rule: "legal_form_needs_words" }
  | { rule: "ends_before_start" }
  | { rule: "agreement_changed_members" }
  | { rule: "year_settled_before"; fiscalYear: number }
);

/** New terms may not move the last day of a year whose settlement counted the days up to it. */
export function checkNewEnd(
  before: Day | null,
  endsOn: Day | null,
  settledYears: number[],
): AgreementViolation | undefined {
  const moved = settledYears.find(
    (year) => lastCounted(year, before) !== lastCounted(year, endsOn),
  );
  if (moved === undefined) return undefined;
  return { field: "endsOn", rule: "year_settled_before", fiscalYear: moved };
}

/** The last day of a year on which an agreement runs; null where it is over before. */
function lastCounted(year: number, endsOn: Day | null): Day | null {
  const last = lastDayOf(year, endsOn);
  return last < `${year}-01-01` ? null : last;
}

/**
 * Checks an agreement that is set up, or the new terms of one on file. Members on file are not the draft's
 * to choose: one who left and joined again stands among them twice, once for each membership. Only one who
 * stays can perform, as whoever performs cannot leave.
 * @param onFile the members on file in their order; null for an agreement that is set up
 */
export function checkAgreement(
  draft: Omit<AgreementDraft, "resolutionId">,
  onFile: Pick<Membership, "leftOn">[] | null,
): AgreementViolation | undefined {
  const { members, startedOn, endsOn } = draft;
  if (draft.legalForm === "other" && draft.legalFormNote === "") {
    return { field: "legalFormNote", rule: "legal_form_needs_words" };
  }
  if (endsOn && endsOn < startedOn) return { field: "endsOn", rule: "ends_before_start" };
  if (members.length < 2) return { field: "members", rule: "needs_two_members" };
  if (members.filter(({ isOwn }) => isOwn).length !== 1) {
    return { field: "members", rule: "needs_one_own_member" };
  }
  if (members.filter(({ isPerforming }) => isPerforming).length !== 1) {
    return { field: "members", rule: "needs_one_performing_member" };
  }
  if (onFile) {
    const performing = members.findIndex(({ isPerforming }) => isPerforming);
    if (!onFile[performing]?.leftOn) return undefined;
    return { field: `members[${performing}].isPerforming`, rule: "member_left_before" };
  }
  const names = members.map(({ name }) => name.trim().toLowerCase());
  const twice = names.findIndex((name, index) => names.indexOf(name) < index);
  if (twice >= 0) return { field: `members[${twice}].name`, rule: "member_twice" };
}

/** From the first to the last day of a membership, both counted; open while it has no last. */
export type Membership = { joinedOn: Day; leftOn: Day | null };

/** Days of a fiscal year on which a member belonged to an agreement. */
export function daysInYear(year: number, { joinedOn, leftOn }: Membership, endsOn: Day | null) {
  const last = [endOfYear(year), leftOn, endsOn].flatMap((day) => (day ? [day] : [])).sort()[0]!;
  const first = joinedOn > `${year}-01-01` ? joinedOn : `${year}-01-01`;
  return first > last ? 0 : daysBetween(first, last) + 1;
}

export function daysOf(year: number): number {
  return isDay(`${year}-02-29`) ? 366 : 365;
}

/** The last day of a year on which an agreement counts. */
export function lastDayOf(year: number, endsOn: Day | null): Day {
  return endsOn && endsOn < endOfYear(year) ? endsOn : endOfYear(year);
}

export const membershipChanges = ["joined", "left"] as const;
export type MembershipChangeKind = (typeof membershipChanges)[number];

export type MembershipChangeDraft = {
  kind: MembershipChangeKind;
  /** The first day as a member, or the last. */
  changedOn: Day;
  reason: string;
  /** Resolution it rests on, as text. */
  resolution: string;
  /** Who leaves; undefined for one who joins. */
  memberId: string | undefined;
  name: string;
  address: string;
};

export type MembershipViolation = { field: string } & (
  | { rule: "member_missing" }
  | { rule: "member_name_missing" }
  | { rule: "member_twice" }
  | { rule: "member_left_before" }
  | { rule: "performing_member_stays" }
  | { rule: "outside_agreement"; from: Day; until: Day | null }
  | { rule: "year_settled_before"; fiscalYear: number }
);

export type MembershipContext = {
  startedOn: Day;
  endsOn: Day | null;
  members: (Membership & { id: string; name: string; isOwn: boolean; isPerforming: boolean })[];
  /** Years whose settlement stands. */
  settledYears: number[];
};

export function checkMembershipChange(
  draft: MembershipChangeDraft,
  context: MembershipContext,
): MembershipViolation | undefined {
  const { changedOn, kind } = draft;
  const { startedOn, endsOn, members, settledYears } = context;
  if (changedOn < startedOn || (endsOn && changedOn > endsOn)) {
    const rule = "outside_agreement";
    return { field: "changedOn", rule, from: startedOn, until: endsOn };
  }
  // Whoever comes or goes changes the days of this year and of all that follow.
  const settled = settledYears.find((year) => {
    const counts = kind === "joined" ? changedOn : plusDays(changedOn, 1);
    return year >= Number(counts.slice(0, 4));
  });
  if (settled !== undefined) {
    return { field: "changedOn", rule: "year_settled_before", fiscalYear: settled };
  }
  if (kind === "joined") {
    if (draft.name === "") return { field: "name", rule: "member_name_missing" };
    const isThere = members.some(
      ({ name, leftOn }) =>
        name.trim().toLowerCase() === draft.name.toLowerCase() && (!leftOn || leftOn >= changedOn),
    );
    return isThere ? { field: "name", rule: "member_twice" } : undefined;
  }
  const member = members.find(({ id }) => id === draft.memberId);
  if (!member) return { field: "memberId", rule: "member_missing" };
  if (member.leftOn) return { field: "memberId", rule: "member_left_before" };
  if (member.isPerforming) return { field: "memberId", rule: "performing_member_stays" };
  if (changedOn < member.joinedOn) {
    return { field: "changedOn", rule: "outside_agreement", from: member.joinedOn, until: endsOn };
  }
}

/** The services of the council paper SG/256/19, offered where an agreement is set up. */
export const proposedServices = [
  {
    title: "Koordination der Grundlagen zur Abforderung der Zuwendungen aus dem Digitalpakt",
    points: "",
  },
  { title: "Unterstützung bei Dialoggesprächen mit den Schulen", points: "" },
  {
    title: "Inhaltliche Koordination der zu erstellenden pädagogischen Medienkonzepte hinsichtlich",
    points: [
      "Einheitlicher Aufbau",
      "Schaffung erweiterter inhaltlicher Kenntnisse durch gemeinsame Workshops",
      "Erarbeitung einer möglichst einheitlichen Ausstattungsstrategie",
      "Schaffung von möglichst systemeinheitlichen Lösungen",
      "Schaffung von Grundlagen mit Blick auf einen wirtschaftlichen und effizienten Support",
      "Koordination der Lehrerfortbildung unter Beteiligung des Kreismedienzentrums und des NLQ",
    ].join("\n"),
  },
  {
    title:
      "Aufbau und Begleitung einer kontinuierlichen Medienentwicklungsplanung als Geschäftsprozess mit der Erarbeitung und Weiterentwicklung von Standards für die teilnehmenden Schulträger",
    points: "",
  },
];
