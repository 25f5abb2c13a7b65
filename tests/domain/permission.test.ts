/** The table of roles and permissions, its rendering in the README, and which roles one person may hold. */
import readme from "../../README.md?raw";
import { expect, test } from "vitest";
import { checkPayer } from "#app/domain/certification.ts";
import { mayUser, permissions, recordedWith, type Role, roles } from "#app/domain/permission.ts";
import { changedAssignments, checkRoles, currentAssignments } from "#app/domain/roles.ts";
import { permissionWords } from "#app/german/role-words.ts";
import { roleWords } from "#app/german/words.ts";

test("the README shows the table as it is; what is printed here is pasted there", () => {
  const head = ["Recht", ...roles.map((role) => roleWords[role])];
  const rows = permissions.map((permission) => [
    permissionWords[permission],
    ...roles.map((role) => (mayUser({ roles: [role] }, permission) ? "ja" : "–")),
  ]);
  const written = (row: string[]) => row.map((cell) => cell.trim());
  const shown = readme
    .split("<!-- roles -->")[1]!
    .split("\n")
    .filter((line) => line.startsWith("|") && !/^\|[\s|:-]+\|$/.test(line))
    .map((line) => written(line.slice(1, -1).split("|")));
  const table = [head, ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
  expect(shown, table).toEqual([head, ...rows]);
});

test("the administrator moves no money, auditor and outsiders write nothing into the books", () => {
  const writing = new Set(Object.values(recordedWith));
  for (const role of [
    "administrator",
    "auditor",
    "granting_authority",
    "board",
    "school",
  ] as const) {
    const may = [...writing].filter((one) => mayUser({ roles: [role] }, one));
    expect({ role, may }).toEqual({ role, may: [] });
  }
});

test("several roles allow what one of them does; limits and the past take away from all", () => {
  const both = { roles: ["verifier", "treasurer"] as const };
  expect([mayUser(both, "certify"), mayUser(both, "pay"), mayUser(both, "record")]).toEqual([
    true,
    true,
    false,
  ]);
  const limits = { grantIds: [], fiscalYears: [] };
  expect(mayUser({ ...both, limits }, "read_all_books")).toBe(false);
  expect(mayUser({ ...both, readsOnly: true }, "pay")).toBe(false);
  expect(mayUser({ ...both, readsOnly: true }, "read_all_books")).toBe(true);
});

// prettier-ignore
test.each([
  { held: [],                        schools: [],    verdict: "roles_missing" },
  { held: ["clerk", "verifier"],     schools: [],    verdict: undefined },
  { held: ["administrator", "clerk"], schools: [],   verdict: "administration_with_booking" },
  { held: ["administrator", "board"], schools: [],   verdict: undefined },
  { held: ["auditor", "board"],      schools: [],    verdict: undefined },
  { held: ["auditor", "clerk"],      schools: [],    verdict: "auditor_moves_money" },
  { held: ["auditor", "treasurer"],  schools: [],    verdict: "auditor_moves_money" },
  { held: ["auditor", "verifier"],   schools: [],    verdict: "auditor_moves_money" },
  { held: ["school"],                schools: [],    verdict: "school_role_needs_school" },
  { held: ["school"],                schools: ["s"], verdict: undefined },
  { held: ["board"],                 schools: ["s"], verdict: "schools_need_school_role" },
])("one person with $held and schools $schools: $verdict", ({ held, schools, verdict }) => {
  expect(checkRoles({ roles: held as Role[], schoolIds: schools })?.rule).toBe(verdict);
});

test("the newest line of a role and a school counts", () => {
  const line = (role: Role, schoolId: string | null, isGranted: boolean) => ({
    role,
    schoolId,
    isGranted,
  });
  const lines = [
    line("clerk", null, true),
    line("school", "a", true),
    line("school", "b", true),
    line("clerk", null, false),
    line("school", "a", false),
    line("school", "a", true),
  ];
  const standing = currentAssignments(lines);
  expect(standing).toEqual([
    { role: "school", schoolId: "a" },
    { role: "school", schoolId: "b" },
  ]);
  expect(changedAssignments(standing, [{ role: "school", schoolId: "b" }])).toEqual([
    line("school", "a", false),
  ]);
  expect(changedAssignments(standing, standing)).toEqual([]);
});

// prettier-ignore
test.each([
  { payer: "a", paidByAnother: true,  verdict: { others: ["C"] } },
  { payer: "b", paidByAnother: true,  verdict: { others: ["C"] } },
  { payer: "c", paidByAnother: true,  verdict: undefined },
  { payer: "a", paidByAnother: false, verdict: undefined },
])("$payer pays what a recorded and b certified, where three persons are asked for: $paidByAnother", ({ payer, paidByAnother, verdict }) => {
  const treasurers = [{ id: "b", name: "B" }, { id: "c", name: "C" }];
  const found = checkPayer(payer, { recordedBy: "a", certifiedBy: "b" }, { paidByAnother, treasurers });
  expect(found && { others: found.others }).toEqual(verdict);
});
