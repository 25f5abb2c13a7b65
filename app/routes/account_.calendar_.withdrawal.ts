import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { withdrawCalendar } from "#app/records/calendars.server.ts";
import { requireUser } from "#app/session.server.ts";

export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request, "read_remaining");
  await withdrawCalendar(user);
  return redirect("/account/calendar");
}

export function loader() {
  return redirect("/account/calendar");
}
