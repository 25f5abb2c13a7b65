/** The terms of grants (Bewilligungsbedingungen) in all their versions, as notices laid them down. */
import { and, asc, eq, getTableColumns } from "drizzle-orm";
import type { Day } from "#app/domain/calendar.ts";
import type { NoticeKind } from "#app/domain/notice.ts";
import { isClosing } from "#app/domain/notice.ts";
import { termsAsKept, type TermsVersion } from "#app/domain/terms.ts";
import type { Reader } from "#db/client.ts";
import { grants } from "#db/schema/grants.ts";
import { notices } from "#db/schema/notices.ts";
import { stands } from "./standing.server.ts";

/** A version of the terms with the notice that laid it down. */
export type GrantTermsVersion = TermsVersion & {
  kind: "grant" | NoticeKind;
  noticeOn: string;
  reference: string;
  reason: string;
};

/**
 * Versions of the terms by grant, in the order of their days: the first notice, then those that stand,
 * or that stood on a day.
 */
export async function loadTerms(
  reader: Reader,
  schoolAuthorityId: string,
  grantId?: string,
  asOf?: Day,
): Promise<Map<string, GrantTermsVersion[]>> {
  const first = await reader
    .select()
    .from(grants)
    .where(
      and(
        eq(grants.schoolAuthorityId, schoolAuthorityId),
        grantId ? eq(grants.id, grantId) : undefined,
      ),
    );
  const later = await reader
    .select(getTableColumns(notices))
    .from(notices)
    .where(
      and(
        eq(notices.schoolAuthorityId, schoolAuthorityId),
        grantId ? eq(notices.grantId, grantId) : undefined,
        stands(notices, asOf),
      ),
    )
    .orderBy(asc(notices.validFrom), asc(notices.createdAt));

  const versions = new Map<string, GrantTermsVersion[]>();
  for (const grant of first) {
    const { noticeOn, fileNumber: reference } = grant;
    const version = {
      kind: "grant" as const,
      noticeOn,
      validFrom: noticeOn,
      reference,
      reason: "",
    };
    versions.set(grant.id, [{ ...termsAsKept(grant), ...version, documentId: grant.id }]);
  }
  for (const notice of later) {
    const { kind, noticeOn, validFrom, reference, reason } = notice;
    const version = { kind, noticeOn, validFrom, reference, reason, documentId: notice.id };
    versions.get(notice.grantId)!.push({ ...termsAsKept(notice), ...version });
  }
  return versions;
}

/** True when a final notice or a revocation stands: nothing more is spent. */
export function isClosed(versions: GrantTermsVersion[]): boolean {
  return versions.some(({ kind }) => kind !== "grant" && isClosing(kind));
}
