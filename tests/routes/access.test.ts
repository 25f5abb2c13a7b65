import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { may, type Permission, roles } from "#app/domain/permission.ts";
import { listSchools } from "#app/records/authorities.server.ts";
import { orderExport } from "#app/records/exports.server.ts";
import { recordInvoice } from "#app/records/invoice-recording.server.ts";
import { inventory } from "#tests/support/asset-case.ts";
import { createContract } from "#tests/support/contracts.ts";
import {
  accepted,
  createGrant,
  createOffice,
  invoiceDraft,
  invoiceLine,
} from "#tests/support/factories.ts";
import { createBudgetAccount } from "#tests/support/municipal-budget.ts";
import { createPlannedYear } from "#tests/support/joint-year.ts";
import { answer, get, post } from "#tests/support/request.ts";

type Office = Awaited<ReturnType<typeof createOffice>>;
type Route = { loader?: (args: never) => unknown; action?: (args: never) => unknown };
const modules = import.meta.glob<Route>(["/app/routes/*.{ts,tsx}", "/app/routes/*/route.tsx"], {
  eager: true,
});

/** Who may read and who may write, address by address. A route without a line fails the test. */
// prettier-ignore
const permissionsOf: Record<string, { read?: Permission | "all"; write?: Permission | "all" }> = {
  "_index":                                       { read: "read_remaining" },
  "account":                                      { read: "read_remaining", write: "read_remaining" },
  "account_.calendar":                            { read: "read_remaining", write: "read_remaining" },
  "account_.calendar_.withdrawal":                { read: "all", write: "read_remaining" },
  "account_.recovery-codes":                      { read: "read_remaining" },
  "account_.second-factor":                       { read: "read_remaining", write: "read_remaining" },
  "account_.sessions":                            { read: "read_remaining", write: "read_remaining" },
  "applications.$applicationId":                  { read: "read_books", write: "record" },
  "applications.drafts.$draftId":                 { read: "record", write: "record" },
  "applications.new":                             { read: "record", write: "record" },
  "assets._index":                                { read: "read_books" },
  "assets.$assetId":                              { read: "read_books", write: "record" },
  "assets.new":                                   { read: "record", write: "record" },
  "assets.years":                                 { read: "read_books" },
  "attachments":                                  { read: "record", write: "record" },
  "attachments_.$attachmentId":                   { read: "read_books" },
  "attachments_.$attachmentId_.withdrawal":        { read: "record", write: "record" },
  "attachments_.upload":                          { write: "record" },
  "audit":                                        { read: "export_books" },
  "audit[.]xlsx":                                 { read: "export_books" },
  "workbook-check":                               { read: "export_books", write: "export_books" },
  "bank-statements":                              { read: "read_all_books", write: "record" },
  "bank-statements_.$statementId":                { read: "read_all_books", write: "record" },
  "calendar.$secret[.]ics":                       { read: "all" },
  "certifications":                               { read: "certify", write: "certify" },
  "changes":                                      { read: "read_changes" },
  "contracts._index":                             { read: "read_all_books", write: "record" },
  "contracts.$contractId":                        { read: "read_all_books", write: "record" },
  "contracts.$contractId_.changes.new":           { read: "record", write: "record" },
  "contracts.new":                                { read: "record", write: "record" },
  "cost-shares.$costShareId":                     { read: "read_all_books", write: "record" },
  "deadlines":                                    { read: "read_remaining" },
  "documents.$kind.$id":                          { read: "read_books", write: "record" },
  "drawdowns.$drawdownId":                        { read: "read_books", write: "record" },
  "e-invoices.$eInvoiceId":                       { read: "read_books", write: "record" },
  "e-invoices.$eInvoiceId_.discard":              { read: "record", write: "record" },
  "e-invoices.$eInvoiceId_.files.$position":      { read: "read_books" },
  "envelopes.$envelopeId":                        { read: "read_all_books" },
  "envelopes.$envelopeId_.allotments.new":        { read: "record", write: "record" },
  "envelopes.new":                                { read: "record", write: "record" },
  "exports._index":                               { read: "export_books", write: "export_books" },
  "exports.$exportId":                            { read: "export_books" },
  "exports.$exportId_.cancellation":              { read: "all", write: "export_books" },
  "exports.$exportId_.file":                      { read: "export_books" },
  "exports.$exportId_.removal":                   { read: "all", write: "export_books" },
  "exports.$exportId_.repetition":                { read: "all", write: "export_books" },
  "follow-up-costs":                              { read: "read_all_books" },
  "grants._index":                                { read: "read_books" },
  "grants.$grantId":                              { read: "read_books" },
  "grants.$grantId._index":                       { read: "read_books" },
  "grants.$grantId.drawdowns._index":             { read: "read_books", write: "record" },
  "grants.$grantId.drawdowns.repayment":          { read: "record", write: "record" },
  "grants.$grantId.e-invoices":                   { read: "read_books", write: "record" },
  "grants.$grantId.imports._index":               { read: "read_books", write: "record" },
  "grants.$grantId.imports.$draftId":             { read: "record", write: "record" },
  "grants.$grantId.imports.template[.]xlsx":      { read: "record" },
  "imports.$importId":                            { read: "read_all_books", write: "record" },
  "grants.$grantId.invoices._index":              { read: "read_books" },
  "grants.$grantId.invoices.new":                 { read: "record", write: "record" },
  "grants.$grantId.invoices.table":               { read: "record", write: "record" },
  "grants.$grantId.invoices_.table.check":        { write: "record" },
  "grants.$grantId.notices._index":               { read: "read_books" },
  "grants.$grantId.notices.new":                  { read: "record", write: "record" },
  "grants.$grantId.proofs._index":                { read: "read_books", write: "record" },
  "grants.$grantId.orders._index":                { read: "read_books" },
  "grants.$grantId.orders.new":                   { read: "record", write: "record" },
  "grants.new":                                   { read: "record", write: "record" },
  "invoices.$invoiceId":                          { read: "read_books", write: "record" },
  "invoices.$invoiceId_.certification":           { read: "certify", write: "certify" },
  "joint-services._index":                        { read: "read_all_books" },
  "joint-services.$jointServiceId_.keys.$year":   { read: "record", write: "record" },
  "joint-services.$jointServiceId_.membership":   { read: "record", write: "record" },
  "joint-services.$jointServiceId_.years.$year":  { read: "read_all_books" },
  "joint-services.$jointServiceId_.years.$year_.costs.new": { read: "record", write: "record" },
  "joint-services.$jointServiceId_.years.$year_.payments.new": { read: "record", write: "record" },
  "joint-services.$jointServiceId_.years.$year_.plan": { read: "record", write: "record" },
  "joint-services.$jointServiceId_.years.$year_.settlement": { read: "record", write: "record" },
  "joint-services.$jointServiceId":               { read: "read_all_books" },
  "joint-services.$jointServiceId_.cost-shares.new": { read: "record", write: "record" },
  "joint-services.$jointServiceId_.years.$year_.letters.$memberId": { read: "read_all_books" },
  "joint-services.$jointServiceId_.years.$year_.letters.$memberId[.]pdf": { read: "read_all_books" },
  "joint-services.new":                           { read: "record", write: "record" },
  "journal":                                      { read: "read_books" },
  "login":                                        { read: "all", write: "all" },
  "logout":                                       { read: "all", write: "all" },
  "marks._index":                                 { read: "read_books" },
  "marks.$markId_.answer":                        { read: "record", write: "record" },
  "marks.$markId_.withdrawal":                    { read: "mark_receipts", write: "mark_receipts" },
  "invoices.$invoiceId_.marks.new":               { read: "mark_receipts", write: "mark_receipts" },
  "municipal-budget._index":                      { read: "read_books" },
  "municipal-budget.accounts.$accountId":         { read: "read_books" },
  "municipal-budget.accounts.$accountId_.changes.new": { read: "record", write: "record" },
  "municipal-budget.$year.carryovers":            { read: "record", write: "record" },
  "municipal-budget.$year.closing":               { read: "record", write: "record" },
  "municipal-budget.$year.invoices._index":       { read: "read_books" },
  "municipal-budget.$year.invoices.new":          { read: "record", write: "record" },
  "municipal-budget.$year.moves":                 { read: "record", write: "record" },
  "municipal-budget.$year.orders._index":         { read: "read_books" },
  "municipal-budget.$year.orders.new":            { read: "record", write: "record" },
  "municipal-budget.$year.start":                 { read: "record", write: "record" },
  "municipal-budget.new":                         { read: "record", write: "record" },
  "municipal-budget.unplanned":                   { read: "record", write: "record" },
  "orders.$orderId_.changes.new":                 { read: "record", write: "record" },
  "orders.$orderId":                              { read: "read_books", write: "record" },
  "grants.$grantId.forms._index":                 { read: "read_books" },
  "grants.$grantId.forms.$formKey":               { read: "read_books" },
  "grants.$grantId.forms.$formKey[.]pdf":         { read: "read_books" },
  "grants.$grantId.forms.$formKey[.]xlsx":        { read: "read_books" },
  "grants.$grantId.proofs[.]pdf":                 { read: "read_books" },
  "proofs.$proofId[.]pdf":                        { read: "read_books" },
  "proofs.$proofId":                              { read: "read_books", write: "record" },
  "samples._index":                               { read: "read_books", write: "mark_receipts" },
  "samples.$sampleId":                            { read: "read_books" },
  "settings":                                     { read: "manage_settings", write: "manage_settings" },
  "price-indexes":                                { read: "read_all_books", write: "record" },
  "programmes._index":                            { read: "read_books" },
  "programmes.$key":                              { read: "read_books" },
  "programmes.$key[.]yaml":                       { read: "read_books" },
  "programmes.$key_.change":                      { read: "record", write: "record" },
  "receipts":                                     { read: "read_books" },
  "remaining":                                    { read: "read_remaining" },
  "reports.half-year":                            { read: "read_all_books" },
  "reports.half-year[.]csv":                      { read: "read_all_books" },
  "resolutions.$resolutionId":                    { read: "read_all_books", write: "record" },
  "resolutions.new":                              { read: "record", write: "record" },
  "schools._index":                               { read: "read_books" },
  "schools.$schoolId":                            { read: "read_all_books", write: "record" },
  "schools.new":                                  { read: "record", write: "record" },
  "forgotten":                                    { write: "all" },
  "reset.$secret":                                { read: "all", write: "all" },
  "login_.code":                                  { read: "all", write: "all" },
  "login_.directory":                             { read: "all" },
  "login_.directory_.callback":                   { read: "all" },
  "login_.directory_.choice":                     { read: "all", write: "all" },
  "login_.signed-out":                            { read: "all" },
  "settings_.second-factor":                      { read: "manage_settings", write: "manage_settings" },
  "users.$userId.second-factor":                  { read: "all", write: "manage_users" },
  "users.$userId.sessions":                       { read: "all", write: "manage_users" },
  "invitation.$secret":                           { read: "all", write: "all" },
  "users.accesses.$accessId.withdrawal":          { read: "all", write: "manage_users" },
  "users.invite":                                 { read: "manage_users", write: "manage_users" },
  "users._index":                                 { read: "manage_users" },
  "users.$userId.access":                         { read: "all", write: "manage_users" },
  "users.new":                                    { read: "manage_users", write: "manage_users" },
};

const routes = Object.entries(modules).map(([path, module]) => {
  return { name: /routes\/(.*?)(?:\/route)?\.tsx?$/.exec(path)![1]!, module };
});

test.each(routes)(
  "$name lets in whom the table names, and nobody else",
  async ({ name, module }) => {
    const rule = permissionsOf[name];
    expect(rule, `a line of permissionsOf for ${name}`).toBeDefined();
    expect({ read: Boolean(module.loader), write: Boolean(module.action) }).toEqual({
      read: Boolean(rule!.read),
      write: Boolean(rule!.write),
    });

    const office = await createOffice();
    for (const role of [undefined, ...roles]) {
      const user = role && office[role];
      for (const [kind, permission] of Object.entries(rule!)) {
        const isRead = kind === "read";
        const run = (isRead ? module.loader : module.action) as (args: unknown) => unknown;
        const params = { id: nobody, kind: "invoice", ...everyParam(nobody) };
        const args = isRead
          ? await get(user, `/${name}`, params)
          : await post(user, `/${name}`, {}, params);
        const { status, location } = await answer(() => run(args));
        const isSentToSignIn = status === 302 && location?.startsWith("/login") === true;

        if (permission === "all") expect(status).not.toBe(403);
        else if (!role) expect({ kind, isSentToSignIn }).toEqual({ kind, isSentToSignIn: true });
        else
          expect({ kind, role, forbidden: status === 403 }).toEqual({
            kind,
            role,
            forbidden: !may(role, permission),
          });
      }
    }
  },
);

const foreign = [
  ["municipal-budget.accounts.$accountId", "accountId"],
  ["municipal-budget.accounts.$accountId_.changes.new", "accountId"],
  ["grants.$grantId", "grantId"],
  ["grants.$grantId._index", "grantId"],
  ["grants.$grantId.orders._index", "grantId"],
  ["grants.$grantId.orders.new", "grantId"],
  ["grants.$grantId.imports._index", "grantId"],
  ["grants.$grantId.imports.template[.]xlsx", "grantId"],
  ["grants.$grantId.invoices._index", "grantId"],
  ["grants.$grantId.e-invoices", "grantId"],
  ["grants.$grantId.invoices.new", "grantId"],
  ["grants.$grantId.invoices.table", "grantId"],
  ["grants.$grantId.drawdowns._index", "grantId"],
  ["grants.$grantId.notices._index", "grantId"],
  ["grants.$grantId.proofs._index", "grantId"],
  ["grants.$grantId.proofs[.]pdf", "grantId"],
  ["grants.$grantId.forms._index", "grantId"],
  ["grants.$grantId.forms.$formKey", "grantId"],
  ["grants.$grantId.forms.$formKey[.]pdf", "grantId"],
  ["grants.$grantId.forms.$formKey[.]xlsx", "grantId"],
  ["grants.$grantId.drawdowns.repayment", "grantId"],
  ["envelopes.$envelopeId", "envelopeId"],
  ["envelopes.$envelopeId_.allotments.new", "envelopeId"],
  ["applications.$applicationId", "applicationId"],
  ["schools.$schoolId", "schoolId"],
  ["resolutions.$resolutionId", "resolutionId"],
  ["contracts.$contractId", "contractId"],
  ["contracts.$contractId_.changes.new", "contractId"],
  ["assets.$assetId", "assetId"],
  ["documents.$kind.$id", "id"],
  ["joint-services.$jointServiceId", "jointServiceId"],
  ["joint-services.$jointServiceId_.keys.$year", "jointServiceId"],
  ["joint-services.$jointServiceId_.membership", "jointServiceId"],
  ["joint-services.$jointServiceId_.years.$year", "jointServiceId"],
  ["joint-services.$jointServiceId_.years.$year_.costs.new", "jointServiceId"],
  ["joint-services.$jointServiceId_.years.$year_.payments.new", "jointServiceId"],
  ["joint-services.$jointServiceId_.years.$year_.settlement", "jointServiceId"],
  ["exports.$exportId", "exportId"],
] as const;

test.each(foreign)("%s of another authority is not found", async (name, param) => {
  const owner = await createOffice();
  const { grantId, envelopeId, applicationId, resolutionId, schools, lineOf } =
    await createGrant(owner);
  const schoolId = schools[0]!.id;
  const contractId = await createContract(owner.clerk);
  const accountId = await createBudgetAccount(owner.clerk);
  const jointServiceId = await createPlannedYear(owner.clerk, 2024);
  const ids = {
    assetId: await createAsset(owner, grantId, lineOf("2.4")),
    ...{ grantId, envelopeId, applicationId, resolutionId, schoolId, contractId, accountId },
    ...{ id: grantId, jointServiceId, exportId: await createExport(owner) },
  };
  const { module } = routes.find((route) => route.name === name)!;
  const params = {
    kind: "grant",
    year: "2024",
    formKey: "anbest-p-belegliste",
    [param]: ids[param],
  };
  const read = async (user: typeof owner.clerk) =>
    answer(async () => (module.loader as (args: unknown) => unknown)(await get(user, "/", params)));

  const stranger = await createOffice();
  expect((await read(owner.clerk)).status).toBe(200);
  expect((await read(stranger.clerk)).status).toBe(404);
});

async function createExport({ clerk }: Office) {
  const id = randomUUID();
  const asked = { kind: "workbook", scope: { asOf: "2021-12-31" }, moment: new Date() } as const;
  accepted(await orderExport(clerk, id, asked));
  return id;
}

async function createAsset(owner: Office, grantId: string, lineId: string) {
  const invoiceId = randomUUID();
  const draft = invoiceDraft([invoiceLine(lineId, "3000")]);
  accepted(await recordInvoice(owner.clerk, invoiceId, { grantId }, draft));
  return inventory({ ...owner, schools: await listSchools(owner.clerk) }, invoiceId);
}

const nobody = "00000000-0000-4000-8000-000000000000";

function everyParam(id: string) {
  return Object.fromEntries(
    ["grantId", "envelopeId", "applicationId", "schoolId", "orderId", "invoiceId", "drawdownId"]
      .concat([
        "exportId",
        "jointServiceId",
        "costShareId",
        "userId",
        "draftId",
        "attachmentId",
        "importId",
      ])
      .concat([
        "markId",
        "sampleId",
        "resolutionId",
        "eInvoiceId",
        "contractId",
        "assetId",
        "accountId",
      ])
      .map((name) => [name, id])
      .concat([
        ["year", "2024"],
        ["secret", "x"],
      ]),
  );
}
