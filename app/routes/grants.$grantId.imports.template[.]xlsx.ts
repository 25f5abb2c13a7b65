import type { LoaderFunctionArgs } from "@remix-run/node";
import { writeEntryTemplate } from "#app/exports/entry-template.server.ts";
import { download, idParam } from "#app/http.ts";
import { loadEntrySurroundings } from "#app/records/entry-books.server.ts";
import { requireGrant } from "#app/records/grants.server.ts";
import { requireUser } from "#app/session.server.ts";

const xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "record");
  const { id, fileNumber } = await requireGrant(user, idParam(params.grantId));
  const { lines } = await loadEntrySurroundings(user, id);
  const file = await writeEntryTemplate(lines);
  return download(file, `Rechnungen ${fileNumber}.xlsx`, xlsx, file.length);
}
