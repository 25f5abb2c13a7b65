/**
 * Who may open and send what: every route with its loader and action, as nobody, as each single role, and from
 * another authority with ids of this one. The routes come from the files, the answers from the table of roles
 * and permissions.
 */
import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { withinAccess } from "#app/audit-access.server.ts";
import { loadDemo } from "#app/demo/load-demo.server.ts";
import { mayUser, type Permission, type Role, roles, type User } from "#app/domain/permission.ts";
import { attachFile } from "#app/records/attachments.server.ts";
import { saveDraft } from "#app/records/application-drafts.server.ts";
import { recordInvitation } from "#app/records/audit-accesses.server.ts";
import { recordAuditMark } from "#app/records/audit-marks.server.ts";
import { recordSample } from "#app/records/audit-samples.server.ts";
import { orderExport } from "#app/records/exports.server.ts";
import { listGrants } from "#app/records/grants.server.ts";
import { submitProof } from "#app/records/proofs.server.ts";
import { startSession } from "#app/session.server.ts";
import { db } from "#db/client.ts";
import { accepted, createPersons, createStranger } from "#tests/support/factories.ts";
import { recordStatement, transfer } from "#tests/support/bank.ts";
import { answer, asWebRequest } from "#tests/support/request.ts";
import { idSources, openParams, unmadeParams } from "#tests/support/route-ids.ts";
import { fieldNames, type Handler, routes, searchNames } from "#tests/support/routes.ts";

/** Who may read and who may write, address by address. A route without a line fails the test. */
// prettier-ignore
const permissionsOf: Record<string, { read?: Permission | "all"; write?: Permission | "all" }> = {
  "_index":                                                                { read: "use_account" },
  "account":                                                               { read: "use_account", write: "use_account" },
  "account_.calendar":                                                     { read: "read_remaining", write: "read_remaining" },
  "account_.calendar_.withdrawal":                                         { read: "all", write: "read_remaining" },
  "account_.recovery-codes":                                              { read: "use_account" },
  "account_.second-factor":                                               { read: "use_account", write: "use_account" },
  "account_.sessions":                                                    { read: "use_account", write: "use_account" },
  "applications.$applicationId":                                           { read: "read_books", write: "record" },
  "applications.drafts.$draftId":                                          { read: "record", write: "record" },
  "applications.new":                                                      { read: "record", write: "record" },
  "assets.$assetId":                                                       { read: "read_books", write: "record" },
  "assets._index":                                                         { read: "read_books" },
  "assets.new":                                                            { read: "record", write: "record" },
  "assets.years":                                                          { read: "read_books" },
  "attachments":                                                           { read: "attach", write: "attach" },
  "attachments_.$attachmentId":                                            { read: "read_books" },
  "attachments_.$attachmentId_.withdrawal":                                { read: "attach", write: "attach" },
  "attachments_.upload":                                                   { write: "attach" },
  "audit":                                                                 { read: "export_books" },
  "audit[.]xlsx":                                                          { read: "export_books" },
  "bank-statements":                                                       { read: "read_all_books", write: "pay" },
  "bank-statements_.$statementId":                                         { read: "read_all_books", write: "pay" },
  "calendar.$secret[.]ics":                                                { read: "all" },
  "certifications":                                                        { read: "certify", write: "certify" },
  "changes":                                                               { read: "read_changes" },
  "contracts.$contractId":                                                 { read: "read_all_books", write: "record" },
  "contracts.$contractId_.changes.new":                                    { read: "record", write: "record" },
  "contracts._index":                                                      { read: "read_all_books", write: "record" },
  "contracts.new":                                                         { read: "record", write: "record" },
  "cost-shares.$costShareId":                                              { read: "read_all_books", write: "pay" },
  "deadlines":                                                             { read: "read_remaining" },
  "documents.$kind.$id":                                                   { read: "read_books", write: "reverse" },
  "drawdowns.$drawdownId":                                                 { read: "read_books", write: "pay" },
  "e-invoices.$eInvoiceId":                                                { read: "read_books", write: "record" },
  "e-invoices.$eInvoiceId_.discard":                                       { read: "record", write: "record" },
  "e-invoices.$eInvoiceId_.files.$position":                               { read: "read_books" },
  "envelopes.$envelopeId":                                                 { read: "read_all_books" },
  "envelopes.$envelopeId_.allotments.new":                                 { read: "record", write: "record" },
  "envelopes.new":                                                         { read: "record", write: "record" },
  "exports.$exportId":                                                     { read: "export_books" },
  "exports.$exportId_.cancellation":                                       { read: "all", write: "export_books" },
  "exports.$exportId_.file":                                               { read: "export_books" },
  "exports.$exportId_.removal":                                            { read: "all", write: "export_books" },
  "exports.$exportId_.repetition":                                         { read: "all", write: "export_books" },
  "exports._index":                                                        { read: "export_books", write: "export_books" },
  "follow-up-costs":                                                       { read: "read_all_books" },
  "forgotten":                                                            { write: "all" },
  "grants.$grantId":                                                       { read: "read_books" },
  "grants.$grantId._index":                                                { read: "read_books" },
  "grants.$grantId.drawdowns._index":                                      { read: "read_books", write: "record" },
  "grants.$grantId.drawdowns.repayment":                                   { read: "pay", write: "pay" },
  "grants.$grantId.e-invoices":                                            { read: "read_books", write: "record" },
  "grants.$grantId.forms.$formKey":                                        { read: "read_books" },
  "grants.$grantId.forms.$formKey[.]pdf":                                  { read: "read_books" },
  "grants.$grantId.forms.$formKey[.]xlsx":                                 { read: "read_books" },
  "grants.$grantId.forms._index":                                          { read: "read_books" },
  "grants.$grantId.imports.$draftId":                                      { read: "record", write: "record" },
  "grants.$grantId.imports._index":                                        { read: "read_books", write: "record" },
  "grants.$grantId.imports.template[.]xlsx":                               { read: "record" },
  "grants.$grantId.invoices._index":                                       { read: "read_books" },
  "grants.$grantId.invoices.new":                                          { read: "record", write: "record" },
  "grants.$grantId.invoices.table":                                        { read: "record", write: "record" },
  "grants.$grantId.invoices_.table.check":                                 { write: "record" },
  "grants.$grantId.notices._index":                                        { read: "read_books" },
  "grants.$grantId.notices.new":                                           { read: "record_notice", write: "record_notice" },
  "grants.$grantId.orders._index":                                         { read: "read_books" },
  "grants.$grantId.orders.new":                                            { read: "record", write: "record" },
  "grants.$grantId.proofs._index":                                         { read: "read_books", write: "record" },
  "grants.$grantId.proofs[.]pdf":                                          { read: "read_books" },
  "grants._index":                                                         { read: "read_books" },
  "grants.new":                                                            { read: "record", write: "record" },
  "imports.$importId":                                                     { read: "read_all_books", write: "record" },
  "invitation.$secret":                                                    { read: "all", write: "all" },
  "invoices.$invoiceId":                                                   { read: "read_books", write: "pay" },
  "invoices.$invoiceId_.certification":                                    { read: "certify", write: "certify" },
  "invoices.$invoiceId_.marks.new":                                        { read: "mark_receipts", write: "mark_receipts" },
  "joint-services.$jointServiceId":                                        { read: "read_all_books" },
  "joint-services.$jointServiceId_.cost-shares.new":                       { read: "coordinate", write: "coordinate" },
  "joint-services.$jointServiceId_.keys.$year":                            { read: "coordinate", write: "coordinate" },
  "joint-services.$jointServiceId_.membership":                            { read: "coordinate", write: "coordinate" },
  "joint-services.$jointServiceId_.years.$year":                           { read: "read_all_books" },
  "joint-services.$jointServiceId_.years.$year_.costs.new":                { read: "coordinate", write: "coordinate" },
  "joint-services.$jointServiceId_.years.$year_.letters.$memberId":        { read: "read_all_books" },
  "joint-services.$jointServiceId_.years.$year_.letters.$memberId[.]pdf":  { read: "read_all_books" },
  "joint-services.$jointServiceId_.years.$year_.payments.new":             { read: "pay", write: "pay" },
  "joint-services.$jointServiceId_.years.$year_.plan":                     { read: "coordinate", write: "coordinate" },
  "joint-services.$jointServiceId_.years.$year_.settlement":               { read: "coordinate", write: "coordinate" },
  "joint-services._index":                                                 { read: "read_all_books" },
  "joint-services.new":                                                    { read: "coordinate", write: "coordinate" },
  "journal":                                                               { read: "read_books" },
  "login":                                                                 { read: "all", write: "all" },
  "login_.code":                                                          { read: "all", write: "all" },
  "login_.directory":                                                     { read: "all" },
  "login_.directory_.callback":                                           { read: "all" },
  "login_.directory_.choice":                                             { read: "all", write: "all" },
  "login_.signed-out":                                                    { read: "all" },
  "logout":                                                                { read: "all", write: "all" },
  "marks.$markId_.answer":                                                 { read: "record", write: "record" },
  "marks.$markId_.withdrawal":                                             { read: "mark_receipts", write: "mark_receipts" },
  "marks._index":                                                          { read: "read_books" },
  "municipal-budget.$year.carryovers":                                     { read: "decide_budget", write: "decide_budget" },
  "municipal-budget.$year.closing":                                        { read: "decide_budget", write: "decide_budget" },
  "municipal-budget.$year.invoices._index":                                { read: "read_books" },
  "municipal-budget.$year.invoices.new":                                   { read: "record", write: "record" },
  "municipal-budget.$year.moves":                                          { read: "decide_budget", write: "decide_budget" },
  "municipal-budget.$year.orders._index":                                  { read: "read_books" },
  "municipal-budget.$year.orders.new":                                     { read: "record", write: "record" },
  "municipal-budget.$year.start":                                          { read: "decide_budget", write: "decide_budget" },
  "municipal-budget._index":                                               { read: "read_books" },
  "municipal-budget.accounts.$accountId":                                  { read: "read_books" },
  "municipal-budget.accounts.$accountId_.changes.new":                     { read: "decide_budget", write: "decide_budget" },
  "municipal-budget.new":                                                  { read: "decide_budget", write: "decide_budget" },
  "municipal-budget.unplanned":                                            { read: "decide_budget", write: "decide_budget" },
  "orders.$orderId":                                                       { read: "read_books", write: "record" },
  "orders.$orderId_.changes.new":                                          { read: "record", write: "record" },
  "own-school":                                                            { read: "read_own_school", write: "wish" },
  "own-school_.wishes.$wishId.withdrawal":                                 { read: "all", write: "wish" },
  "permissions":                                                           { read: "use_account" },
  "price-indexes":                                                         { read: "read_all_books", write: "record" },
  "programmes.$key":                                                       { read: "read_books" },
  "programmes.$key[.]yaml":                                                { read: "read_books" },
  "programmes.$key_.change":                                               { read: "record", write: "record" },
  "programmes._index":                                                     { read: "read_books" },
  "proofs.$proofId":                                                       { read: "read_books", write: "record" },
  "proofs.$proofId[.]pdf":                                                 { read: "read_submitted" },
  "receipts":                                                              { read: "read_books" },
  "remaining":                                                             { read: "read_remaining" },
  "reports.half-year":                                                     { read: "read_all_books" },
  "reports.half-year[.]csv":                                               { read: "read_all_books" },
  "reset.$secret":                                                        { read: "all", write: "all" },
  "resolutions.$resolutionId":                                             { read: "read_all_books", write: "record" },
  "resolutions.new":                                                       { read: "record", write: "record" },
  "samples.$sampleId":                                                     { read: "read_books" },
  "samples._index":                                                        { read: "read_books", write: "mark_receipts" },
  "schools.$schoolId":                                                     { read: "read_all_books", write: "record" },
  "schools._index":                                                        { read: "read_books" },
  "schools.new":                                                           { read: "record", write: "record" },
  "settings":                                                              { read: "manage_settings", write: "manage_settings" },
  "settings_.second-factor":                                              { read: "manage_settings", write: "manage_settings" },
  "submitted":                                                             { read: "read_submitted" },
  "users.$userId.access":                                                  { read: "all", write: "manage_users" },
  "users.$userId.roles":                                                   { read: "manage_users", write: "manage_users" },
  "users.$userId.second-factor":                                          { read: "all", write: "manage_users" },
  "users.$userId.sessions":                                               { read: "all", write: "manage_users" },
  "users._index":                                                          { read: "manage_users" },
  "users.accesses.$accessId.withdrawal":                                   { read: "all", write: "manage_users" },
  "users.invite":                                                          { read: "manage_users", write: "manage_users" },
  "users.new":                                                             { read: "manage_users", write: "manage_users" },
  "wishes.$wishId":                                                        { read: "record", write: "record" },
  "wishes._index":                                                         { read: "read_all_books" },
  "workbook-check":                                                        { read: "export_books", write: "export_books" },
};

type Asked = {
  user?: User | undefined;
  path: string;
  params: Record<string, string>;
  body?: Record<string, string>;
};

const cookies = new Map<string, Promise<string>>();

/** One session for each person: signing in anew for each of thousands of requests would take the time. */
function cookieOf(user: User): Promise<string> {
  const known = cookies.get(user.id) ?? startSession(user.id).then((one) => one.split(";")[0]!);
  cookies.set(user.id, known);
  return known;
}

async function ask(handler: Handler, { user, path, params, body }: Asked) {
  const headers = user ? { Cookie: await cookieOf(user) } : undefined;
  const given = body ? { method: "POST", body: new URLSearchParams(body) } : {};
  const request = new Request(`http://127.0.0.1:3000${path}`, {
    ...given,
    ...(headers && { headers }),
  });
  return asWebRequest(() =>
    answer(() => (handler as (args: unknown) => unknown)({ request, params, context: {} })),
  );
}

const ofNobody = "00000000-0000-4000-8000-000000000000";

/** The parameters of a route: an id of nobody, or the given ones; what is no id stands in its list. */
function paramsOf(names: string[], ids: Record<string, string> = {}) {
  return Object.fromEntries(
    names.map((name) => [name, ids[name] ?? openParams[name]?.value ?? ofNobody]),
  );
}

let persons: Record<Role, User>;
/** The example's authority, rich in all that can be named; and a person of another who has every role. */
let owner: User;
let stranger: User;
let ids: Record<string, string>;

beforeAll(async () => {
  persons = await createPersons();
  await loadDemo();
  owner = await personOfExample("finanzen");
  stranger = await createStranger();
  await addWhatTheExampleLacks();
  ids = await idsOf(owner);
}, 120_000);

/** Things that somebody uploads, marks or asks for, and that the example therefore does not tell. */
async function addWhatTheExampleLacks() {
  const found = await idsOf(owner);
  const auditor = await personOfExample("pruefung");
  const administrator = await personOfExample("verwaltung");
  const { invoiceId, grantId, envelopeId } = found as Record<string, string>;
  const place = { subject: "invoice" as const, subjectId: invoiceId! };
  accepted(await attachFile(owner, place, { name: "a.txt", content: Buffer.from("Lieferschein") }));
  const asked = { kind: "workbook", scope: { asOf: "2021-12-31" }, moment: new Date() } as const;
  accepted(await orderExport(owner, randomUUID(), asked));
  const kept = { envelopeId: envelopeId!, replacesId: null };
  accepted(await saveDraft(owner, randomUUID(), kept, { title: "Entwurf" }));
  const question = { kind: "question", amount: null, text: "Wo?" } as const;
  accepted(await recordAuditMark(auditor, randomUUID(), invoiceId!, question));
  const everything = { grantId: null, fromYear: null, untilYear: null };
  const sample = { method: "random", size: 2, seed: 1 } as const;
  accepted(await recordSample(auditor, randomUUID(), everything, sample));
  const invitation = { role: "auditor" as const, name: "Prüferin", email: "p@example.org" };
  const until = { until: "2027-06-30", grantIds: [grantId!], fiscalYears: [] };
  await recordInvitation(administrator, { ...invitation, ...until });
  await recordStatement(owner, { entries: [transfer("12.00", "Miete")] });
  const proof = { kind: "interim" as const, asOf: "2024-12-31", submittedOn: "2025-01-15" };
  for (const { id } of await listGrants(owner)) {
    const proofId = randomUUID();
    if (!(await submitProof(owner, proofId, id, { ...proof, report: "Läuft." }))) return;
  }
}

async function personOfExample(name: string): Promise<User> {
  const [account] = await db.execute<User>(
    sql`select id, name, email, school_authority_id as "schoolAuthorityId" from users where email = ${`${name}@beispiel.de`}`,
  );
  return (await withinAccess(account!))!;
}

/** A real id of the authority for each parameter that names something of an authority. */
async function idsOf({ schoolAuthorityId, id }: User): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [param, make] of Object.entries(idSources)) {
    const [row] = await db.execute<{ id: string }>(make(schoolAuthorityId, id));
    if (row) found[param] = row.id;
  }
  return found;
}

test.each(routes)("$name lets in whom the table names, and nobody else", async (route) => {
  const { name, module, params } = route;
  const rule = permissionsOf[name];
  expect(rule, `a line of permissionsOf for ${name}`).toBeDefined();
  expect({ read: Boolean(module.loader), write: Boolean(module.action) }).toEqual({
    read: Boolean(rule!.read),
    write: Boolean(rule!.write),
  });
  // Where it makes a file, it finds the day unreadable first: the roles were asked before.
  const path = `/${name}?on=nie`;
  for (const [kind, permission] of Object.entries(rule!)) {
    const handler = (kind === "read" ? module.loader : module.action)!;
    const body = kind === "read" ? {} : { body: {} };
    const asked = { path, params: paramsOf(params), ...body };
    const unknown = await ask(handler, asked);
    const isSentToSignIn = unknown.status === 302 && unknown.location?.startsWith("/login");
    if (permission === "all") expect(unknown.status).not.toBe(403);
    else expect({ kind, isSentToSignIn }).toEqual({ kind, isSentToSignIn: true });
    for (const role of roles) {
      if (permission === "all" && name === "logout") continue;
      const { status } = await ask(handler, { ...asked, user: persons[role] });
      expect({ kind, role, forbidden: status === 403 }).toEqual({
        kind,
        role,
        forbidden: permission !== "all" && !mayUser({ roles: [role] }, permission),
      });
    }
  }
});

test("every line of the table is of a route", () => {
  expect(Object.keys(permissionsOf).sort()).toEqual(routes.map(({ name }) => name).sort());
});

test("every parameter has an id of the example, or a reason why it names nothing of an authority", () => {
  const params = [...new Set(routes.flatMap((route) => route.params))];
  const unknown = params.filter(
    (param) => !ids[param] && !openParams[param] && !unmadeParams[param],
  );
  expect(unknown).toEqual([]);
});

/** What a filled form would say: ids of the other authority, and something that fits in every other field. */
function bodyWith(given: Record<string, string>): Record<string, string> {
  const valueOf = (name: string): string => {
    if (name === "id") return randomUUID();
    if (/Ids?$/.test(name)) return given[name] ?? given[name.replace(/s$/, "")] ?? ofNobody;
    if (/(On|By|Until|From|until|asOf)$/.test(name)) return "01.06.2021";
    if (/amount|price/i.test(name)) return "10,00";
    if (/rate|share|percent/i.test(name)) return "10";
    return "Text";
  };
  return Object.fromEntries(fieldNames.map((name) => [name, valueOf(name)]));
}

const withIds = routes.filter(({ params }) => params.some((param) => !openParams[param]));

test.each(withIds)(
  "$name of another authority is not found, and what is sent to it changes nothing",
  async (route) => {
    const { name, module, params } = route;
    const foreign = paramsOf(params, ids);
    const path = `/${name}`;
    if (permissionsOf[name]!.read && permissionsOf[name]!.read !== "all") {
      const { status } = await ask(module.loader!, { user: stranger, path, params: foreign });
      expect(status).toBe(404);
    }
    if (!module.action) return;
    const sent = await ask(module.action, {
      user: stranger,
      path,
      params: foreign,
      body: bodyWith(ids),
    });
    const ofNone = await ask(module.action, {
      user: stranger,
      path,
      params: paramsOf(params),
      body: bodyWith({}),
    });
    // Not found, not of a role of theirs (a school's), or a form that is refused before it is looked for: the same as for what nobody has.
    expect({
      sent: sent.status,
      known: [400, 403, 404, 422].includes(sent.status) || permissionsOf[name]!.write === "all",
    }).toEqual({ sent: ofNone.status, known: true });
  },
);

test("the ids are real: their owner finds each", async () => {
  // A file is there once its export is made. An import's draft has the name of another draft's parameter; marks are withdrawn by whoever made them.
  const others = [
    "grants.$grantId.imports.$draftId",
    "invoices.$invoiceId_.marks.new",
    "exports.$exportId_.file",
  ];
  for (const { name, module, params } of withIds) {
    const permission = permissionsOf[name]!.read;
    if (!permission || permission === "all" || !mayUser(owner, permission)) continue;
    if (others.includes(name) || params.some((param) => unmadeParams[param])) continue;
    const asked = { user: owner, path: `/${name}?kind=amendment`, params: paramsOf(params, ids) };
    const { status } = await ask(module.loader!, asked);
    expect({ name, isThere: status !== 404 }).toEqual({ name, isThere: true });
  }
}, 120_000);
