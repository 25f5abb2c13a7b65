/** A browser of the tests: it keeps cookies from one call to the next, as a real one does. */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { settings } from "#app/env.server.ts";
import { versionOfDemand } from "#app/records/sign-in-settings.server.ts";
import { answer, get, post } from "./request.ts";

type Run = (args: never) => unknown;

export function createBrowser() {
  const cookies = new Map<string, string>();
  const call = async (run: Run, args: Awaited<ReturnType<typeof get>>) => {
    const jar = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    if (jar) args.request.headers.set("Cookie", jar);
    let headers: Headers | undefined;
    const answered = await answer(async () => {
      const result = await Promise.resolve()
        .then(() => run(args as never))
        .catch((thrown: unknown) => thrown);
      if (result instanceof Response) headers = result.headers;
      else headers = new Headers((result as { init?: ResponseInit } | null)?.init?.headers);
      if (result instanceof Error) throw result;
      return result;
    });
    for (const line of headers?.getSetCookie() ?? []) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (/Max-Age=0/.test(line)) cookies.delete(name!);
      else cookies.set(name!, value!);
    }
    return answered;
  };
  return {
    cookies,
    get: async (run: Run, path: string, params = {}) =>
      call(run, await get(undefined, path, params)),
    post: async (run: Run, path: string, form: Record<string, string>, params = {}) =>
      call(run, await post(undefined, path, form, params)),
  };
}

/** Mails to an address, as they lie in the mailbox of files, each decoded. */
export async function mailsTo(email: string): Promise<string[]> {
  const names = await readdir(settings.mail.folder).catch(() => []);
  const mails = await Promise.all(
    names.sort().map((name) => readFile(path.join(settings.mail.folder, name), "utf8")),
  );
  return mails.filter((mail) => mail.includes(`To: ${email}`)).map(decoded);
}

/** Plain text as mail carries it: quoted-printable. */
function decoded(mail: string): string {
  const bytes = mail
    .replace(/=\r\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}

/** The form that demands a second factor of a role, where none was demanded before. */
export function demanded(secondFactorRoles: string) {
  return { secondFactorRoles, version: versionOfDemand([]) };
}
