import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { beginDirectorySignIn } from "#app/directory.server.ts";
import { settings } from "#app/env.server.ts";
import { notFound } from "#app/http.ts";
import { linkOrigin, ownAddress, thenOf } from "#app/sign-in.server.ts";

/** Leads to the directory. */
export async function loader({ request }: LoaderFunctionArgs) {
  if (!settings.directory) notFound();
  const then = ownAddress(thenOf(request), request.url);
  try {
    const { url, cookie } = await beginDirectorySignIn(linkOrigin(request), then);
    return redirect(url, { headers: { "Set-Cookie": cookie } });
  } catch (error) {
    console.error(`Das Verzeichnis antwortet nicht: ${(error as Error).name}`);
    return redirect("/login?done=refused");
  }
}
