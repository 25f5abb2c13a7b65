import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { finishDirectorySignIn, forgetSignIn, rememberRecognised } from "#app/directory.server.ts";
import { settings } from "#app/env.server.ts";
import { notFound } from "#app/http.ts";
import { findDirectoryAccounts } from "#app/records/directory-links.server.ts";
import { linkOrigin, signInByDirectory } from "#app/sign-in.server.ts";

/** Where the directory leads back to. */
export async function loader({ request }: LoaderFunctionArgs) {
  if (!settings.directory) notFound();
  const headers = { "Set-Cookie": forgetSignIn() };
  const recognised = await finishDirectorySignIn(request, linkOrigin(request)).catch(report);
  if (!recognised) return redirect("/login?done=refused", { headers });
  const accounts = await findDirectoryAccounts(recognised);
  const [account, ...others] = accounts;
  if (!account) return redirect("/login?done=unknown", { headers });
  if (others.length === 0) return signInByDirectory(request, account, recognised);
  const cookie = rememberRecognised(recognised);
  return redirect("/login/directory/choice", { headers: { "Set-Cookie": cookie } });
}

/** The kind of error only: its text may hold what the directory sent. */
function report(error: unknown): undefined {
  const { name, code } = error as { name?: string; code?: string };
  console.error(`Eine Anmeldung über das Verzeichnis ist abgelehnt: ${code ?? name}`);
}
