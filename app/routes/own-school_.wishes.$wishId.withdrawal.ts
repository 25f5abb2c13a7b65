import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { idParam } from "#app/http.ts";
import { endWish } from "#app/records/school-wishes.server.ts";
import { requireUser } from "#app/session.server.ts";

/** Sent again, or answered meanwhile, nothing changes: the page says what became of it. */
export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "wish");
  await endWish(user, idParam(params.wishId), { end: "withdrawn", reason: "" });
  return redirect("/own-school");
}

export function loader() {
  return redirect("/own-school");
}
