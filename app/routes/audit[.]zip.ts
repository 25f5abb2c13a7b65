/** The Z3 export as a download: written to a file, sent, and the file removed. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  createReadableStreamFromReadable,
  type LoaderFunctionArgs,
  redirect,
} from "@remix-run/node";
import { askedBook } from "#app/audit-request.server.ts";
import { download } from "#app/http.ts";
import { logExport } from "#app/records/access-log.server.ts";
import { requireUser } from "#app/session.server.ts";
import { writeZ3 } from "#app/z3.server.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "export_books");
  const asked = await askedBook(user, request);
  // The form says what is wrong.
  if ("problems" in asked) return redirect(`/audit${new URL(request.url).search}`);
  const folder = await mkdtemp(path.join(tmpdir(), "paktbuch-"));
  const file = path.join(folder, "z3.zip");
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const { name } = (await writeZ3(user, asked.scope, file, { signal: request.signal }))!;
    const { size } = await stat(file);
    const hash = createHash("sha256");
    for await (const piece of createReadStream(file)) hash.update(piece as Buffer);
    await logExport(user, name, hash.digest("hex"), "export_downloaded");
    const content = createReadStream(file).on("close", remove);
    return download(createReadableStreamFromReadable(content), name, "application/zip", size);
  } catch (error) {
    await remove();
    throw error;
  }
}
