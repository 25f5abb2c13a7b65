import { randomUUID } from "node:crypto";
import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { startWaiting, waitForExport } from "#app/exporting/queue.server.ts";
import { idParam } from "#app/http.ts";
import { orderExport, requireExport, scopeOfExport } from "#app/records/exports.server.ts";
import { requireUser } from "#app/session.server.ts";

/** The same again, of the same two days: what was booked since does not come in. */
export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "export_books");
  const made = await requireExport(user, idParam(params.exportId));
  const id = randomUUID();
  const asked = { kind: made.kind, scope: scopeOfExport(made), moment: made.knownOn };
  const violation = await orderExport(user, id, asked);
  if (violation) return redirect(`/audit?refused=${violation.rule}`);
  await startWaiting();
  await waitForExport(id);
  return redirect(`/exports/${id}`);
}

export function loader() {
  return redirect("/exports");
}
