/** The sheet of audit marks (Prüfung) of the audit workbook: what stood on file by its day. */
import { dayIn } from "#app/clock.server.ts";
import { type AuditMarkRow, standingMarks } from "#app/domain/audit-mark.ts";
import type { Day } from "#app/domain/calendar.ts";
import type { User } from "#app/domain/permission.ts";
import type { Reader } from "#db/client.ts";
import { listAuditMarks } from "./audit-marks.server.ts";

export async function loadAuditMarkRows(
  reader: Reader,
  user: User,
  { grantId, asOf }: { grantId?: string; asOf: Day },
): Promise<AuditMarkRow[]> {
  const all = await listAuditMarks(user, { grantId }, reader);
  const marks = all.filter(({ createdAt }) => dayIn(createdAt) <= asOf);
  const standing = new Set(standingMarks(marks).map(({ id }) => id));
  return marks.map((mark) => ({
    ...mark,
    isStanding: mark.kind === "withdrawal" || standing.has(mark.id),
    markedAt: mark.createdAt.toISOString(),
  }));
}
