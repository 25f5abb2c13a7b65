/** What is said at sign-in. */

/** For somebody whose wrong tries were too many; the same for accounts that exist and those that don't. */
export function waitSentence(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  const wait = seconds <= 60 ? `${seconds} Sekunden` : `${minutes} Minuten`;
  return `Zu viele falsche Versuche. Bitte in ${wait} noch einmal versuchen.`;
}
