/**
 * Which roles a person has, and which may be given to one person. Roles are given and taken back by lines that
 * are appended; the newest of a role (and of a school, for the role `school`) counts.
 */
import { invitedRoles } from "./audit-access.ts";
import { granted, type Permission, type Role, roles } from "./permission.ts";

/** A role of a person: for the whole authority, or for one school. */
export type Assignment = { role: Role; schoolId: string | null };

/** A line of the history of a person's roles. */
export type AssignmentLine = Assignment & { isGranted: boolean };

/** The roles that stand, of lines in the order in which they were written. */
export function currentAssignments(lines: AssignmentLine[]): Assignment[] {
  const newest = new Map(lines.map((line) => [keyOf(line), line]));
  return [...newest.values()]
    .filter(({ isGranted }) => isGranted)
    .map(({ role, schoolId }) => ({ role, schoolId }))
    .sort((one, other) => roles.indexOf(one.role) - roles.indexOf(other.role));
}

/** What leads from the roles that stand to those that are wanted. */
export function changedAssignments(before: Assignment[], after: Assignment[]): AssignmentLine[] {
  const lacks = (all: Assignment[], one: Assignment) =>
    !all.some((other) => keyOf(other) === keyOf(one));
  return [
    ...after.filter((one) => lacks(before, one)).map((one) => ({ ...one, isGranted: true })),
    ...before.filter((one) => lacks(after, one)).map((one) => ({ ...one, isGranted: false })),
  ];
}

function keyOf({ role, schoolId }: Assignment): string {
  return `${role} ${schoolId ?? ""}`;
}

/** Roles that come with an invitation until a day; a granting authority comes in no other way. */
export function isInvitedRole(role: Role): boolean {
  return invitedRoles.some((one) => one === role);
}

/** The roles that an administrator ticks. */
export const assignableRoles: readonly Role[] = roles.filter(
  (role) => role !== "granting_authority",
);

export type RolesViolation =
  | { field: "roles"; rule: "roles_missing" }
  | { field: "roles"; rule: "auditor_moves_money" }
  | { field: "schoolIds"; rule: "school_role_needs_school" }
  | { field: "schoolIds"; rule: "schools_need_school_role" }
  | { field: "acceptsMix"; rule: "administration_with_booking" };

/** What writes into the books. */
const writing: readonly Permission[] = [
  "record",
  "record_notice",
  "certify",
  "pay",
  "decide_budget",
  "coordinate",
];

/** Whether who gives roles would also book: allowed, as small offices need it, but not by oversight. */
export function mixesAdministration(roles: readonly Role[]): boolean {
  return roles.some((role) => granted[role].includes("manage_users")) && roles.some(writes);
}

const writes = (role: Role) => writing.some((one) => granted[role].includes(one));

/** Roles whose change others are told of: those that write into the books, and those that give roles. */
export const watchedRoles: readonly Role[] = roles.filter(
  (role) => writes(role) || granted[role].includes("manage_users"),
);

/** Who is told: whoever answers for the money or for the accounts. */
export const watchingRoles: readonly Role[] = ["head_of_finance", "administrator"];

/** An open account that holds watched roles. */
export type Holder = { id: string; name: string; email: string; roles: Role[] };

/** What has changed in the watched roles of one account, and who is told of it. */
export type RightsChange = { person: Holder; given: Role[]; taken: Role[]; told: Holder[] };

/**
 * Compares who held watched roles before and after somebody's account was changed. Told are whoever holds a watching
 * role, and the person: nobody takes the role of one who watches without telling them by that.
 * @returns undefined where nothing of weight has changed
 */
export function rightsChange(
  before: Holder[],
  after: Holder[],
  email: string,
): RightsChange | undefined {
  const of = (all: Holder[]) => all.find((one) => one.email === email.trim().toLowerCase());
  const [was, is] = [of(before), of(after)];
  const person = is ?? was;
  if (!person) return undefined;
  const given = (is?.roles ?? []).filter((role) => !was?.roles.includes(role));
  const taken = (was?.roles ?? []).filter((role) => !is?.roles.includes(role));
  if (given.length + taken.length === 0) return undefined;
  const watching = after.filter(
    ({ id, roles }) => id !== person.id && roles.some((role) => watchingRoles.includes(role)),
  );
  return { person, given, taken, told: [...watching, person] };
}

/**
 * Whether one person may hold these roles. Who audits neither orders payments nor makes them (NKomVG § 154 Abs. 5),
 * and so has no role that writes into the books; all others may go together, as small offices need it. Administration
 * beside a role that books is asked for once more.
 */
export function checkRoles(draft: {
  roles: Role[];
  schoolIds: string[];
  /** That whoever gives the roles has read what such a mix means. */
  acceptsMix?: boolean;
}): RolesViolation | undefined {
  if (draft.roles.length === 0) return { field: "roles", rule: "roles_missing" };
  const movesMoney = draft.roles.some(writes);
  if (draft.roles.includes("auditor") && movesMoney) {
    return { field: "roles", rule: "auditor_moves_money" };
  }
  const isSchool = draft.roles.includes("school");
  if (isSchool && draft.schoolIds.length === 0) {
    return { field: "schoolIds", rule: "school_role_needs_school" };
  }
  if (!isSchool && draft.schoolIds.length > 0) {
    return { field: "schoolIds", rule: "schools_need_school_role" };
  }
  if (mixesAdministration(draft.roles) && !draft.acceptsMix) {
    return { field: "acceptsMix", rule: "administration_with_booking" };
  }
}

/** The roles as lines: that of a school once for each of its schools. */
export function assignmentsOf(draft: { roles: Role[]; schoolIds: string[] }): Assignment[] {
  return [...new Set(draft.roles)].flatMap((role): Assignment[] =>
    role === "school"
      ? [...new Set(draft.schoolIds)].map((schoolId) => ({ role, schoolId }))
      : [{ role, schoolId: null }],
  );
}
