/** Certifications (Feststellungen) that invoices are right in substance and in their arithmetic. */
import { and, asc, desc, eq, sql } from "drizzle-orm";
import { today } from "#app/clock.server.ts";
import {
  type CertificationDraft,
  type CertificationViolation,
  checkCertification,
} from "#app/domain/certification.ts";
import type { User } from "#app/domain/permission.ts";
import { notFound } from "#app/http.ts";
import { db, type Transaction } from "#db/client.ts";
import { grants } from "#db/schema/grants.ts";
import { invoiceLines, invoices } from "#db/schema/invoices.ts";
import { suppliers } from "#db/schema/orders.ts";
import { certifications } from "#db/schema/payments.ts";
import { users } from "#db/schema/users.ts";
import { requireAuthority } from "./authorities.server.ts";
import { logChange } from "./changes.server.ts";
import { requireInvoice } from "./invoices.server.ts";
import { lockBooks, post } from "./journal.server.ts";
import { standing, stands } from "./standing.server.ts";

/** Invoices of the authority that nobody has certified, oldest first. */
export async function listUncertified(user: User) {
  const rows = await db
    .select({
      id: invoices.id,
      number: invoices.number,
      invoicedOn: invoices.invoicedOn,
      overOrderReason: invoices.overOrderReason,
      roundingReason: invoices.roundingReason,
      supplier: suppliers.name,
      place: sql<string>`coalesce(${grants.fileNumber}, 'Haushalt ' || ${invoices.fiscalYear})`,
      recordedBy: users.name,
      recordedById: users.id,
      hasFile: sql<boolean>`exists (select 1 from attachments a
        where a.school_authority_id = ${invoices.schoolAuthorityId} and a.subject_id = ${invoices.id}
          and not exists (select 1 from attachment_withdrawals w where w.attachment_id = a.id))`,
      grossAmount:
        sql`(select sum(gross_amount) from invoice_lines l where l.invoice_id = ${invoices.id})`.mapWith(
          invoiceLines.grossAmount,
        ),
    })
    .from(invoices)
    .innerJoin(suppliers, eq(suppliers.id, invoices.supplierId))
    .leftJoin(grants, eq(grants.id, invoices.grantId))
    .innerJoin(
      users,
      sql`${users.id} = (select recorded_by from entries e
      where e.document_id = ${invoices.id} order by e.number limit 1)`,
    )
    .where(
      and(
        eq(invoices.schoolAuthorityId, user.schoolAuthorityId),
        stands(invoices),
        sql`not exists (select 1 from certifications c
          where c.invoice_id = ${invoices.id} and ${standing(sql`c.id`)})`,
        sql`not exists (select 1 from payments p
          where p.invoice_id = ${invoices.id} and ${standing(sql`p.id`)})`,
      ),
    )
    .orderBy(asc(invoices.invoicedOn), asc(invoices.createdAt));
  const { fourEyes } = await requireAuthority(user);
  return rows.map(({ recordedById, ...row }) => {
    return { ...row, isOwn: fourEyes && recordedById === user.id };
  });
}

/** Certifies one invoice, or says which rule stands against it. */
export function certifyInvoice(
  user: User,
  invoiceId: string,
  draft: CertificationDraft,
): Promise<CertificationViolation | undefined> {
  return db.transaction((tx) => certifyWithin(tx, user, invoiceId, draft));
}

/** Certifies several invoices, all or none; names the first that may not be. */
export function certifyInvoices(
  user: User,
  invoiceIds: string[],
  draft: CertificationDraft,
): Promise<{ number: string; violation: CertificationViolation } | undefined> {
  return db
    .transaction(async (tx) => {
      for (const id of invoiceIds) {
        const violation = await certifyWithin(tx, user, id, draft);
        if (!violation) continue;
        const { number } = await requireInvoice(user, id, tx);
        throw new Refused({ number, violation });
      }
      return undefined;
    })
    .catch((error: unknown) => {
      if (error instanceof Refused) return error.refusal;
      throw error;
    });
}

/** Ends the transaction: what was certified before the refused one is not. */
class Refused extends Error {
  constructor(readonly refusal: { number: string; violation: CertificationViolation }) {
    super(refusal.violation.rule);
  }
}

async function certifyWithin(
  tx: Transaction,
  user: User,
  invoiceId: string,
  draft: CertificationDraft,
): Promise<CertificationViolation | undefined> {
  await lockBooks(tx, user, "certify");
  const invoice = await requireInvoice(user, invoiceId, tx);
  if (!invoice.stands) notFound();
  const { fourEyes } = await requireAuthority(user, tx);
  const violation = checkCertification(
    draft,
    {
      ...invoice,
      isCertified: invoice.certification !== null,
      recordedBy: invoice.recordedBy.id,
    },
    { certifier: user.id, fourEyes, today: today() },
  );
  if (violation) return violation;

  const { schoolAuthorityId } = user;
  const [earlier] = await tx
    .select({ id: certifications.id })
    .from(certifications)
    .where(
      and(
        eq(certifications.invoiceId, invoiceId),
        eq(certifications.schoolAuthorityId, schoolAuthorityId),
      ),
    )
    .orderBy(desc(certifications.createdAt))
    .limit(1);
  const [certification] = await tx
    .insert(certifications)
    .values({
      ...draft,
      schoolAuthorityId,
      invoiceId,
      certifiedBy: user.id,
      supersedesId: earlier?.id ?? null,
    })
    .returning();
  const moved = await post(tx, user, { kind: "certification", id: certification!.id });
  const text = `${invoice.number}, ${invoice.supplier}`;
  await logChange(tx, user, "invoice_certified", {
    ...{ id: invoiceId, text, moved },
    before: { Rechnung: "erfasst" },
    after: { Rechnung: "sachlich und rechnerisch richtig" },
  });
}
