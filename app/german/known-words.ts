/** Words for pages that show an earlier state of the books. */
export const standSentences = {
  unreadable:
    "Der Stand ist kein Zeitpunkt. Bitte einen Tag wie 01.03.2026 oder einen Zeitpunkt wie 01.03.2026 12:00 angeben.",
  future:
    "Der Stand liegt in der Zukunft. Was dann bekannt sein wird, weiß noch niemand; bitte einen früheren Zeitpunkt angeben.",
  absent:
    "Zu dem Stand, den die Adresse nennt, gab es das vielleicht noch nicht. Im heutigen Stand steht, was heute da ist.",
} as const;
