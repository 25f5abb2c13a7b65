import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { directorySignOut } from "#app/directory.server.ts";
import { endSession, findSession } from "#app/session.server.ts";
import { linkOrigin } from "#app/sign-in.server.ts";
import { forgetTyped } from "#app/typed-form.server.ts";

export async function action({ request }: ActionFunctionArgs) {
  const isOfDirectory = (await findSession(request))?.session.begunBy.startsWith("directory");
  // Pages are kept nowhere; whatever an open one may have put by in the browser goes too.
  const headers = new Headers({ "Clear-Site-Data": '"storage"' });
  headers.append("Set-Cookie", await endSession(request));
  headers.append("Set-Cookie", forgetTyped());
  const place = isOfDirectory ? await directorySignOut(linkOrigin(request)).catch(() => "") : "";
  return redirect(place ? "/login/signed-out" : "/login", { headers });
}

export function loader() {
  return redirect("/");
}
