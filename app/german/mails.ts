/** The mails that Paktbuch sends: plain text, nothing personal in them but the name. */
import { invitationDays } from "../domain/password-link.ts";

type Text = { subject: string; text: string };
type Person = { name: string; authority: string };

export function invitationMail({ name, authority }: Person, link: string): Text {
  return {
    subject: "Ihr Zugang zu Paktbuch",
    text: letter(name, [
      `für Sie ist ein Zugang zu Paktbuch angelegt: ${authority}.`,
      `Bitte legen Sie innerhalb von ${invitationDays} Tagen Ihr Passwort fest:`,
      link,
      "Der Link gilt einmal. Bitte geben Sie ihn nicht weiter.",
    ]),
  };
}

export function resetMail({ name, authority }: Person, link: string): Text {
  return {
    subject: "Neues Passwort für Paktbuch",
    text: letter(name, [
      `für Ihren Zugang (${authority}) wurde ein neues Passwort angefordert. Innerhalb einer Stunde können Sie es festlegen:`,
      link,
      "Waren Sie das nicht, brauchen Sie nichts zu tun: Ihr bisheriges Passwort gilt weiter.",
    ]),
  };
}

export function passwordChangedMail({ name, authority }: Person): Text {
  return {
    subject: "Ihr Passwort für Paktbuch ist geändert",
    text: letter(name, [
      `das Passwort Ihres Zugangs (${authority}) ist geändert. Alle Anmeldungen mit dem alten sind beendet.`,
      "Waren Sie das nicht, wenden Sie sich bitte sofort an die Verwaltung der Zugänge.",
    ]),
  };
}

export function secondFactorMail(
  { name, authority }: Person,
  change: "set_up" | "ended" | "reset",
): Text {
  const what = {
    set_up: "ist ein zweiter Faktor eingerichtet",
    ended: "ist der zweite Faktor beendet",
    reset: "hat die Verwaltung der Zugänge den zweiten Faktor zurückgesetzt",
  }[change];
  return {
    subject: "Zweiter Faktor für Paktbuch geändert",
    text: letter(name, [
      `für Ihren Zugang (${authority}) ${what}. Alle anderen Anmeldungen sind beendet.`,
      "Haben Sie das nicht veranlasst, wenden Sie sich bitte sofort an die Verwaltung der Zugänge.",
    ]),
  };
}

/** To those who answer for money or accounts, and to whom it is about. */
export function rightsMail(
  { name, authority }: Person,
  change: { by: string; person: string; given: string; taken: string },
): Text {
  const { by, person, given, taken } = change;
  return {
    subject: "Rechte in Paktbuch geändert",
    text: letter(name, [
      `bei ${authority} hat ${by} die Rechte von ${person} geändert.`,
      ...(given ? [`Neu: ${given}`] : []),
      ...(taken ? [`Nicht mehr: ${taken}`] : []),
      "War das nicht abgesprochen, lassen Sie den Zugang bitte sofort sperren. Den Vorgang nennt das Protokoll.",
    ]),
  };
}

function letter(name: string, paragraphs: string[]): string {
  return [`Guten Tag ${name},`, ...paragraphs, "Paktbuch"].join("\n\n") + "\n";
}
