import type { LoaderFunctionArgs } from "@remix-run/node";
import { download, idParam, notFound } from "#app/http.ts";
import { requireCarriedFile } from "#app/records/e-invoice-files.server.ts";
import { logDownload } from "#app/records/access-log.server.ts";
import { requireUser } from "#app/session.server.ts";

/** A file that an e-invoice carries: handed out only, under a type that no browser runs. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "read_books");
  const position = /^\d{1,3}$/.test(params.position ?? "") ? Number(params.position) : notFound();
  const file = await requireCarriedFile(user, idParam(params.eInvoiceId), position);
  await logDownload(user, { name: file.name, bytes: file.bytes });
  const response = download(file.bytes, file.name, "application/octet-stream", file.bytes.length);
  response.headers.set("Content-Security-Policy", "default-src 'none'; sandbox");
  return response;
}
