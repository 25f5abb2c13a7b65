/** Why roles can't be given so, and what becomes of a wish of a school. */
import type { Sentences } from "./violations.ts";

export const roleSentences = {
  roles_missing: () =>
    "Bitte mindestens eine Rolle wählen. Wer sich nicht mehr anmelden soll, wird gesperrt.",
  auditor_moves_money: () =>
    "Wer prüft, ordnet keine Zahlungen an und führt keine aus: Die Rechnungsprüfung geht nur ohne eine Rolle, die bucht.",
  school_role_needs_school: () => "Bitte wählen, für welche Schule die Rolle gilt.",
  schools_need_school_role: () => "Schulen gehören zur Rolle Schule. Bitte diese Rolle mitwählen.",
  administration_with_booking: () =>
    "Wer Zugänge verwaltet, könnte sich mit einer Rolle, die bucht, die eigene Kontrolle nehmen. Wenn es so sein soll, bitte unten bestätigen und noch einmal speichern.",
  wish_answered_before: () => "Über diese Bedarfsmeldung ist schon entschieden.",
  wanted_in_the_past: () => "Dieser Tag ist schon vorbei. Bitte einen kommenden Tag eintragen.",
  wish_needs_reason: () => "Bitte begründen, warum der Bedarf nicht aufgenommen wird.",
} satisfies Partial<Sentences>;
