/** What the pages of signing in do alike: begin a session, give links an address, tell what has changed. */
import { redirect } from "@remix-run/node";
import { type Account, currentAccess, withinAccess } from "./audit-access.server.ts";
import { forgetSignIn, type Recognised } from "./directory.server.ts";
import type { User } from "./domain/permission.ts";
import type { LinkPurpose } from "./domain/password-link.ts";
import type { SessionBegin } from "./domain/session.ts";
import { settings } from "./env.server.ts";
import { invitationMail, passwordChangedMail, secondFactorMail } from "./german/mails.ts";
import { isMailKept, sendLater, sendMail } from "./mail.server.ts";
import { logSignIn } from "./records/access-log.server.ts";
import { requireAuthority } from "./records/authorities.server.ts";
import { linkDirectory } from "./records/directory-links.server.ts";
import { findLinked } from "./records/password-links.server.ts";
import { findSecondFactor } from "./records/second-factors.server.ts";
import { endSession, startSession } from "./session.server.ts";
import { beginTry } from "./sign-in-limits.server.ts";
import { isLoopback } from "./sign-in-settings.ts";
import { forAuthority } from "#db/authority.ts";

/**
 * Begins the session of somebody whose password or directory is right, and asks for the code where they have one.
 * @param cookie of the sign-in, which has done its work
 */
export function signIn(
  request: Request,
  user: User,
  begunBy: SessionBegin,
  then: string,
  cookie?: string,
) {
  // Whoever else is signed in at this browser: no factor is seen, and so none asked for, of another authority.
  return forAuthority(user.schoolAuthorityId, () => begin(request, user, begunBy, then, cookie));
}

async function begin(
  request: Request,
  user: User,
  begunBy: SessionBegin,
  then: string,
  cookie: string | undefined,
) {
  const factor = begunBy === "directory_with_factor" ? undefined : await findSecondFactor(user);
  const awaitsCode = Boolean(factor?.confirmedAt);
  // Who signs in anew leaves the session that this browser had.
  await endSession(request);
  if (!awaitsCode) await logSignIn(user);
  const headers = new Headers();
  headers.append("Set-Cookie", await startSession(user.id, { request, begunBy, awaitsCode }));
  if (cookie) headers.append("Set-Cookie", cookie);
  const next = ownAddress(then, request.url);
  return redirect(awaitsCode ? `/login/code?${new URLSearchParams({ then: next })}` : next, {
    headers,
  });
}

/** Begins the session of somebody whom the directory recognised, and remembers who that is. */
export function signInByDirectory(request: Request, account: Account, recognised: Recognised) {
  const { begunBy, then } = recognised;
  return forAuthority(account.schoolAuthorityId, async () => {
    const { state } = await currentAccess(account.id);
    const user = await withinAccess(account);
    if (state !== "open" || !user) {
      return redirect("/login?done=closed", { headers: { "Set-Cookie": forgetSignIn() } });
    }
    await linkDirectory(user, recognised);
    return begin(request, user, begunBy, then, forgetSignIn());
  });
}

/** Where the request's page was on the way to. */
export function thenOf(request: Request): string {
  return new URL(request.url).searchParams.get("then") ?? "/";
}

/** Sends nobody to another site: read as a browser reads it, "/\t/example.org" is one. */
export function ownAddress(then: string, here: string): string {
  const url = URL.canParse(then, here) ? new URL(then, here) : undefined;
  return url?.origin === new URL(here).origin ? url.pathname + url.search : "/";
}

/**
 * Under which address links in mails lead here. Without the setting only this machine's own names are believed of a
 * request: whoever asks for somebody's new password must not choose where that person's link leads.
 */
export function linkOrigin(request: Request): string {
  if (settings.origin) return settings.origin;
  const url = new URL(request.url);
  return isLoopback(url) ? url.origin : `http://localhost:${settings.port}`;
}

/**
 * Sends an invitation; gives its link where the administrator has to hand it over: mail is kept on this machine, or
 * the server did not take it.
 */
export async function invite(
  request: Request,
  person: { name: string; email: string; authority: string },
  secret: string,
): Promise<string | null> {
  const link = `${linkOrigin(request)}/invitation/${secret}`;
  try {
    await sendMail({ to: person.email, ...invitationMail(person, link) });
  } catch {
    return link;
  }
  return isMailKept() ? link : null;
}

/** Tells somebody that their password is another one now. */
export function tellPasswordChanged(person: { name: string; email: string; authority: string }) {
  sendLater({ to: person.email, ...passwordChangedMail(person) });
}

/** Tells somebody that their second factor is another one now. */
export async function tellFactorChanged(
  user: User,
  change: "set_up" | "ended" | "reset",
  person: { name: string; email: string } = user,
) {
  const { name: authority } = await requireAuthority(user);
  sendLater({
    to: person.email,
    ...secondFactorMail({ name: person.name, authority }, change),
  });
}

/** Whose password a link sets, with the tries of made up secrets counted; the seconds to wait for too many. */
export async function openLink(secret: string | undefined, purpose: LinkPurpose) {
  const heard = await beginTry("link", secret ?? "");
  if ("seconds" in heard) return heard;
  const linked = await findLinked(secret);
  const isRight = linked?.purpose === purpose;
  await (isRight ? heard.isRight() : heard.isWrong());
  return { linked: isRight ? linked : undefined };
}
