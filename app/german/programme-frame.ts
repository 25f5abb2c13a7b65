/** The frame of a programme in readable German: its days, how money is applied for, its formula. */
import type { Day } from "../domain/calendar.ts";
import type { Programme } from "../domain/programme.ts";
import { formatDay, formatEuro, formatFactor } from "./notation.ts";
import type { SpokenRule } from "./programme-rules.ts";
import { schoolKindsInShort } from "./programme-words.ts";

export function termRules({ term }: Programme): SpokenRule[] {
  const sentences = [
    ...on("Ausgaben zählen ab dem", term.startsOn),
    ...on("Bewilligt wird bis zum", term.approvedUntil),
    ...on("Maßnahmen sind abgeschlossen bis zum", term.completedBy),
    ...on("Ausgezahlt wird bis zum", term.paidOutUntil),
    ...on("Abgerechnet wird bis zum", term.settledUntil),
    ...on("Das Programm endet am", term.runsUntil),
  ];
  const nothing = "Tage nennt keine Quelle; es gilt der Bescheid.";
  return [{ sentences: sentences.length > 0 ? sentences : [nothing], sources: term.sources }];
}

export function applicationRules({ term, award, firstCome }: Programme): SpokenRule[] {
  const { applyUntil, applyMonthsBefore } = term;
  const how = {
    application: "Einzelne Anträge, je Maßnahme",
    lump_sum: "Pauschale: erst das Geld, dann der Nachweis",
  };
  const deadline = [
    ...on("Anträge bis zum", applyUntil),
    ...(applyMonthsBefore
      ? [`Anträge gehen ${applyMonthsBefore} Monate vor dem Beginn der Maßnahme ein.`]
      : []),
  ];
  const none = "Eine Antragsfrist nennt keine Quelle.";
  return [
    { sentences: [how[award.kind]], sources: award.sources },
    { sentences: deadline.length > 0 ? deadline : [none], sources: term.sources },
    ...(firstCome
      ? [
          {
            heading: "Windhundverfahren",
            sentences: [
              "Nach der Reihenfolge des Eingangs; eine Bewilligung darf über den Höchstbetrag hinausgehen.",
            ],
            ...firstCome,
          },
        ]
      : []),
  ];
}

export function formulaRules({ envelope }: Programme): SpokenRule[] {
  if (!envelope) return [];
  const { baseAmount, fullBaseFromPupils, perPupilAmount, weights, countedOn } = envelope;
  const perKind = (value: (kind: keyof typeof weights) => string) =>
    schoolKindsInShort.map(([kind, word]) => `${word} ${value(kind)}`).join("; ");
  return [
    {
      sentences: [
        baseAmount.isZero()
          ? "Kein Sockelbetrag"
          : `Sockelbetrag: ${formatEuro(baseAmount)} je Schule ab ${fullBaseFromPupils} Schülern, darunter anteilig`,
        `Kopfbetrag: ${formatFactor(perPupilAmount)} € je Schüler beim Gewicht 1`,
        `Gewichte: ${perKind((kind) => formatFactor(weights[kind]))}`,
        `Stichtage: ${perKind((kind) => formatDay(countedOn[kind]))}`,
        `Beträge der Schulen sind auf ganze ${envelope.schoolsRoundedTo === "euro" ? "Euro" : "Cent"} gerundet.`,
      ],
      sources: envelope.sources,
    },
  ];
}

function on(words: string, day: Day | undefined): string[] {
  return day ? [`${words} ${formatDay(day)}`] : [];
}
