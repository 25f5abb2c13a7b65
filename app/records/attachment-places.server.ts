/** What a file can belong to: where it is shown, and whether it is on file at all. */
import { and, eq, isNull } from "drizzle-orm";
import type { AttachmentSubject } from "#app/domain/attachment.ts";
import type { DocumentKind } from "#app/domain/journal.ts";
import type { User } from "#app/domain/permission.ts";
import { notFound } from "#app/http.ts";
import { db } from "#db/client.ts";
import { applicationDrafts } from "#db/schema/applications.ts";
import { resolutions, schools } from "#db/schema/authorities.ts";
import { bankStatements } from "#db/schema/bank-statements.ts";
import { eInvoices } from "#db/schema/e-invoices.ts";
import { findDocument } from "./documents.server.ts";
import { isSeen } from "./seen.server.ts";

export type AttachmentPlace = { subject: AttachmentSubject; subjectId: string };

/** The page of the thing, and what it is called; ends the request when it is not on file. */
export async function requirePlace(user: User, place: AttachmentPlace) {
  return (await findPlace(user, place)) ?? notFound();
}

async function findPlace(user: User, { subject, subjectId: id }: AttachmentPlace) {
  if (subject === "school") {
    const [school] = await db
      .select({ title: schools.name })
      .from(schools)
      .where(and(eq(schools.id, id), eq(schools.schoolAuthorityId, user.schoolAuthorityId)));
    return school && { title: school.title, path: `/schools/${id}` };
  }
  // Of the whole authority, and what is not booked yet: not for an auditor with limits.
  if (user.limits && (subject === "resolution" || subject === "bank_statement")) return undefined;
  if (subject === "resolution") {
    const [resolution] = await db
      .select({ number: resolutions.number })
      .from(resolutions)
      .where(
        and(eq(resolutions.id, id), eq(resolutions.schoolAuthorityId, user.schoolAuthorityId)),
      );
    return resolution && { title: `Beschluss ${resolution.number}`, path: `/resolutions/${id}` };
  }
  if (subject === "bank_statement") {
    const [statement] = await db
      .select({ number: bankStatements.statementId })
      .from(bankStatements)
      .where(
        and(
          eq(bankStatements.id, id),
          eq(bankStatements.schoolAuthorityId, user.schoolAuthorityId),
        ),
      );
    return (
      statement && { title: `Kontoauszug ${statement.number}`, path: `/bank-statements/${id}` }
    );
  }
  const document = await findDocument(db, user.schoolAuthorityId, { kind: subject, id });
  if (document && !(await isSeen(db, user, document))) return undefined;
  if (document) return { title: document.title, path: pathOf(subject, id) };
  if (user.limits) return undefined;
  if (subject === "invoice") return findEInvoice(user, id);
  return subject === "application" ? findDraft(user, id) : undefined;
}

/** An e-invoice has its file before it becomes the invoice of the same id. */
async function findEInvoice(user: User, id: string) {
  const [received] = await db
    .select({ id: eInvoices.id })
    .from(eInvoices)
    .where(and(eq(eInvoices.id, id), eq(eInvoices.schoolAuthorityId, user.schoolAuthorityId)));
  return received && { title: "E-Rechnung", path: `/e-invoices/${id}` };
}

/** A draft keeps its files when it becomes the application of the same id. */
async function findDraft(user: User, id: string) {
  const [draft] = await db
    .select({ id: applicationDrafts.id })
    .from(applicationDrafts)
    .where(
      and(
        eq(applicationDrafts.id, id),
        eq(applicationDrafts.schoolAuthorityId, user.schoolAuthorityId),
        isNull(applicationDrafts.submittedAs),
      ),
    );
  return draft && { title: "Antragsentwurf", path: `/applications/drafts/${id}` };
}

/** Documents that have a page of their own besides the one of every document. */
const pagesOf: Partial<Record<DocumentKind, string>> = {
  application: "applications",
  grant: "grants",
  order: "orders",
  invoice: "invoices",
  drawdown: "drawdowns",
  proof_of_use: "proofs",
  cost_share: "cost-shares",
  contract: "contracts",
  asset: "assets",
};

function pathOf(kind: DocumentKind, id: string): string {
  return pagesOf[kind] ? `/${pagesOf[kind]}/${id}` : `/documents/${kind}/${id}`;
}
