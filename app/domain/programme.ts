/**
 * A funding programme (Förderprogramm): what a state's directive lays down.
 * One programme so far; its values are those of the directive, with the place where each stands.
 */
import { type Day } from "./calendar.ts";
import {
  euro,
  type Factor,
  factor,
  hundredPercent,
  type Money,
  type Percent,
  percent,
} from "./money.ts";

export const schoolKinds = ["primary", "general", "vocational_part_time"] as const;
export type SchoolKind = (typeof schoolKinds)[number];

/** The two ceilings of the directive: its annex 2.1 (numbers 2.1 to 2.7) and 2.2 (number 2.8). */
export type CategoryCeiling = "equipment" | "administration";

/** What money may be spent on (Fördergegenstand), numbered and named as the directive does. */
export type Category = { code: string; name: string; ceiling: CategoryCeiling };

export type Programme = {
  key: string;
  name: string;
  directive: string;
  /** Where the rules can be read. */
  source: string;
  grantingAuthority: string;
  /** Costs count from this day on; measures are complete by the other. */
  startsOn: Day;
  completedBy: Day;
  fundingRate: Percent;
  /** The federal part of the eligible costs; the state pays the rest of the grant. */
  federalRate: Percent;
  /** Base amount per school (Sockelbetrag), full from a number of pupils, below it in proportion. */
  baseAmount: Money;
  fullBaseFromPupils: number;
  /** Amount per pupil (Kopfbetrag) at weight 1, in euro with fractions of a cent. */
  perPupilAmount: Factor;
  weights: Record<SchoolKind, Factor>;
  categories: Category[];
};

/**
 * DigitalPakt Schule 2019–2024 in Lower Saxony: RdErl. d. MK of 8 August 2019,
 * 54-80009-01-1.1 (Nds. MBl. 2019 S. 1159). Full grant: Nr. 5. Base amount, weights: Nr. 5.
 * Objects of funding: Nr. 2. Start after 16 May 2019: Nr. 4; completion by the end of 2024.
 * The amount per pupil is not printed there: it is derived from published allotments.
 */
export const lowerSaxony2019: Programme = {
  key: "ni-digitalpakt-2019",
  name: "DigitalPakt Schule 2019–2024 (Niedersachsen)",
  directive:
    "Richtlinie vom 08.08.2019 über die Gewährung von Zuwendungen zur Verbesserung der IT-Infrastruktur und der IT-Ausstattung in Schulen",
  source:
    "https://voris.wolterskluwer-online.de/browse/document/4be4174f-174e-3b66-823b-26fb04c73eae",
  grantingAuthority: "RLSB Osnabrück",
  startsOn: "2019-05-17",
  completedBy: "2024-12-31",
  fundingRate: hundredPercent,
  federalRate: percent("90"),
  baseAmount: euro("30000"),
  fullBaseFromPupils: 60,
  perPupilAmount: factor("445.455"),
  weights: {
    primary: factor("0.5"),
    general: factor("1"),
    vocational_part_time: factor("0.4"),
  },
  categories: [
    { code: "2.1", name: "Digitale Vernetzung", ceiling: "equipment" },
    { code: "2.2", name: "WLAN", ceiling: "equipment" },
    { code: "2.3", name: "Lehr-/Lern-Infrastrukturen", ceiling: "equipment" },
    { code: "2.4", name: "Anzeige- und Interaktionsgeräte", ceiling: "equipment" },
    { code: "2.5", name: "Digitale Arbeitsgeräte", ceiling: "equipment" },
    { code: "2.6", name: "Mobile Endgeräte", ceiling: "equipment" },
    { code: "2.7", name: "Leasing", ceiling: "equipment" },
    { code: "2.8", name: "Administration", ceiling: "administration" },
  ],
};

export const programmes: Programme[] = [lowerSaxony2019];

/** @throws RangeError for a key that no programme has: a row of the database names an unknown one. */
export function programmeOf(key: string): Programme {
  const programme = programmes.find((one) => one.key === key);
  if (!programme) throw new RangeError(`no programme has the key ${key}`);
  return programme;
}

export function hasCategory(programme: Programme, code: string): boolean {
  return programme.categories.some((one) => one.code === code);
}

/** @throws RangeError for a code that the programme does not have. */
export function categoryOf(programme: Programme, code: string): Category {
  const category = programme.categories.find((one) => one.code === code);
  if (!category) throw new RangeError(`${programme.key} has no category ${code}`);
  return category;
}
