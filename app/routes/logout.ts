import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { directorySignOut } from "#app/directory.server.ts";
import { endSession, findSession } from "#app/session.server.ts";
import { linkOrigin } from "#app/sign-in.server.ts";

export async function action({ request }: ActionFunctionArgs) {
  const isOfDirectory = (await findSession(request))?.session.begunBy.startsWith("directory");
  const headers = { "Set-Cookie": await endSession(request) };
  const place = isOfDirectory ? await directorySignOut(linkOrigin(request)).catch(() => "") : "";
  return redirect(place ? "/login/signed-out" : "/login", { headers });
}

export function loader() {
  return redirect("/");
}
