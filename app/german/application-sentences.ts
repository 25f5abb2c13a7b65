/** Sentences and words for the life of an application: checklist and steps. */
import type { ApplicationStanding, LaterStepKind } from "../domain/application-step.ts";
import type { ChecklistViolation } from "../domain/checklist.ts";
import type { MediaConceptState } from "../domain/media-concept.ts";
import type { Requirement } from "../domain/programme.ts";
import { formatDay } from "./notation.ts";
import type { Sentences } from "./violations.ts";

export const standingWords: Record<ApplicationStanding, string> = {
  submitted: "eingereicht",
  returned: "zur Ergänzung zurückgegeben",
  granted: "bewilligt",
  partly_granted: "teilweise bewilligt",
  refused: "abgelehnt",
  withdrawn: "zurückgezogen",
  reversed: "storniert",
};

export const laterStepWords: Record<LaterStepKind, string> = {
  returned: standingWords.returned,
  refused: standingWords.refused,
  withdrawn: standingWords.withdrawn,
};

/** What happened to an application, for the table of its course. */
export const historyWords = {
  draft: "Entwurf zuletzt geändert",
  submitted: standingWords.submitted,
  returned: standingWords.returned,
  refused: standingWords.refused,
  withdrawn: standingWords.withdrawn,
  granted: "Bescheid ergangen",
  reversed: "Storno",
};

/** What can rest on a resolution. */
export const restingWords = {
  application: "Antrag",
  allotment: "Zuteilung",
  appropriation: "Haushaltsansatz",
  joint_service: "IKZ-Vereinbarung",
};

export const stageKindWords = { preliminary: "Vorberatung", decision: "Entscheidung" };

export const requirementWords: Record<Requirement, string> = {
  media_concept: "Medienbildungskonzept",
  profile: "Technisch-pädagogisches Profil",
  cost_plan: "Kostenplan",
  resolution: "Beschluss",
  follow_up_costs: "Folgekosten",
  infrastructure: "Infrastruktur für mobile Endgeräte",
};

export const mediaConceptWords: Record<MediaConceptState, string> = {
  missing: "fehlt",
  in_progress: "in Arbeit",
  there: "liegt vor",
};

const checklistSentences: Pick<Sentences, ChecklistViolation["rule"]> = {
  media_concept_missing: ({ school }) =>
    `Für ${school} liegt zum Tag des Antrags kein Medienbildungskonzept vor. Bitte bei der Schule eintragen, seit wann es vorliegt.`,
  media_concept_in_progress: ({ school }) =>
    `Das Medienbildungskonzept für ${school} ist zum Tag des Antrags noch in Arbeit. Bitte bei der Schule eintragen, seit wann es vorliegt.`,
  profile_missing: () =>
    "Bitte das technisch-pädagogische Profil beschreiben oder als Datei ablegen.",
  cost_plan_missing: () => "Der Kostenplan fehlt: Bitte mindestens eine Maßnahme eintragen.",
  cost_plan_incomplete: () =>
    "Der Kostenplan ist unvollständig: Jede Maßnahme nennt Schule, Fördergegenstand, was beschafft wird und die Kosten.",
  resolution_missing: () => "Bitte den Beschluss auswählen, auf dem der Antrag beruht.",
  resolution_not_decided: () =>
    "Dieser Beschluss ist zum Tag des Antrags noch nicht gefasst: Die letzte Station der Beratungsfolge muss eine Entscheidung mit Tag und zustimmendem Ergebnis sein.",
  follow_up_costs_missing: () =>
    "Bitte angeben, wie Betrieb, Wartung und Ersatz (Folgekosten) finanziert werden.",
  infrastructure_missing: () =>
    "Bitte angeben, dass die nötige Infrastruktur an den Schulen vorhanden ist oder warum sie nicht gebraucht wird.",
};

export const applicationSentences = {
  ...checklistSentences,

  replaced_before: () => "Zu diesem Antrag gibt es schon eine Neufassung.",
  not_replaceable: () =>
    "Eine Neufassung gibt es nur zu einem Antrag, der zur Ergänzung zurückgegeben oder storniert ist.",
  before_last_step: ({ takenOn }) =>
    `Der Tag liegt vor dem letzten Verfahrensschritt vom ${formatDay(takenOn)}.`,
  step_not_allowed: ({ state }) =>
    `Der Antrag ist ${standingWords[state]}; dieser Verfahrensschritt ist nicht mehr möglich.`,

  draft_changed: ({ person }) =>
    `${person} hat diesen Entwurf inzwischen geändert. Wer jetzt noch einmal speichert, überschreibt das.`,

  resolution_in_use: () =>
    "Auf diesem Beschluss beruht schon etwas; seine Beratungsfolge bleibt, wie sie ist.",

  media_concept_without_day: () => "Bitte eintragen, seit wann das Medienbildungskonzept vorliegt.",
  media_concept_day_too_soon: () =>
    "Ein Tag gehört nur zu einem Medienbildungskonzept, das vorliegt.",
} satisfies Partial<Sentences>;
