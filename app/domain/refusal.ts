/** Why a request is ended with 403, said by its answer. */
export const refusalTitles = {
  /** For want of a role: the page that shows it has more words. */
  roles: "Nicht erlaubt.",
  ownRoles:
    "Die eigenen Rollen ändert niemand selbst. Bitte eine zweite Person, die Zugänge verwaltet, darum.",
  ownAccess: "Den eigenen Zugang sperrt oder entsperrt niemand selbst.",
  ownFactor:
    "Den eigenen zweiten Faktor setzt niemand auf diesem Weg zurück. Wer ihn noch hat, beendet ihn unter „Mein Zugang“.",
  noLink:
    "Einen Link gibt es nur für einen Zugang, der nicht gesperrt, zurückgezogen oder beendet ist.",
  invitedRoles:
    "Dieser Zugang gilt mit einer Einladung; sie bestimmt die Rolle. Für anderes bitte neu einladen.",
};
