import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createReadableStreamFromReadable, type LoaderFunctionArgs } from "@remix-run/node";
import parseRange from "range-parser";
import { fileOf } from "#app/exporting/place.server.ts";
import { exportProblems } from "#app/german/export-words.ts";
import { download, idParam, notFound, unavailable } from "#app/http.ts";
import { logExportDownload } from "#app/records/access-log.server.ts";
import { requireExport } from "#app/records/exports.server.ts";
import { requireUser } from "#app/session.server.ts";

const types = {
  workbook: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  dossier: "application/zip",
  z3: "application/zip",
};

/** The file of a finished export, whole or the part that is asked for: a download goes on where it broke off. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "export_books");
  const { id, kind, state, fileName, size, hash } = await requireExport(
    user,
    idParam(params.exportId),
  );
  if (state !== "finished") notFound();
  const found = await stat(fileOf(id)).catch(() => undefined);
  if (found?.size !== size) unavailable(exportProblems.gone);

  const etag = `"${hash}"`;
  const part = askedPart(request, size!, etag);
  if (part === "outside") {
    const headers = { "Content-Range": `bytes */${size}`, "Accept-Ranges": "bytes" };
    return new Response(null, { status: 416, headers });
  }
  const { start, end } = part ?? { start: 0, end: size! - 1 };
  const isAsked = request.method !== "HEAD";
  if (isAsked) {
    const taken = { id, name: fileName!, hash: hash! };
    await logExportDownload(user, taken, part && { from: start, to: end });
  }
  const content = isAsked
    ? createReadableStreamFromReadable(createReadStream(fileOf(id), { start, end }))
    : new Uint8Array();
  const { headers, body } = download(content, fileName!, types[kind], end - start + 1);
  headers.set("Accept-Ranges", "bytes");
  headers.set("ETag", etag);
  if (part) headers.set("Content-Range", `bytes ${start}-${end}/${size}`);
  return new Response(isAsked ? body : null, { status: part ? 206 : 200, headers });
}

/**
 * The one part that is asked for (RFC 9110, 14.2); undefined where the whole is to be sent: no range, several,
 * one of another unit, or one of another file than this (If-Range).
 */
function askedPart(request: Request, size: number, etag: string) {
  const range = request.headers.get("Range");
  if (!range) return undefined;
  const condition = request.headers.get("If-Range");
  if (condition !== null && condition !== etag) return undefined;
  const parts = parseRange(size, range);
  if (parts === -1) return "outside";
  if (parts === -2 || parts.type !== "bytes" || parts.length !== 1) return undefined;
  return parts[0];
}
