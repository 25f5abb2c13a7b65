import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { z } from "zod";
import { choice, readForm } from "#app/form.ts";
import { idParam, notFound } from "#app/http.ts";
import { requirePerson } from "#app/records/roles.server.ts";
import { setUserActive } from "#app/records/users.server.ts";
import { tellingRights } from "#app/rights-notice.server.ts";
import { requireUser } from "#app/session.server.ts";

const accessForm = z.object({ isActive: choice(["yes", "no"]) });

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "manage_users");
  const form = await readForm(request, accessForm);
  if (form.status !== "success") notFound();
  const { id, email } = await requirePerson(user, idParam(params.userId));
  await tellingRights(user, email, () => setUserActive(user, id, form.value.isActive === "yes"));
  const done = form.value.isActive === "yes" ? "unlocked" : "locked";
  return redirect(`/users/${id}?done=${done}`);
}

export function loader() {
  return redirect("/users");
}
