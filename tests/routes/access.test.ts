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
import { listSchools } from "#app/records/authorities.server.ts";
import { attachFile } from "#app/records/attachments.server.ts";
import { saveDraft } from "#app/records/application-drafts.server.ts";
import { recordInvitation } from "#app/records/audit-accesses.server.ts";
import { recordAuditMark } from "#app/records/audit-marks.server.ts";
import { recordSample } from "#app/records/audit-samples.server.ts";
import { orderExport } from "#app/records/exports.server.ts";
import { listGrants } from "#app/records/grants.server.ts";
import { requireAgreement } from "#app/records/joint-agreements.server.ts";
import { submitProof } from "#app/records/proofs.server.ts";
import { loadOwnSchools } from "#app/records/own-schools.server.ts";
import { loadSubmitted } from "#app/records/submitted.server.ts";
import { startSession } from "#app/session.server.ts";
import { db } from "#db/client.ts";
import { tableRights } from "#db/table-rights.ts";
import {
  accepted,
  createGrant,
  createOffice,
  createPersons,
  createSchoolPerson,
  createStranger,
} from "#tests/support/factories.ts";
import { recordStatement, transfer } from "#tests/support/bank.ts";
import { link, offer } from "#tests/support/joint-link.ts";
import { createPlannedYear } from "#tests/support/joint-year.ts";
import { ownerDb } from "#tests/support/owner.ts";
import { answer } from "#tests/support/request.ts";
import {
  idSources,
  openParams,
  openSearch,
  searchIds,
  unmadeParams,
} from "#tests/support/route-ids.ts";
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
  "joint-services.seen.$linkId":                                                   { read: "read_all_books" },
  "joint-services.seen.$linkId_.end":                                              { read: "coordinate", write: "coordinate" },
  "joint-services.seen.$linkId_.years.$year":                                      { read: "read_all_books" },
  "joint-services.seen.$linkId_.years.$year_.letter":                              { read: "read_all_books" },
  "joint-services.seen.$linkId_.years.$year_.letter[.]pdf":                        { read: "read_all_books" },
  "joint-services.seen.answer":                                                    { read: "coordinate", write: "coordinate" },
  "joint-services.seen.new":                                                       { read: "coordinate", write: "coordinate" },
  "joint-services.$jointServiceId":                                        { read: "read_all_books" },
  "joint-services.$jointServiceId_.cost-shares.new":                       { read: "coordinate", write: "coordinate" },
  "joint-services.$jointServiceId_.keys.$year":                            { read: "coordinate", write: "coordinate" },
  "joint-services.$jointServiceId_.links.$offerId.end":                    { read: "coordinate", write: "coordinate" },
  "joint-services.$jointServiceId_.links._index":                          { read: "read_all_books" },
  "joint-services.$jointServiceId_.links.new":                             { read: "coordinate", write: "coordinate" },
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
  return answer(() => (handler as (args: unknown) => unknown)({ request, params, context: {} }));
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
let ownIds: Record<string, string>;
/** All rows of the example's authority, before anybody of another sends anything. */
let rowsBefore: Record<string, string>;

beforeAll(async () => {
  persons = await createPersons();
  await loadDemo();
  owner = await personOfExample("finanzen");
  stranger = await createStranger();
  await addWhatTheExampleLacks();
  ids = await idsOf(owner);
  await createGrant({ clerk: stranger });
  ownIds = await idsOf(stranger);
  rowsBefore = await rowsOf(owner);
}, 120_000);

/** Number and hash of an authority's rows, table by table, as the owner of the tables sees them. */
async function rowsOf({ schoolAuthorityId }: User): Promise<Record<string, string>> {
  const tables = Object.entries(tableRights).map(
    async ([table, { wall = "school_authority_id" }]) => {
      const column = sql.identifier(typeof wall === "string" ? wall : wall.column);
      const holders =
        typeof wall === "string"
          ? sql`${schoolAuthorityId}::uuid`
          : sql`select id from ${sql.identifier(wall.of)} where school_authority_id = ${schoolAuthorityId}`;
      const [row] = await ownerDb.execute<{ rows: string }>(sql`
      select concat_ws(' ', count(*), md5(string_agg(md5(t::text), '' order by md5(t::text)))) as rows
      from ${sql.identifier(table)} t where ${column} in (${holders})`);
      return [table, row!.rows] as const;
    },
  );
  return Object.fromEntries(await Promise.all(tables));
}

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
  const { members } = await requireAgreement(owner, found.jointServiceId!);
  await offer(owner, found.jointServiceId!, members.find(({ isOwn }) => !isOwn)!.id);
  const keeper = (await createOffice()).clerk;
  const service = await createPlannedYear(keeper, Number(openParams.year!.value));
  await link(keeper, service, (await requireAgreement(keeper, service)).members[1]!.id, owner);
  const invitation = { role: "auditor" as const, name: "Prüferin", email: "p@example.org" };
  const until = { until: "2027-06-30", grantIds: [grantId!], fiscalYears: [] };
  await recordInvitation(administrator, { ...invitation, ...until });
  await recordStatement(owner, { entries: [transfer("12.00", "Miete")] });
  const proof = { kind: "interim" as const, asOf: "2024-12-31", submittedOn: "2025-01-15" };
  for (const { id } of await listGrants(owner)) {
    const proofId = randomUUID();
    accepted(await submitProof(owner, proofId, id, { ...proof, report: "Läuft." }));
  }
}

async function personOfExample(name: string): Promise<User> {
  return personOf(`${name}@beispiel.de`);
}

async function personOf(email: string): Promise<User> {
  const [account] = await db.execute<User>(
    sql`select id, name, email, school_authority_id as "schoolAuthorityId" from users where email = ${email}`,
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

/** A person of another authority who has the permission there: what is refused is refused for the id alone. */
function foreignerWith(permission: Permission | "all"): User {
  if (permission === "all" || mayUser(stranger, permission)) return stranger;
  return persons.school;
}

test.each(withIds)(
  "$name of another authority is not found, and what is sent to it is answered as for nobody's",
  async ({ name, module, params }) => {
    const { read, write } = permissionsOf[name]!;
    const foreign = paramsOf(params, ids);
    const path = `/${name}`;
    if (read && read !== "all") {
      const { status } = await ask(module.loader!, {
        user: foreignerWith(read),
        path,
        params: foreign,
      });
      expect(status).toBe(404);
    }
    if (!write) return;
    const asked = { user: foreignerWith(write), path };
    const sent = await ask(module.action!, { ...asked, params: foreign, body: bodyWith(ids) });
    const ofNone = await ask(module.action!, {
      ...asked,
      params: paramsOf(params),
      body: bodyWith({}),
    });
    // Not found, or a form that is refused before it is looked for.
    expect({ sent: sent.status, isRefused: [400, 404, 422].includes(sent.status) }).toEqual({
      sent: ofNone.status,
      isRefused: true,
    });
  },
);

/** What can't be sent twice to be compared. */
const onlyOnce: Record<string, string> = {
  logout: "it ends the session that all others are asked with",
  "documents.$kind.$id":
    "it reverses the own document of its address, and reads no id from its form",
};
const sending = routes.filter(({ name, module }) => module.action && !onlyOnce[name]);

test.each(sending)(
  "$name takes a form with ids of another authority as one with nobody's",
  async ({ name, module, params }) => {
    const user = foreignerWith(permissionsOf[name]!.write!);
    const to = (given: Record<string, string>) => {
      const path = `/${name}?${searchOf(Object.keys(searchIds), given)}`;
      return ask(module.action!, {
        user,
        path,
        params: paramsOf(params, ownIds),
        body: bodyWith(given),
      });
    };
    const [sent, ofNone] = [await to(ids), await to({})];
    expect(sent.status).toBe(ofNone.status);
    if (permissionsOf[name]!.write !== "all") expect(sent.location ?? "").not.toMatch(/^\/login/);
    // What was sent may have ended the session.
    cookies.delete(user.id);
  },
);

/** What stands after the question mark, with an id for each name. */
function searchOf(names: string[], given: Record<string, string>): string {
  const named = names.map((name) => [name, given[searchIds[name]!] ?? ofNobody]);
  return new URLSearchParams([["subject", "invoice"], ...named]).toString();
}

/** An answer without what differs from one time to the next: ids, and the bytes of a file. */
function plain({ status, location, body }: Awaited<ReturnType<typeof ask>>): string {
  const text = JSON.stringify([status, location, body instanceof Response ? null : body]);
  return text.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "id");
}

/** Answers to a page for ids after the question mark: all at once, and each alone that the page's file reads. */
async function answersTo(
  route: (typeof routes)[number],
  user: User,
  params: Record<string, string>,
) {
  const { name, module } = route;
  const alone = route.searchNames.filter((one) => searchIds[one]).map((one) => [one]);
  const found = [];
  for (const names of [Object.keys(searchIds), ...alone]) {
    const to = (given: Record<string, string>) =>
      ask(module.loader!, { user, path: `/${name}?${searchOf(names, given)}`, params });
    found.push({ names, real: plain(await to(ids)), ofNobody: plain(await to({})) });
  }
  return found;
}

const readable = routes.filter(({ module }) => module.loader);

test.each(readable)(
  "$name says nothing more about ids of another authority after the question mark",
  async (route) => {
    const user = foreignerWith(permissionsOf[route.name]!.read!);
    for (const one of await answersTo(route, user, paramsOf(route.params, ownIds))) {
      expect(one).toEqual({ ...one, real: one.ofNobody });
    }
  },
);

test("after all that was sent from outside, no row of the example's authority has changed", async () => {
  expect(await rowsOf(owner)).toEqual(rowsBefore);
});

test("what a page reads after the question mark is asked with an id, or names nothing of an authority", async () => {
  expect(searchNames.filter((one) => !searchIds[one] && !openSearch.includes(one))).toEqual([]);
  const telling = new Set<string>();
  for (const route of readable.filter(({ searchNames }) =>
    searchNames.some((one) => searchIds[one]),
  )) {
    for (const { names, real, ofNobody } of await answersTo(
      route,
      owner,
      paramsOf(route.params, ids),
    )) {
      if (names.length === 1 && real !== ofNobody) telling.add(names[0]!);
    }
  }
  expect([...telling].sort()).toEqual(Object.keys(searchIds).sort());
});

function handlerOf(name: string, kind: "loader" | "action"): Handler {
  return routes.find((route) => route.name === name)!.module[kind]!;
}

test("a school sees and moves nothing of another school of its authority", async () => {
  const [ownId] = persons.school.schoolIds;
  const schools = await listSchools(persons.clerk);
  const schoolId = schools.find(({ id }) => id !== ownId)!.id;
  const wish = { what: "Beamer", costKind: "investment", quantity: "1", reason: "fehlt" };
  const body = { ...wish, id: randomUUID(), schoolId, estimatedAmount: "100,00" };
  const action = handlerOf("own-school", "action");
  const asked = { user: persons.school, path: "/own-school", params: {} };
  expect((await ask(action, { ...asked, body })).status).toBe(404);
  const own = { ...body, id: randomUUID(), schoolId: ownId! };
  expect((await ask(action, { ...asked, body: own })).status).toBe(302);

  const other = await createSchoolPerson(persons.administrator, schoolId);
  const withdrawal = { path: "/", params: { wishId: own.id }, body: {} };
  const withdraw = handlerOf("own-school_.wishes.$wishId.withdrawal", "action");
  expect((await ask(withdraw, { ...withdrawal, user: other })).status).toBe(404);
  const { body: page } = await ask(handlerOf("own-school", "loader"), { ...asked, user: other });
  expect(page).toMatchObject({ schools: [{ id: schoolId }], wishes: [] });
  expect((await ask(withdraw, { ...withdrawal, user: persons.school })).status).toBe(302);
});

test("a granting authority reads what was submitted for the grants of its invitation, and no other", async () => {
  const proofs = await db.execute<{ id: string; grantId: string }>(
    sql`select id, grant_id as "grantId" from proofs_of_use where school_authority_id = ${owner.schoolAuthorityId}`,
  );
  const shown = proofs[0]!;
  const hidden = proofs.find(({ grantId }) => grantId !== shown.grantId)!;
  const invited = { role: "granting_authority" as const, name: "Behörde", email: "b@example.org" };
  const within = { until: "2027-06-30", grantIds: [shown.grantId], fiscalYears: [] };
  await recordInvitation(await personOfExample("verwaltung"), { ...invited, ...within });
  const outside = await personOf(invited.email);
  const paper = handlerOf("proofs.$proofId[.]pdf", "loader");
  const to = (proofId: string) => ask(paper, { user: outside, path: "/", params: { proofId } });
  expect((await to(shown.id)).status).toBe(200);
  expect((await to(hidden.id)).status).toBe(404);
  // Drafts are of the office, also for the grant that it sees.
  for (const { grantId } of [shown, hidden]) {
    const draft = handlerOf("grants.$grantId.proofs[.]pdf", "loader");
    const asked = { user: outside, path: "/", params: { grantId } };
    expect((await ask(draft, asked)).status).toBe(403);
  }
  const { body } = await ask(handlerOf("submitted", "loader"), {
    user: outside,
    path: "/",
    params: {},
  });
  expect(body).toMatchObject({ grants: [{ id: shown.grantId }] });
});

test("what schools and granting authorities see is refused by the records themselves", async () => {
  await expect(async () => loadSubmitted(persons.board)).rejects.toMatchObject({ status: 403 });
  const ofSchool = async () => loadOwnSchools(persons.board, "2024-12-31");
  await expect(ofSchool).rejects.toMatchObject({ status: 403 });
});

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
