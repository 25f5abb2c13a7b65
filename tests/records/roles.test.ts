/** Roles as they are given, taken back and counted, and what schools and granting authorities see. */
import { randomUUID } from "node:crypto";
import { and, desc, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { withinAccess } from "#app/audit-access.server.ts";
import { euro } from "#app/domain/money.ts";
import { problemOf } from "#app/german/words.ts";
import { recordInvitation } from "#app/records/audit-accesses.server.ts";
import { listSchools } from "#app/records/authorities.server.ts";
import { certifyInvoice } from "#app/records/certifications.server.ts";
import { recordInvoice } from "#app/records/invoice-recording.server.ts";
import { loadOwnSchools } from "#app/records/own-schools.server.ts";
import { recordPayment } from "#app/records/payments.server.ts";
import { changeRoles, type RolesDraft } from "#app/records/roles.server.ts";
import { endWish, listWishes, recordWish } from "#app/records/school-wishes.server.ts";
import { loadSubmitted } from "#app/records/submitted.server.ts";
import { foundWithUsers, listUsers, recordUser, setUserActive } from "#app/records/users.server.ts";
import { findUser } from "#app/session.server.ts";
import { db } from "#db/client.ts";
import { changes } from "#db/schema/changes.ts";
import { users } from "#db/schema/users.ts";
import {
  accepted,
  createGrant,
  createOffice,
  createPersons,
  invoiceDraft,
  invoiceLine,
  password,
} from "#tests/support/factories.ts";
import { answer, get } from "#tests/support/request.ts";

const noSchools = { schoolIds: [] };

test("a change of roles ends the sessions, counts at once, and stands in the log with before and after", async () => {
  const { administrator, board } = await createOffice();
  const { request } = await get(board, "/");
  expect((await findUser(request))?.roles).toEqual(["board"]);
  accepted(
    await changeRoles(administrator, board.id, { roles: ["verifier", "treasurer"], ...noSchools }),
  );
  expect(await findUser(request)).toBeUndefined();
  const { request: again } = await get(board, "/");
  expect((await findUser(again))?.roles).toEqual(["verifier", "treasurer"]);
  const [line] = await db
    .select()
    .from(changes)
    .where(and(eq(changes.subjectId, board.id), eq(changes.deed, "roles_changed")))
    .orderBy(desc(changes.changedAt));
  expect([line!.before, line!.after]).toEqual([
    { Rollen: "Schulausschuss" },
    { Rollen: "Feststellung, Kasse" },
  ]);
});

test("nobody changes their own roles, nobody but the administrator any, and none across the wall", async () => {
  const [office, other] = [await createOffice(), await createOffice()];
  const draft = { roles: ["clerk" as const], ...noSchools };
  const refused = async (by: typeof office.clerk, id: string, given: RolesDraft = draft) =>
    (await answer(() => changeRoles(by, id, given), by)).status;
  expect(await refused(office.administrator, office.administrator.id)).toBe(403);
  const close = () => setUserActive(office.administrator, office.administrator.id, false);
  expect((await answer(close, office.administrator)).status).toBe(403);
  expect(await refused(office.clerk, office.board.id)).toBe(403);
  expect(await refused(office.administrator, other.board.id)).toBe(404);
  const [school] = (await createGrant(other)).schools;
  const ofSchool = { roles: ["school" as const], schoolIds: [school!.id] };
  expect(await refused(office.administrator, office.board.id, ofSchool)).toBe(404);
  const outside = { roles: ["granting_authority" as const], ...noSchools };
  expect(await refused(office.administrator, office.board.id, outside)).toBe(403);
});

test("of two administrators who take the role from each other at once, one stays", async () => {
  for (const how of ["roles", "access"] as const) {
    const two = ["a", "b"].map((name) => {
      const email = `${name}-${randomUUID()}@example.org`;
      return { name, email, roles: ["administrator" as const], password };
    });
    const [one, other] = await foundWithUsers({ name: randomUUID(), isExample: false }, two);
    const remove = (by: typeof one, from: typeof one) =>
      how === "roles"
        ? changeRoles(by!, from!.id, { roles: ["board"], ...noSchools })
        : setUserActive(by!, from!.id, false);
    const answers = await Promise.all([
      answer(() => remove(one, other), one),
      answer(() => remove(other, one), other),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403]);
  }
});

test("where three persons are asked for, who recorded or certified does not pay, and is told who does", async () => {
  const of = (name: string, roles: ("clerk" | "verifier" | "treasurer")[]) => {
    return { name, email: `${name}-${randomUUID()}@example.org`, roles, password };
  };
  const [clerk, verifier, treasurer] = await foundWithUsers(
    { name: randomUUID(), isExample: false },
    [
      of("Anna", ["clerk", "treasurer"]),
      of("Bernd", ["verifier", "treasurer"]),
      of("Clara", ["treasurer"]),
    ],
  );
  const { grantId, lineOf } = await createGrant({ clerk: clerk! });
  const id = randomUUID();
  accepted(
    await recordInvoice(clerk!, id, { grantId }, invoiceDraft([invoiceLine(lineOf("2.1"), "100")])),
  );
  accepted(await certifyInvoice(verifier!, id, { certifiedOn: "2021-06-01", note: "" }));
  const draft = { paidOn: "2021-06-02", cashDiscount: euro("0"), paidAmount: euro("100") };
  for (const involved of [clerk!, verifier!]) {
    const violation = await recordPayment(involved, randomUUID(), id, draft);
    expect(violation?.rule).toBe("paid_by_involved");
    expect(problemOf(violation!).sentence).toContain("Das übernimmt Clara.");
  }
  expect(await recordPayment(treasurer!, randomUUID(), id, draft)).toBeUndefined();
});

test("a school sees its own lines and wishes, and no other's", async () => {
  const persons = await createPersons();
  const { clerk, administrator, school } = persons;
  const other = (await listSchools(clerk)).find(({ id }) => !school.schoolIds.includes(id))!;
  const email = `andere-${randomUUID()}@example.org`;
  const draft = { name: "Andere", email, roles: ["school" as const], schoolIds: [other.id] };
  expect(await recordUser(administrator, draft)).toHaveProperty("secret");
  const account = (await listUsers(administrator)).find((one) => one.email === email)!;
  const neighbour = (await withinAccess({
    ...account,
    schoolAuthorityId: clerk.schoolAuthorityId,
  }))!;
  const wish = (schoolId: string) => ({
    ...{ schoolId, what: "Tafel", costKind: "investment" as const, quantity: 1 },
    ...{ estimatedAmount: euro("4000"), wantedBy: null, reason: "defekt" },
  });
  const own = randomUUID();
  accepted(await recordWish(school, own, wish(school.schoolIds[0]!)));
  expect(
    (await answer(() => recordWish(school, randomUUID(), wish(other.id)), school)).status,
  ).toBe(404);
  expect((await listWishes(neighbour)).length).toBe(0);
  expect(
    (await answer(() => endWish(neighbour, own, { end: "withdrawn", reason: "" }), neighbour))
      .status,
  ).toBe(404);
  expect((await loadOwnSchools(neighbour, "2021-01-01")).map(({ id }) => id)).toEqual([other.id]);
  expect(await endWish(clerk, own, { end: "declined", reason: " " })).toMatchObject({
    rule: "wish_needs_reason",
  });
  accepted(await endWish(clerk, own, { end: "declined", reason: "Erst 2027." }));
  expect(await endWish(school, own, { end: "withdrawn", reason: "" })).toMatchObject({
    rule: "wish_answered_before",
  });
  expect((await listWishes(school))[0]).toMatchObject({ end: "declined", answer: "Erst 2027." });
});

test("a granting authority sees what was submitted for the grants of its invitation, and is never invited for all", async () => {
  const office = await createOffice();
  const { grantId } = await createGrant(office);
  const email = `behoerde-${randomUUID()}@example.org`;
  const draft = {
    ...{ role: "granting_authority" as const, name: "Frau Behörde", email },
    ...{ until: "2027-06-30", fiscalYears: [] },
  };
  expect(await recordInvitation(office.administrator, { ...draft, grantIds: [] })).toMatchObject({
    violation: { rule: "granting_authority_without_grants" },
  });
  const sees = async () => {
    const [account] = await db.select().from(users).where(eq(users.email, email));
    return (await withinAccess(account!))!;
  };
  await recordInvitation(office.administrator, { ...draft, grantIds: [grantId] });
  const invited = await sees();
  expect(invited).toMatchObject({ roles: ["granting_authority"], limits: { grantIds: [grantId] } });
  expect((await loadSubmitted(invited)).map(({ id }) => id)).toEqual([grantId]);
  const more = { roles: ["clerk" as const], ...noSchools };
  const change = () => changeRoles(office.administrator, invited.id, more);
  expect((await answer(change, office.administrator)).status).toBe(403);
  expect(await sees()).toEqual(invited);
  const none = { ...invited, limits: { grantIds: [randomUUID()], fiscalYears: [] } };
  expect(await loadSubmitted(none)).toEqual([]);
});
