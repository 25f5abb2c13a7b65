/** What the pages of signing in do alike: begin a session, give links an address, tell what has changed. */
import { redirect } from "@remix-run/node";
import { type Account, currentAccess, withinAccess } from "./audit-access.server.ts";
import {
  forgetSignIn,
  recallRecognised,
  type Recognised,
  rememberRecognised,
} from "./directory.server.ts";
import type { User } from "./domain/permission.ts";
import type { LinkPurpose } from "./domain/password-link.ts";
import { demandsSecondFactor } from "./domain/second-factor.ts";
import type { SessionBegin } from "./domain/session.ts";
import { settings } from "./env.server.ts";
import {
  invitationMail,
  passwordChangedMail,
  renewedLinkMail,
  secondFactorMail,
} from "./german/mails.ts";
import { isMailKept, type Mail, sendLater, sendMail } from "./mail.server.ts";
import { logSignIn } from "./records/access-log.server.ts";
import { requireAuthority } from "./records/authorities.server.ts";
import { linkDirectory } from "./records/directory-links.server.ts";
import { findLinked, type RenewedLink } from "./records/password-links.server.ts";
import { findSecondFactor } from "./records/second-factors.server.ts";
import { endSession, startSession } from "./session.server.ts";
import { beginTry } from "./sign-in-limits.server.ts";
import { isLoopback } from "./sign-in-settings.ts";
import { forAuthority } from "#db/authority.ts";

/** Begins the session of somebody whose password is right, and asks for the code where they have one. */
export function signIn(request: Request, user: User, then: string) {
  // Whoever else is signed in at this browser: no factor is seen, and so none asked for, of another authority.
  return forAuthority(user.schoolAuthorityId, () => begin(request, user, "password", then));
}

async function begin(request: Request, user: User, begunBy: SessionBegin, then: string) {
  const factor = begunBy === "directory_with_factor" ? undefined : await findSecondFactor(user);
  const awaitsCode = Boolean(factor?.confirmedAt);
  // Who signs in anew leaves the session that this browser had.
  await endSession(request);
  if (!awaitsCode) await logSignIn(user);
  const headers = new Headers();
  headers.append("Set-Cookie", await startSession(user.id, { request, begunBy, awaitsCode }));
  if (begunBy !== "password") headers.append("Set-Cookie", forgetSignIn());
  else if (!awaitsCode) await linkRecognised(request, user, headers, false);
  const next = ownAddress(then, request.url);
  return redirect(awaitsCode ? `/login/code?${new URLSearchParams({ then: next })}` : next, {
    headers,
  });
}

/**
 * Links the account with the person whom the directory recognised just before, and forgets them: only when somebody has
 * signed in by all that the account asks for. Where a second factor is demanded and not set up yet, the link waits for
 * another time.
 */
export async function linkRecognised(
  request: Request,
  user: User,
  headers: Headers,
  hasGivenCode: boolean,
): Promise<void> {
  const recognised = recallRecognised(request);
  if (!recognised) return;
  headers.append("Set-Cookie", forgetSignIn());
  const { secondFactorRoles } = await requireAuthority(user);
  if (!hasGivenCode && demandsSecondFactor(user.roles, secondFactorRoles)) return;
  await linkDirectory(user, recognised);
}

/**
 * Begins the session of somebody whom the directory recognised. An account that is not linked with that person is not
 * opened by its address alone: its owner signs in with password and code once, and is linked by that.
 */
export function signInByDirectory(
  request: Request,
  { user: account, isLinked }: { user: Account; isLinked: boolean },
  recognised: Recognised,
) {
  const { begunBy, then } = recognised;
  return forAuthority(account.schoolAuthorityId, async () => {
    const { state } = await currentAccess(account.id);
    const user = await withinAccess(account);
    if (state !== "open" || !user) {
      return redirect("/login?done=closed", { headers: { "Set-Cookie": forgetSignIn() } });
    }
    if (!isLinked) {
      const headers = { "Set-Cookie": rememberRecognised(recognised) };
      return redirect(`/login?${new URLSearchParams({ done: "link", then })}`, { headers });
    }
    return begin(request, user, begunBy, then);
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
  person: { name: string; email: string; authority: string; role: string; until?: string },
  secret: string,
): Promise<string | null> {
  const link = `${linkOrigin(request)}/invitation/${secret}`;
  return sendLink({ to: person.email, ...invitationMail(person, link) }, link);
}

/** The same for a link that an administrator gives anew. */
export function sendRenewed(
  request: Request,
  { name, email, purpose, secret }: RenewedLink,
  authority: string,
): Promise<string | null> {
  const link = `${linkOrigin(request)}/${purpose}/${secret}`;
  return sendLink({ to: email, ...renewedLinkMail({ name, authority }, purpose, link) }, link);
}

async function sendLink(mail: Mail, link: string): Promise<string | null> {
  try {
    await sendMail(mail);
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
