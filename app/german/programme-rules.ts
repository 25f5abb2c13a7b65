/** The rules of a programme in readable German, section by section, each with its days and sources. */
import type { Day } from "../domain/calendar.ts";
import { euro } from "../domain/money.ts";
import { programmeTotal, reserveOf } from "../domain/programme-total.ts";
import { type Programme, type Rule, rulesOn } from "../domain/programme.ts";
import { formatDay, formatEuro, formatPercent } from "./notation.ts";
import { applicationRules, formulaRules, termRules } from "./programme-frame.ts";
import { dueWithWords, potRuleWords, requirementWords } from "./programme-words.ts";
import { financingKindWords } from "./words.ts";

/** One rule as it is read: with a heading where the directive has one for it. */
export type SpokenRule = {
  heading?: string;
  sentences: string[];
  from?: Day;
  until?: Day;
  sources: string[];
};

export type RuleSection = { title: string; rules: SpokenRule[] };

/**
 * All sections in which the programme has rules; with a day only what is valid on it. A section whose
 * rules all are of other days stays, and is empty.
 */
export function ruleSections(programme: Programme, day?: Day): RuleSection[] {
  return allSections(programme)
    .filter(({ rules }) => rules.length > 0)
    .map(({ title, rules }) => ({ title, rules: day === undefined ? rules : rulesOn(rules, day) }));
}

function allSections(programme: Programme): RuleSection[] {
  return [
    { title: "Laufzeit", rules: termRules(programme) },
    { title: "Antrag und Frist", rules: applicationRules(programme) },
    { title: "Antragsvoraussetzungen", rules: spoken(programme.checklist, checklistSentences) },
    { title: "Höchstbetrag nach Formel", rules: formulaRules(programme) },
    { title: "Kontingente", rules: spoken(programme.pots, (pot) => [potSentence(programme, pot)]) },
    { title: "Finanzierung", rules: spoken(programme.funding, fundingSentences) },
    { title: "Kofinanzierungsdarlehen", rules: spoken(programme.loans, loanSentences) },
    { title: "Risikorücklage des Landes", rules: spoken(programme.reserves, reserveSentences) },
    { title: "Fördergegenstände", rules: categoryRules(programme) },
    { title: "Mittelabruf", rules: spoken(programme.drawdowns, drawdownSentences) },
    {
      title: "Überschreitung je Kostenposition",
      rules: spoken(programme.lineTolerances, ({ rate }) => [
        `Eine Kostenposition darf um bis zu ${formatPercent(rate)} überschritten werden, wenn andere ebenso viel sparen.`,
      ]),
    },
    { title: "Verwendungsnachweis", rules: spoken(programme.proofs, proofSentences) },
    {
      title: "Berichte",
      rules: spoken(programme.reports, ({ on, dueOn }) => [
        `Stand ${monthDay(on)}, vorzulegen bis ${monthDay(dueOn)}`,
      ]),
    },
    { title: "Zweckbindung", rules: spoken(programme.dedications, dedicationSentences) },
    {
      title: "Aufbewahrung",
      rules: spoken(programme.retentions, ({ years }) => [
        `Belege werden ${counted(years, "Jahr", "Jahre")} aufbewahrt.`,
      ]),
    },
    { title: "Verzinsung", rules: spoken(programme.interests, interestSentences) },
    {
      title: "Basiszinssätze (eigene)",
      rules: spoken(programme.baseRates, ({ rate }) => [formatPercent(rate)]),
    },
    {
      title: "Skonto",
      rules: spoken(programme.cashDiscounts, ({ deductsMissed }) => [
        deductsMissed
          ? "Angebotenes, nicht gezogenes Skonto wird abgezogen"
          : "Nur gezogenes Skonto wird abgezogen",
      ]),
    },
    {
      title: "Bagatellgrenze",
      rules: spoken(programme.smallAmounts, ({ amount }) => [`${formatEuro(amount)}`]),
    },
    {
      title: "Wertgrenzen der Vergabe (netto)",
      rules: spoken(programme.procurement, procurementSentences),
    },
    {
      title: "Anrechnung bisheriger Ausgaben",
      rules: spoken(programme.creditedSpending, ({ note }) => [note]),
    },
  ];
}

function spoken<Content>(
  rules: Rule<Content>[],
  sentences: (rule: Rule<Content>) => string[],
): SpokenRule[] {
  return rules.map((rule) => ({ ...daysAndSources(rule), sentences: sentences(rule) }));
}

function daysAndSources({ from, until, sources }: Rule<unknown>) {
  return { sources, ...(from && { from }), ...(until && { until }) };
}

type Of<Name extends keyof Programme> = Programme[Name] extends (infer One)[] ? One : never;

function checklistSentences({ requirement, dueWith }: Of<"checklist">): string[] {
  return [`${requirementWords[requirement]}: ${dueWithWords[dueWith]}`];
}

/** Where a programme has no base amount the free part is all of its budget. */
function potSentence({ pots }: Programme, { kind, isMovable }: Of<"pots">): string {
  const hasBase = pots.some((pot) => pot.kind === "base");
  const name = kind === "free" && !hasBase ? "Budget" : potRuleWords[kind];
  const move =
    kind === "base"
      ? ["bleibt bei seiner Schule, nicht übertragbar", "auf andere Schulen übertragbar"]
      : ["nicht umverteilbar", "zwischen den Schulen umverteilbar"];
  return `${name}: ${move[isMovable ? 1 : 0]}`;
}

function fundingSentences(rule: Of<"funding">): string[] {
  const { kind, rate, federalRate, stateRate, stateShareOf, isCapped } = rule;
  const base = {
    total: "des Gesamtbetrags (Bund und Land zusammen)",
    federal: "des Bundesbetrags, zusätzlich zu ihm",
  }[stateShareOf];
  return [
    kind ? financingKindWords[kind] : "Die Finanzierungsart setzt der Bescheid fest.",
    rate
      ? `Fördersatz: ${formatPercent(rate)} der zuwendungsfähigen Ausgaben`
      : "Den Fördersatz setzt der Bescheid fest.",
    ...(federalRate ? [`Davon Bund: ${formatPercent(federalRate)}`] : []),
    stateRate
      ? `Anteil des Landes: ${formatPercent(stateRate)} ${base}${exampleOf(rule)}`
      : `Der Anteil des Landes ist ein Anteil ${base}; seine Höhe nennt keine Quelle.`,
    ...(isCapped ? ["Der Bescheid darf unter dem bleiben, was der Fördersatz ergibt."] : []),
  ];
}

/** What the share is a share of shows best in figures. */
function exampleOf(rule: Of<"funding">): string {
  const example = rule.stateRate?.lessThan(100)
    ? programmeTotal(euro("900"), rule, "cent")
    : undefined;
  if (!example) return "";
  const { federal, state, total } = example;
  return ` – zu ${formatEuro(federal)} des Bundes kommen ${formatEuro(state)}, zusammen ${formatEuro(total)}`;
}

function loanSentences({ rate, years, stateRepays }: Of<"loans">): string[] {
  return [
    `${formatPercent(rate)} der Ausgaben über ${counted(years, "Jahr", "Jahre")}`,
    `Tilgung und Zinsen trägt zu ${formatPercent(stateRepays)} das Land, den Rest der Träger.`,
  ];
}

function reserveSentences({ rate }: Of<"reserves">): string[] {
  return [
    `Das Land hält ${formatPercent(rate)} des Gesamtbetrags zurück, von 1.000,00 € also ${formatEuro(reserveOf(euro("1000"), rate))}.`,
  ];
}

function categoryRules({ categories }: Programme): SpokenRule[] {
  return categories.map((category) => ({
    ...daysAndSources(category),
    heading: `${category.code} ${category.name}`,
    sentences: categorySentences(category),
  }));
}

function categorySentences(category: Of<"categories">): string[] {
  const { ceiling, limitPerSchool, limitShareOfTotal, guidePerItem, prerequisites } = category;
  return [
    ...(ceiling === "administration" ? ["Aus dem eigenen Höchstbetrag Administration"] : []),
    ...(limitPerSchool
      ? [`Höchstens ${formatEuro(limitPerSchool)} je Schule, über alle Bescheide zusammen`]
      : []),
    ...(limitShareOfTotal
      ? [`Oder bis zu ${formatPercent(limitShareOfTotal)} aller zuwendungsfähigen Ausgaben`]
      : []),
    ...(guidePerItem ? [`Richtwert je Stück: ${formatEuro(guidePerItem)}`] : []),
    ...(prerequisites.length > 0
      ? [`Erst wenn vorhanden oder nicht gebraucht: ${prerequisites.join(", ")}`]
      : []),
  ];
}

function drawdownSentences(rule: Of<"drawdowns">): string[] {
  const { advanceRate, advanceAbove, afterProofUpTo, spendWithinMonths } = rule;
  return [
    advanceRate.isZero()
      ? "Erstattung: Abgerufen wird, was schon bezahlt ist."
      : `Bis zu ${formatPercent(advanceRate)} der Zuwendung im Voraus${
          advanceAbove ? `, nur bei Zuwendungen über ${formatEuro(advanceAbove)}` : ""
        }`,
    ...(afterProofUpTo
      ? [`Zuwendungen bis ${formatEuro(afterProofUpTo)} erst nach dem Verwendungsnachweis`]
      : []),
    ...(spendWithinMonths
      ? [
          `Abgerufenes Geld ist binnen ${counted(spendWithinMonths, "Monat", "Monaten")} zu verwenden.`,
        ]
      : []),
  ];
}

function proofSentences({ monthsAfterPeriod }: Of<"proofs">): string[] {
  const months = counted(monthsAfterPeriod, "Monat", "Monate");
  return [
    `Fällig ${months} nach dem Abschluss, spätestens ${months} nach dem Ende des Bewilligungszeitraums`,
  ];
}

function dedicationSentences({ years, start, end }: Of<"dedications">): string[] {
  const startWords = {
    end_of_period: "ab dem Ende des Bewilligungszeitraums",
    payment: "ab der Zahlung",
  };
  const endWords = { same_day: "", end_of_year: ", bis zum Ende jenes Kalenderjahres" };
  return [`${counted(years, "Jahr", "Jahre")} ${startWords[start]}${endWords[end]}`];
}

function interestSentences({ pointsAboveBase, daysPerYear }: Of<"interests">): string[] {
  const points = formatPercent(pointsAboveBase).replace(" %", "");
  return [
    `Erstattungen: ${points} Prozentpunkte über dem Basiszinssatz, das Jahr zu ${daysPerYear} Tagen`,
  ];
}

function procurementSentences(rule: Of<"procurement">): string[] {
  const { direct, negotiated, restricted, note } = rule;
  return [
    `Direktauftrag bis ${formatEuro(direct)}`,
    ...(negotiated ? [`Verhandlungsvergabe bis ${formatEuro(negotiated)}`] : []),
    ...(restricted ? [`Beschränkte Ausschreibung bis ${formatEuro(restricted)}`] : []),
    ...(note ? [note] : []),
  ];
}

/** "06-30" as "30.06." */
function monthDay(turned: string): string {
  return `${formatDay(`2000-${turned}`).slice(0, 5)}.`;
}

export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
