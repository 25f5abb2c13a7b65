/** What is said at sign-in. */

/** For somebody whose wrong tries were too many; the same for accounts that exist and those that don't. */
export function waitSentence(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  const wait = seconds <= 60 ? `${seconds} Sekunden` : `${minutes} Minuten`;
  return `Zu viele falsche Versuche. Bitte in ${wait} noch einmal versuchen.`;
}

const sessionEnded = "Ihre Sitzung ist beendet";
const whyEnded =
  "Das geschieht nach 30 Minuten ohne Eingabe, wenn sich Ihre Rollen ändern, oder durch die Verwaltung der Zugänge. Bitte melden Sie sich neu an.";

/** Of a form that was sent when the session had ended, and is opened again after signing in. */
export const typedWords = {
  title: "Ihre Eingaben sind noch da",
  lead: "Ihre Sitzung war beendet, als Sie ein Formular abgeschickt haben; dieses Mal ist nichts gebucht worden. Wurde es vorher schon so gebucht, führt Paktbuch Sie dorthin.",
  open: "Formular mit meinen Eingaben öffnen",
  discard: "Eingaben verwerfen",
  notThere:
    "Es sind keine Eingaben aufgehoben: Sie sind älter als eine halbe Stunde oder gehören zu einem anderen Zugang.",
  again:
    "Ihre Sitzung war beendet. Bitte prüfen Sie Ihre Eingaben und schicken Sie sie noch einmal ab. Ob schon gebucht wurde, prüft Paktbuch beim Absenden.",
};

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
  ended: { kind: "warning", title: sessionEnded, text: whyEnded },
  typed: {
    kind: "warning",
    title: sessionEnded,
    text: `${whyEnded} Was Sie danach abgeschickt haben, hat nichts gebucht; es ist eine halbe Stunde lang aufgehoben und nach der Anmeldung wieder da.`,
  },
  lost: {
    kind: "warning",
    title: sessionEnded,
    text: `${whyEnded} Was Sie danach abgeschickt haben, hat nichts gebucht oder gespeichert und ist nicht aufgehoben. Bitte sehen Sie nach, was schon gebucht ist, bevor Sie es noch einmal eintragen.`,
  },
} as const;
export type SignInNews = keyof typeof signInNews;

/** How a session began, in the list of sessions. */
export const sessionBeginWords = {
  password: "Passwort",
  directory: "Verzeichnis",
  directory_with_factor: "Verzeichnis mit zweitem Faktor",
} as const;
