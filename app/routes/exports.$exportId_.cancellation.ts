import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { stopExport } from "#app/exporting/queue.server.ts";
import { idParam } from "#app/http.ts";
import { requireUser } from "#app/session.server.ts";

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "export_books");
  const id = idParam(params.exportId);
  await stopExport(user, id);
  return redirect(`/exports/${id}`);
}

export function loader() {
  return redirect("/exports");
}
