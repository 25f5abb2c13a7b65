/** The shape of a programme file: German keys to the programme's rules, each value checked. */
import { z } from "zod";
import { isDay } from "./domain/calendar.ts";
import type { Factor } from "./domain/money.ts";
import type { Programme, SchoolKind } from "./domain/programme.ts";
import { parseDay, parseEuro, parseFactor, parsePercent } from "./german/notation.ts";

function read<Value>(parse: (text: string) => Value | undefined, problem: string) {
  return z.string().transform((text, context) => {
    const value = parse(text);
    if (value !== undefined) return value;
    context.addIssue({ code: "custom", message: problem });
    return z.NEVER;
  });
}

/** One of German words, each with what it means in the rules. */
function word<const Meaning extends string | boolean>(meanings: Record<string, Meaning>) {
  return read(
    (text) => {
      return Object.hasOwn(meanings, text) ? meanings[text] : undefined;
    },
    `Bitte eines von: ${Object.keys(meanings).join(", ")}.`,
  );
}

const notEmpty = read((text) => text.trim() || undefined, "Bitte nicht leer lassen.");
const day = read(parseDay, "Bitte ein Datum wie 31.12.2024.");
const amount = read(parseEuro, "Bitte einen Betrag wie 25.000,00.").refine(
  (value) => !value.isNegative(),
  "Der Betrag darf nicht kleiner als 0 sein.",
);
const factor = read(parseFactor, "Bitte eine Zahl wie 445,455.");
const percent = read(parsePercent, "Bitte einen Anteil wie 90 oder 12,5.").refine(
  (value) => value.lessThanOrEqualTo(100),
  "Ein Anteil ist höchstens 100.",
);
const yesNo = word({ ja: true, nein: false });
const whole = (most: number) =>
  read(
    (text) => (/^\d{1,6}$/.test(text) && Number(text) <= most ? Number(text) : undefined),
    `Bitte eine ganze Zahl bis ${most}.`,
  );
/** "30.06." as "06-30". */
const monthDay = read((text) => {
  const match = /^(\d{2})\.(\d{2})\.$/.exec(text);
  const turned = match && `${match[2]}-${match[1]}`;
  return turned && isDay(`2019-${turned}`) ? turned : undefined;
}, "Bitte Tag und Monat wie 30.06.");

/** Nothing else than these keys; `Quelle`, `ab` and `bis` are part of every rule. */
function rule<Shape extends z.ZodRawShape>(shape: Shape) {
  const sources = z.array(notEmpty, "Bitte die Quellen als Liste nennen, etwa [S1].").min(1, {
    message: "Bitte mindestens eine Quelle nennen.",
  });
  return z.strictObject({ ...shape, Quelle: sources, ab: day.optional(), bis: day.optional() });
}

/** Common part of every rule, without keys that are absent. */
function common({ Quelle, ab, bis }: { Quelle: string[]; ab?: string; bis?: string }) {
  return { sources: Quelle, ...present({ from: ab, until: bis }) };
}

function present<Given extends object>(given: Given) {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Given]?: Exclude<Given[Key], undefined>;
  };
}

/** One value for each kind of school. */
function perSchoolKind<Value>(value: z.ZodType<Value, string>) {
  return z
    .strictObject({
      Grundschule: value,
      "allgemeinbildende Schule": value,
      "berufsbildende Schule in Teilzeit": value,
    })
    .transform((given): Record<SchoolKind, Value> => {
      const values = given as Record<string, Value>;
      return {
        primary: values.Grundschule!,
        general: values["allgemeinbildende Schule"]!,
        vocational_part_time: values["berufsbildende Schule in Teilzeit"]!,
      };
    });
}

const potNames = {
  Sockelbetrag: "base",
  Kopfbetrag: "free",
  Administration: "administration",
} as const;

const term = z
  .strictObject({
    Beginn: day,
    "Antrag bis": day.optional(),
    "Bewilligung bis": day.optional(),
    "Abschluss bis": day,
    "Auszahlung bis": day.optional(),
    "Abrechnung bis": day.optional(),
    Quelle: z.array(notEmpty).min(1, "Bitte mindestens eine Quelle nennen."),
  })
  .transform((given) => ({
    sources: given.Quelle,
    startsOn: given.Beginn,
    completedBy: given["Abschluss bis"],
    ...present({
      applyUntil: given["Antrag bis"],
      approvedUntil: given["Bewilligung bis"],
      paidOutUntil: given["Auszahlung bis"],
      settledUntil: given["Abrechnung bis"],
    }),
  }));

const firstCome = z
  .strictObject({ ab: day, bis: day.optional(), Quelle: z.array(notEmpty).min(1) })
  .transform((given) => ({
    sources: given.Quelle,
    from: given.ab,
    ...present({ until: given.bis }),
  }));

const envelope = z
  .strictObject({
    Sockelbetrag: amount,
    "voll ab Schülerzahl": whole(10_000),
    Kopfbetrag: factor,
    Gewichte: perSchoolKind(factor),
    Stichtage: perSchoolKind(day),
    "Schulbeträge gerundet auf": word({ Euro: "euro", Cent: "cent" }),
    Quelle: z.array(notEmpty).min(1),
  })
  .refine((given) => given["voll ab Schülerzahl"] > 0, {
    path: ["voll ab Schülerzahl"],
    message: "Bitte eine Zahl größer als 0.",
  })
  .transform((given) => ({
    sources: given.Quelle,
    baseAmount: given.Sockelbetrag,
    fullBaseFromPupils: given["voll ab Schülerzahl"],
    perPupilAmount: given.Kopfbetrag as Factor,
    weights: given.Gewichte,
    countedOn: given.Stichtage,
    schoolsRoundedTo: given["Schulbeträge gerundet auf"],
  }));

const pot = rule({ Kontingent: word(potNames), umverteilbar: yesNo }).transform((given) => ({
  kind: given.Kontingent,
  isMovable: given.umverteilbar,
  ...common(given),
}));

const funding = rule({
  Art: word({
    Vollfinanzierung: "full",
    Anteilfinanzierung: "share",
    Festbetragsfinanzierung: "fixed_sum",
    Fehlbedarfsfinanzierung: "deficit",
  }),
  Fördersatz: percent.optional(),
  "davon Bund": percent.optional(),
  "Landesanteil bezogen auf": word({ Gesamtbetrag: "total", Bundesbetrag: "federal" }),
  gedeckelt: yesNo,
}).transform((given) => ({
  kind: given.Art,
  stateShareOf: given["Landesanteil bezogen auf"],
  isCapped: given.gedeckelt,
  ...present({ rate: given.Fördersatz, federalRate: given["davon Bund"] }),
  ...common(given),
}));

const category = rule({
  Nummer: notEmpty.refine((text) => text.length <= 20, "Bitte höchstens 20 Zeichen."),
  Name: notEmpty,
  Kontingent: word({ Ausstattung: "equipment", Administration: "administration" }),
  "Obergrenze je Schule": amount.optional(),
  "oder bis zu einem Anteil von": percent.optional(),
  "setzt voraus": z.array(notEmpty).default([]),
}).transform((given) => ({
  code: given.Nummer,
  name: given.Name,
  ceiling: given.Kontingent,
  prerequisites: given["setzt voraus"],
  ...present({
    limitPerSchool: given["Obergrenze je Schule"],
    limitShareOfTotal: given["oder bis zu einem Anteil von"],
  }),
  ...common(given),
}));

const drawdown = rule({
  Vorschuss: percent,
  "nur über": amount.optional(),
  "zu verwenden binnen Monaten": whole(60).optional(),
}).transform((given) => ({
  advanceRate: given.Vorschuss,
  ...present({
    advanceAbove: given["nur über"],
    spendWithinMonths: given["zu verwenden binnen Monaten"],
  }),
  ...common(given),
}));

const dedication = rule({
  Jahre: whole(50),
  Beginn: word({ "Ende des Bewilligungszeitraums": "end_of_period", Zahlung: "payment" }),
  Ende: word({ "gleicher Tag": "same_day", "Ende des Kalenderjahres": "end_of_year" }),
}).transform((given) => ({
  years: given.Jahre,
  start: given.Beginn,
  end: given.Ende,
  ...common(given),
}));

const simple = <Shape extends z.ZodRawShape, Result>(
  shape: Shape,
  content: (given: z.output<z.ZodObject<Shape>>) => Result,
) =>
  rule(shape).transform((given) => ({
    ...content(given as never),
    ...common(given as never),
  }));

const list = <Item extends z.ZodType>(item: Item) => z.array(item).default([]);

export const programmeSchema = z
  .strictObject({
    Kennung: read(
      (text) => (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(text) && text.length <= 60 ? text : undefined),
      "Bitte Kleinbuchstaben, Ziffern und Bindestriche, etwa ni-digitalpakt-2019.",
    ),
    Name: notEmpty.refine((text) => text.length <= 120, "Bitte höchstens 120 Zeichen."),
    Land: read(
      (text) => (/^[A-Z]{2}$/.test(text) ? text : undefined),
      "Bitte zwei Großbuchstaben, etwa NI.",
    ),
    Entwurf: yesNo,
    Richtlinie: notEmpty,
    Bewilligungsbehörde: notEmpty,
    Quellen: z.record(z.string(), notEmpty),
    Laufzeit: term,
    Windhundverfahren: firstCome.optional(),
    "Vergabe der Mittel": z
      .strictObject({
        Art: word({ Einzelantrag: "application", Pauschale: "lump_sum" }),
        Quelle: z.array(notEmpty).min(1),
      })
      .transform((given) => ({ kind: given.Art, sources: given.Quelle })),
    Höchstbetrag: envelope.optional(),
    Kontingente: z.array(pot).min(1, "Bitte mindestens ein Kontingent nennen."),
    Finanzierung: z.array(funding).min(1, "Bitte mindestens eine Finanzierungsart nennen."),
    Fördergegenstände: z.array(category).min(1, "Bitte mindestens einen Fördergegenstand nennen."),
    Mittelabruf: list(drawdown),
    "Überschreitung je Kostenposition": list(
      simple({ Prozent: percent }, ({ Prozent }) => ({ rate: Prozent })),
    ),
    Verwendungsnachweis: list(
      simple({ "Monate nach dem Bewilligungszeitraum": whole(120) }, (given) => ({
        monthsAfterPeriod: given["Monate nach dem Bewilligungszeitraum"],
      })),
    ),
    Halbjahresberichte: list(
      simple({ Stand: monthDay, fällig: monthDay }, ({ Stand, fällig }) => ({
        on: Stand,
        dueOn: fällig,
      })),
    ),
    Zweckbindung: list(dedication),
    Aufbewahrung: list(simple({ Jahre: whole(50) }, ({ Jahre }) => ({ years: Jahre }))),
    Verzinsung: list(
      simple(
        {
          "Prozentpunkte über Basiszinssatz": percent,
          "Tage im Jahr": word({ "365": "365", "360": "360" }),
        },
        (given) => ({
          pointsAboveBase: given["Prozentpunkte über Basiszinssatz"],
          daysPerYear: Number(given["Tage im Jahr"]),
        }),
      ),
    ),
    Bagatellgrenze: list(simple({ Betrag: amount }, ({ Betrag }) => ({ amount: Betrag }))),
    Wertgrenzen: list(
      simple(
        {
          Direktauftrag: amount,
          Verhandlungsvergabe: amount.optional(),
          "beschränkte Ausschreibung": amount.optional(),
        },
        (given) => ({
          direct: given.Direktauftrag,
          ...present({
            negotiated: given.Verhandlungsvergabe,
            restricted: given["beschränkte Ausschreibung"],
          }),
        }),
      ),
    ),
    Antragsvoraussetzungen: list(
      simple(
        {
          Voraussetzung: word({
            Medienbildungskonzept: "media_concept",
            "technisch-pädagogisches Profil": "profile",
            Kostenplan: "cost_plan",
            Beschluss: "resolution",
            "Folgekosten gesichert": "follow_up_costs",
            "Infrastruktur für mobile Endgeräte": "infrastructure",
          }),
        },
        ({ Voraussetzung }) => ({ requirement: Voraussetzung }),
      ),
    ),
    "Anrechnung bisheriger Ausgaben": list(
      simple({ Regel: notEmpty }, ({ Regel }) => ({ note: Regel })),
    ),
    "Aus dem Bescheid zu übernehmen": z.array(notEmpty).default([]),
  })
  .transform(
    (file): Programme => ({
      key: file.Kennung,
      name: file.Name,
      state: file.Land,
      isDraft: file.Entwurf,
      directive: file.Richtlinie,
      grantingAuthority: file.Bewilligungsbehörde,
      sources: file.Quellen,
      term: file.Laufzeit,
      ...present({ firstCome: file.Windhundverfahren, envelope: file.Höchstbetrag }),
      award: file["Vergabe der Mittel"],
      pots: file.Kontingente,
      funding: file.Finanzierung,
      categories: file.Fördergegenstände,
      drawdowns: file.Mittelabruf,
      lineTolerances: file["Überschreitung je Kostenposition"],
      proofs: file.Verwendungsnachweis,
      reports: file.Halbjahresberichte,
      dedications: file.Zweckbindung,
      retentions: file.Aufbewahrung,
      interests: file.Verzinsung,
      smallAmounts: file.Bagatellgrenze,
      procurement: file.Wertgrenzen,
      checklist: file.Antragsvoraussetzungen,
      creditedSpending: file["Anrechnung bisheriger Ausgaben"],
      openPoints: file["Aus dem Bescheid zu übernehmen"],
    }),
  );
