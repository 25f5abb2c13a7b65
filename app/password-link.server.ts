/** The two pages that set a password by a link: their answers, and what goes with them. */
import { data, redirect } from "@remix-run/node";
import { z } from "zod";
import type { LinkPurpose } from "./domain/password-link.ts";
import { readForm, rejected, secret } from "./form.ts";
import { unequalPasswords, waitSentence } from "./german/sign-in-words.ts";
import { problemOf } from "./german/words.ts";
import { setPasswordByLink } from "./records/password-links.server.ts";
import { letInFromHere } from "./sign-in-limits.server.ts";
import { openLink, tellPasswordChanged } from "./sign-in.server.ts";

const passwordForm = z.object({ password: secret, passwordAgain: secret });

/** Whom the link greets; null for one that is used up. Too many made up ones end the request with 429. */
export async function greeted(secret: string | undefined, purpose: LinkPurpose) {
  const opened = await openLink(secret, purpose);
  if ("seconds" in opened) throw tooMany(opened.seconds);
  const { name, email, authority } = opened.linked ?? {};
  return name && email && authority ? { name, email, authority } : null;
}

export async function setPassword(
  request: Request,
  secret: string | undefined,
  purpose: LinkPurpose,
) {
  const form = await readForm(request, passwordForm);
  if (form.status !== "success") return rejected(form);
  const { password, passwordAgain } = form.value;
  if (password !== passwordAgain) {
    return rejected(form, { field: "passwordAgain", sentence: unequalPasswords });
  }
  const opened = await openLink(secret, purpose);
  if ("seconds" in opened) throw tooMany(opened.seconds);
  const { linked } = opened;
  const violation = linked
    ? await setPasswordByLink(secret, password)
    : ({ field: "password", rule: "link_used_up" } as const);
  if (violation) return rejected(form, problemOf(violation));
  await letInFromHere(linked!.email);
  tellPasswordChanged(linked!);
  return redirect("/login?done=password");
}

function tooMany(seconds: number) {
  return data(waitSentence(seconds), {
    status: 429,
    headers: { "Retry-After": String(seconds) },
  });
}
