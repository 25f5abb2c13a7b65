/** What is said at sign-in. */

/** For somebody whose wrong tries were too many; the same for accounts that exist and those that don't. */
export function waitSentence(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  const wait = seconds <= 60 ? `${seconds} Sekunden` : `${minutes} Minuten`;
  return `Zu viele falsche Versuche. Bitte in ${wait} noch einmal versuchen.`;
}

/** To whoever typed two passwords where one was meant. */
export const unequalPasswords = "Die beiden Passwörter sind nicht gleich.";

/** What the sign-in page says of what went before. */
export const signInNews = {
  password: { kind: "success", title: "Das Passwort ist festgelegt. Bitte damit anmelden." },
  refused: {
    kind: "warning",
    title: "Die Anmeldung über das Verzeichnis ist nicht gelungen. Bitte noch einmal versuchen.",
  },
  unknown: {
    kind: "warning",
    title:
      "Zu dieser Person gibt es hier keinen Zugang. Bitte wenden Sie sich an die Verwaltung der Zugänge.",
  },
  link: {
    kind: "info",
    title:
      "Das Verzeichnis kennt Sie. Ihr Zugang ist noch nicht damit verbunden: Bitte melden Sie sich dieses eine Mal mit dem Passwort und, wenn Sie einen haben, dem zweiten Faktor an.",
  },
  closed: { kind: "warning", title: "Dieser Zugang ist beendet." },
} as const;
export type SignInNews = keyof typeof signInNews;

/** How a session began, in the list of sessions. */
export const sessionBeginWords = {
  password: "Passwort",
  directory: "Verzeichnis",
  directory_with_factor: "Verzeichnis mit zweitem Faktor",
} as const;
