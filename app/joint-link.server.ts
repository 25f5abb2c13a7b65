/** Codes of offered links (IKZ), with the tries of wrong ones counted: too many end the request with 429. */
import { data } from "@remix-run/node";
import type { User } from "./domain/permission.ts";
import { waitSentence } from "./german/sign-in-words.ts";
import { answerOffer, findOffered } from "./records/joint-link-answers.server.ts";
import { beginTry } from "./sign-in-limits.server.ts";

/** What a code offers. */
export function lookAtOffer(user: User, code: string) {
  return counted(user, () => findOffered(user, code));
}

/** Accepts or declines what a code offers. */
export function answerToOffer(user: User, code: string, isAccepted: boolean) {
  return counted(user, () => answerOffer(user, code, isAccepted));
}

/** The user who asks is counted, not the code: it would be another one each time. */
async function counted<Result extends object>(user: User, ask: () => Promise<Result>) {
  const heard = await beginTry("offer", user.id);
  if ("seconds" in heard) {
    const { seconds } = heard;
    throw data(waitSentence(seconds), {
      status: 429,
      headers: { "Retry-After": String(seconds) },
    });
  }
  const found = await ask();
  await ("violation" in found ? heard.isWrong() : heard.isRight());
  return found;
}
