import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { idParam } from "#app/http.ts";
import { withdrawAuditAccess } from "#app/records/audit-accesses.server.ts";
import { requireUser } from "#app/session.server.ts";

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "manage_users");
  const userId = await withdrawAuditAccess(user, idParam(params.accessId));
  return redirect(`/users/${userId}?done=withdrawn`);
}

export function loader() {
  return redirect("/users");
}
