import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { discardExport } from "#app/exporting/queue.server.ts";
import { idParam } from "#app/http.ts";
import { requireUser } from "#app/session.server.ts";

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "export_books");
  const id = idParam(params.exportId);
  await discardExport(user, id);
  return redirect("/exports");
}

export function loader() {
  return redirect("/exports");
}
