import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { idParam } from "#app/http.ts";
import { endSessionsOf } from "#app/records/sessions.server.ts";
import { requireUser } from "#app/session.server.ts";

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "manage_users");
  const id = idParam(params.userId);
  await endSessionsOf(user, id);
  return redirect(`/users/${id}?done=sessions`);
}

export function loader() {
  return redirect("/users");
}
