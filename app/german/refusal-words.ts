/** What the page says that stands where another could not be shown. */
import { refusalTitles } from "../domain/refusal.ts";

const explanations: Record<number, [title: string, text: string]> = {
  403: [
    "Nicht erlaubt",
    "Ihre Rollen sehen diesen Schritt nicht vor. Wer ihn braucht, wendet sich an die Verwaltung der Zugänge.",
  ],
  404: ["Nicht gefunden", "Unter dieser Adresse ist nichts abgelegt, was Sie sehen dürfen."],
  405: ["Nicht möglich", "Diese Adresse nimmt keine Eingaben an."],
  400: ["Nicht lesbar", "Diese Eingabe kommt aus keinem Formular von Paktbuch."],
  409: [
    "Schon gebucht",
    "Dieses Formular wurde schon mit anderem Inhalt gebucht; davon gilt nichts doppelt. Bitte das Formular neu öffnen.",
  ],
  413: ["Zu viel auf einmal", "Die Eingabe ist größer, als das Formular vorsieht."],
  429: ["Bitte etwas warten", "Das waren zu viele Versuche. In einigen Minuten geht es weiter."],
  422: ["Kein solcher Stand", ""],
  503: ["Zurzeit nicht möglich", ""],
  500: [
    "Das ist unser Fehler",
    "Es wurde nichts gespeichert. Bitte noch einmal versuchen; hilft das nicht, steht der Grund im Protokoll des Servers.",
  ],
};

/** These answers come with a sentence of their own; a refusal for want of a role has none. */
function saysWhy(status: number, said: string): boolean {
  return status === 422 || status === 503 || (status === 403 && said !== refusalTitles.roles);
}

/**
 * @param said by the answer itself
 * @param scope of the invitation of whoever asked; null for somebody of the office
 */
export function explained(status: number, said: string, scope: string | null) {
  const [title, text] = explanations[status] ?? explanations[500]!;
  if (saysWhy(status, said)) return { title, text: said };
  return { title, text: status === 403 && scope ? outsideOfScope(scope) : text };
}

/** To whoever was invited, of all that the invitation does not show. */
function outsideOfScope(scope: string): string {
  return `Ihr Zugang umfasst: ${scope}. Diese Seite gehört nicht dazu. Wer mehr sehen muss, wendet sich an den Schulträger, der eingeladen hat.`;
}
