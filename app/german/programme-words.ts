/** The German words of a programme's rules. */
import type { PotKind } from "../domain/pot.ts";
import type { Requirement, SchoolKind } from "../domain/programme.ts";

export const requirementWords: Record<Requirement, string> = {
  media_concept: "Medienbildungskonzept jeder Schule",
  profile: "technisch-pädagogisches Profil",
  cost_plan: "Kostenplan",
  resolution: "Beschluss",
  follow_up_costs: "Folgekosten gesichert",
  infrastructure: "Infrastruktur für mobile Endgeräte",
};

export const dueWithWords = {
  application: "spätestens mit dem Antrag",
  proof: "spätestens mit dem Verwendungsnachweis",
} as const;

export const potRuleWords: Record<Exclude<PotKind, "first_come">, string> = {
  base: "Sockelbetrag",
  free: "Kopfbetrag",
  administration: "Administration",
};

/** In the order in which a directive names them. */
export const schoolKindsInShort: [SchoolKind, string][] = [
  ["primary", "Grundschule"],
  ["general", "andere allgemeinbildende Schule"],
  ["vocational_part_time", "berufsbildende Schule in Teilzeit"],
];
