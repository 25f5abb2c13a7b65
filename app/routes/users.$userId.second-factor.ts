import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { idParam } from "#app/http.ts";
import { resetSecondFactor } from "#app/records/second-factors.server.ts";
import { requireUser } from "#app/session.server.ts";
import { tellFactorChanged } from "#app/sign-in.server.ts";

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "manage_users");
  const id = idParam(params.userId);
  const person = await resetSecondFactor(user, id);
  await tellFactorChanged(user, "reset", person);
  return redirect(`/users/${id}?done=factor`);
}

export function loader() {
  return redirect("/users");
}
