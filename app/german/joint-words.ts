/** What agreements, keys and years of a joint service (IKZ) are called on pages and in letters. */
import type { AllocationKey } from "../domain/cost-share.ts";
import type { DividedBasis, KeyBasis } from "../domain/joint-key.ts";
import type { LegalForm, MembershipChangeKind } from "../domain/joint-service.ts";
import type { JointCostKind } from "../domain/joint-cost.ts";
import type { LinkState } from "../domain/joint-link.ts";
import type { Reading } from "../domain/joint-year.ts";
import { formatPercent } from "./notation.ts";

export const legalFormWords: Record<LegalForm, string> = {
  special_purpose_agreement: "Zweckvereinbarung",
  special_purpose_association: "Zweckverband",
  joint_institution: "gemeinsame kommunale Anstalt",
  other: "andere öffentlich-rechtliche Vereinbarung",
};

export const keyBasisWords: Record<KeyBasis, string> = {
  fixed_sum: "Festbeträge",
  equal_parts: "gleiche Teile",
  pupils: "Schülerzahl",
  schools: "Zahl der Schulen",
  inhabitants: "Einwohnerzahl",
  devices: "Zahl der Geräte",
};

/** The same for each table of the arithmetic. */
export const dividedBasisWords: Record<DividedBasis, string> = {
  ...keyBasisWords,
  borne_rest: "Rest beim durchführenden Mitglied",
};

/** Why fixed sums are lower than agreed, and why one member bears a rest; null where there is nothing to say. */
export function divisionNote(basis: DividedBasis, loweredFrom: string | null): string | null {
  if (basis === "borne_rest") {
    return "Dafür hat der Schlüssel keine Grundlage; es trägt das durchführende Mitglied.";
  }
  return (
    loweredFrom &&
    `Die Festbeträge ergeben zusammen ${loweredFrom}, mehr als zu teilen ist. Alle sind im selben Verhältnis gesenkt.`
  );
}

/** The two ways in which a council paper's amount can be meant; every page says which it is. */
export const readingWords: Record<Reading, string> = {
  own_share: "unser eigener Anteil",
  joint_total: "Summe aller Mitglieder",
};

/** The same for a fixed sum without settlement, with the key that divides it. */
export const fixedReadingWords: Record<AllocationKey, string> = {
  own_share: "Betrag ist der eigene Anteil",
  equal_parts: "Betrag ist die Summe aller, gleiche Teile",
  by_weight: "Betrag ist die Summe aller, nach Gewichten",
};

export const membershipChangeWords: Record<MembershipChangeKind, string> = {
  joined: "Beitritt",
  left: "Austritt",
};

export const jointCostKindWords: Record<JointCostKind, string> = {
  invoice: "Rechnung aus dem Haushalt",
  staff_hours: "Personalstunden",
  other: "anderer Beleg",
};

/** What has become of an offer to see the agreement. */
export const linkStateWords: Record<LinkState, string> = {
  open: "angeboten",
  expired: "abgelaufen",
  in_force: "hat Einsicht",
  declined: "abgelehnt",
  withdrawn: "zurückgenommen",
  ended: "beendet",
};

/** The legal form of an agreement; of another one, and of one without terms, its own words. */
export function legalFormText(agreement: {
  legalForm: LegalForm | null;
  legalFormNote: string;
}): string {
  const { legalForm, legalFormNote } = agreement;
  return legalForm && legalForm !== "other" ? legalFormWords[legalForm] : legalFormNote;
}

/** "Festbeträge, Schülerzahl 60 %"; empty for a key of nothing. */
export function keyText(components: { basis: KeyBasis; percent: string | null }[]): string {
  return components
    .map(({ basis, percent }) =>
      percent ? `${keyBasisWords[basis]} ${formatPercent(percent)}` : keyBasisWords[basis],
    )
    .join(", ");
}
