import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { z } from "zod";
import { choice, readForm } from "#app/form.ts";
import { idParam, notFound } from "#app/http.ts";
import { setUserActive } from "#app/records/users.server.ts";
import { requireUser } from "#app/session.server.ts";

const accessForm = z.object({ isActive: choice(["yes", "no"]) });

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "manage_users");
  const form = await readForm(request, accessForm);
  if (form.status !== "success") notFound();
  await setUserActive(user, idParam(params.userId), form.value.isActive === "yes");
  return redirect("/users");
}

export function loader() {
  return redirect("/users");
}
