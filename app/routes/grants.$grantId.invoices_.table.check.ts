import type { ActionFunctionArgs } from "@remix-run/node";
import { readEntryForm } from "#app/entry-form.ts";
import { checkTableRows } from "#app/entry-table.server.ts";
import { idParam } from "#app/http.ts";
import { requireUser } from "#app/session.server.ts";
import { answerOf } from "./grants.$grantId.invoices.table/grid-answer.ts";

/** The check alone, for a table that is being typed: no page is loaded again for it. */
export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const { id, rows } = await readEntryForm(request);
  const checked = await checkTableRows(user, idParam(params.grantId), rows);
  return Response.json({ ...answerOf(id, rows, checked), rows: [] });
}
