/** What auditors read and what leaves the program as a file, in the change log. */
import { createHash } from "node:crypto";
import type { User } from "#app/domain/permission.ts";
import { isInvitedRole } from "#app/domain/roles.ts";
import { unavailable } from "#app/http.ts";
import { OperatorError } from "#app/operator-error.ts";
import { requestAddress } from "#app/request.server.ts";
import { forAuthority } from "#db/authority.ts";
import { db, outsideOfReading } from "#db/client.ts";
import { requireAuthority } from "./authorities.server.ts";
import { logChange } from "./changes.server.ts";
import { recordHead } from "./heads.server.ts";
import { accountsOf } from "./sign-in-accounts.server.ts";

/** Whoever reads from outside or to audit, and whose reading is therefore kept. */
function isObserver({ roles }: User): boolean {
  return roles.some(isInvitedRole);
}

/** That an auditor opened a page, with what was asked of it; others' reading is nobody's business. */
export async function logReading(user: User, url: string): Promise<void> {
  if (!isObserver(user)) return;
  const { pathname, search } = new URL(url);
  // It looks again by itself, and shows nothing of the books.
  if (/^\/exports\/[^/]+$/.test(pathname)) return;
  // Its address is a secret that is not used yet.
  if (/^\/(invitation|reset)\//.test(pathname)) return;
  await logChange(db, user, "page_read", { text: pathname + search });
}

/** That somebody signed in, with all that was asked for. */
export async function logSignIn(user: User): Promise<void> {
  await logChange(db, user, "signed_in", { id: user.id, text: user.email });
}

/** That somebody gave a wrong password for an account that exists, with the address that asked. */
export async function logWrongPassword(email: string): Promise<void> {
  for (const { user } of await accountsOf(email)) {
    await forAuthority(user.schoolAuthorityId, () =>
      logChange(db, user, "sign_in_refused", { id: user.id, text: asking(user.email) }),
    );
  }
}

/** The same for a wrong code of the second factor. */
export async function logWrongCode(user: User): Promise<void> {
  await logChange(db, user, "code_refused", { id: user.id, text: asking(user.email) });
}

function asking(email: string): string {
  return [email, requestAddress()].filter(Boolean).join(", von ");
}

/** That an auditor took a file, with the SHA-256 of its bytes. */
export async function logDownload(
  user: User,
  file: { id?: string; name: string } & ({ hash: string } | { bytes: Uint8Array }),
): Promise<void> {
  if (!isObserver(user)) return;
  const hash = "hash" in file ? file.hash : createHash("sha256").update(file.bytes).digest("hex");
  const { id, name } = file;
  await outsideOfReading(() =>
    logChange(db, user, "file_downloaded", { id, text: name, after: { "SHA-256": hash } }),
  );
}

/**
 * That a workbook or another export of the books was made, whoever asked for it: with its SHA-256, and the heads of the books
 * written outside the database. Ends the request with a sentence where they can't be written.
 */
export async function logExport(
  user: User,
  name: string,
  hash: string,
  deed: "workbook_exported" | "export_made" | "export_downloaded" = "workbook_exported",
): Promise<void> {
  try {
    await recordHead(await requireAuthority(user), "export");
  } catch (error) {
    if (error instanceof OperatorError) unavailable(error.message);
    throw error;
  }
  await logChange(db, user, deed, { text: name, after: { "SHA-256": hash } });
}

/** That somebody took a finished export, or a part of it: whoever it was, with the SHA-256 of the whole. */
export async function logExportDownload(
  user: User,
  taken: { id: string; name: string; hash: string },
  part?: { from: number; to: number },
): Promise<void> {
  const { id, name, hash } = taken;
  const after = { "SHA-256": hash, ...(part && { Bytes: `${part.from} bis ${part.to}` }) };
  await logChange(db, user, "export_downloaded", { id, text: name, after });
}
