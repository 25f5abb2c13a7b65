/** What a page says of the step that led to it: the past tense of a button. */

/** `who` is the person it was done to; a step without one leaves it out. */
export const doneWords = {
  settings: () => "Die Einstellungen sind gespeichert.",
  second_factor_roles: () => "Gespeichert ist, welche Rollen einen zweiten Faktor brauchen.",
  roles: (who) => `Die Rollen von ${who} sind geändert; laufende Anmeldungen sind beendet.`,
  locked: (who) => `${who} ist gesperrt; laufende Anmeldungen sind beendet.`,
  unlocked: (who) => `${who} ist entsperrt.`,
  sessions: (who) => `Alle Anmeldungen von ${who} sind beendet.`,
  factor: (who) =>
    `Der zweite Faktor von ${who} ist zurückgesetzt; laufende Anmeldungen sind beendet.`,
  withdrawn: (who) => `Der Zugang von ${who} ist zurückgezogen.`,
} satisfies Record<string, (who: string) => string>;
export type DoneStep = keyof typeof doneWords;
