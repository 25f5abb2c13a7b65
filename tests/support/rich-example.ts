/** The example's authority with all that a route can name, and its rows as the owner of the tables sees them. */
import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { User } from "#app/domain/permission.ts";
import { attachFile } from "#app/records/attachments.server.ts";
import { saveDraft } from "#app/records/application-drafts.server.ts";
import { recordInvitation } from "#app/records/audit-accesses.server.ts";
import { recordAuditMark } from "#app/records/audit-marks.server.ts";
import { recordSample } from "#app/records/audit-samples.server.ts";
import { orderExport } from "#app/records/exports.server.ts";
import { listGrants } from "#app/records/grants.server.ts";
import { requireAgreement } from "#app/records/joint-agreements.server.ts";
import { submitProof } from "#app/records/proofs.server.ts";
import { db } from "#db/client.ts";
import { tableRights } from "#db/table-rights.ts";
import { personOfExample } from "./asking.ts";
import { recordStatement, transfer } from "./bank.ts";
import { accepted, createOffice } from "./factories.ts";
import { link, offer } from "./joint-link.ts";
import { createPlannedYear } from "./joint-year.ts";
import { ownerDb } from "./owner.ts";
import { idSources, openParams } from "./route-ids.ts";

/** Number and hash of an authority's rows, table by table, as the owner of the tables sees them. */
export async function rowsOf({ schoolAuthorityId }: User): Promise<Record<string, string>> {
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
export async function addWhatTheExampleLacks(owner: User) {
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

/** A real id of the authority for each parameter that names something of an authority. */
export async function idsOf({ schoolAuthorityId, id }: User): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [param, make] of Object.entries(idSources)) {
    const [row] = await db.execute<{ id: string }>(make(schoolAuthorityId, id));
    if (row) found[param] = row.id;
  }
  return found;
}
