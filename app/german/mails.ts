/** The mails that Paktbuch sends: plain text, nothing personal in them but the name. */
import { invitationDays, type LinkPurpose } from "../domain/password-link.ts";

type Text = { subject: string; text: string };
type Person = { name: string; authority: string };

/** @param until the last day in German notation, of an access that has one */
export function invitationMail(
  { name, authority, role, until }: Person & { role: string; until?: string },
  link: string,
): Text {
  return {
    subject: "Ihr Zugang zu Paktbuch",
    text: letter(name, [
      `für Sie ist ein Zugang zu Paktbuch angelegt, von: ${authority}.`,
      `Rolle: ${role}. ${until ? `Der Zugang gilt bis zum ${until}.` : "Er gilt ohne letzten Tag."}`,
      `Bitte legen Sie innerhalb von ${invitationDays} Tagen Ihr Passwort fest:`,
      link,
      "Der Link gilt einmal und nur für Sie.",
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

/** A link that the administrator gave anew, where one was lost or a password is not known any more. */
export function renewedLinkMail(
  { name, authority }: Person,
  purpose: LinkPurpose,
  link: string,
): Text {
  const [what, time] = {
    invitation: ["Ihr Passwort", `innerhalb von ${invitationDays} Tagen`],
    reset: ["ein neues Passwort", "innerhalb einer Stunde"],
  }[purpose] as [string, string];
  return {
    subject: "Neuer Link für Ihren Zugang zu Paktbuch",
    text: letter(name, [
      `die Verwaltung der Zugänge (${authority}) hat für Sie einen neuen Link ausgegeben. Frühere Links gelten nicht mehr. Mit diesem können Sie ${time} einmal ${what} festlegen:`,
      link,
      "Bitte geben Sie ihn nicht weiter. Haben Sie nicht darum gebeten, wenden Sie sich bitte an die Verwaltung der Zugänge.",
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
