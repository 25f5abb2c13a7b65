/** The rules of a programme file that need more than a line: their keys and what they become. */
import { z } from "zod";
import type { Factor } from "./domain/money.ts";
import {
  amount,
  common,
  day,
  factor,
  notEmpty,
  percent,
  perSchoolKind,
  present,
  rule,
  signedPercent,
  whole,
  word,
  yesNo,
} from "./programme-values.ts";

const potNames = {
  Sockelbetrag: "base",
  Kopfbetrag: "free",
  Budget: "free",
  Administration: "administration",
} as const;

export const term = z
  .strictObject({
    Beginn: day.optional(),
    "Antrag bis": day.optional(),
    "Antrag Monate vor Beginn": whole(60).optional(),
    "Bewilligung bis": day.optional(),
    "Abschluss bis": day.optional(),
    "Auszahlung bis": day.optional(),
    Programmende: day.optional(),
    "Abrechnung bis": day.optional(),
    Quelle: z.array(notEmpty).min(1, "Bitte mindestens eine Quelle nennen."),
  })
  .transform((given) => ({
    sources: given.Quelle,
    ...present({
      startsOn: given.Beginn,
      completedBy: given["Abschluss bis"],
      applyUntil: given["Antrag bis"],
      applyMonthsBefore: given["Antrag Monate vor Beginn"],
      approvedUntil: given["Bewilligung bis"],
      runsUntil: given.Programmende,
      paidOutUntil: given["Auszahlung bis"],
      settledUntil: given["Abrechnung bis"],
    }),
  }));

export const firstCome = z
  .strictObject({ ab: day, bis: day.optional(), Quelle: z.array(notEmpty).min(1) })
  .transform((given) => ({
    sources: given.Quelle,
    from: given.ab,
    ...present({ until: given.bis }),
  }));

export const envelope = z
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

export const pot = rule({ Kontingent: word(potNames), umverteilbar: yesNo.optional() }).transform(
  (given) => ({
    kind: given.Kontingent,
    isMovable: given.umverteilbar ?? true,
    ...common(given),
  }),
);

export const funding = rule({
  Art: word({
    Vollfinanzierung: "full",
    Anteilfinanzierung: "share",
    Festbetragsfinanzierung: "fixed_sum",
    Fehlbedarfsfinanzierung: "deficit",
  }).optional(),
  Fördersatz: percent.optional(),
  "davon Bund": percent.optional(),
  Landesanteil: percent.optional(),
  "Landesanteil bezogen auf": word({ Gesamtbetrag: "total", Bundesbetrag: "federal" }),
  gedeckelt: yesNo.optional(),
}).transform((given) => ({
  stateShareOf: given["Landesanteil bezogen auf"],
  isCapped: given.gedeckelt ?? false,
  ...present({
    kind: given.Art,
    rate: given.Fördersatz,
    federalRate: given["davon Bund"],
    stateRate: given.Landesanteil,
  }),
  ...common(given),
}));

export const category = rule({
  Nummer: notEmpty.refine((text) => text.length <= 20, "Bitte höchstens 20 Zeichen."),
  Name: notEmpty,
  Kontingent: word({ Ausstattung: "equipment", Administration: "administration" }),
  "Obergrenze je Schule": amount.optional(),
  "oder bis zu einem Anteil von": percent.optional(),
  "Richtwert je Stück": amount.optional(),
  "setzt voraus": z.array(notEmpty).default([]),
}).transform((given) => ({
  code: given.Nummer,
  name: given.Name,
  ceiling: given.Kontingent,
  prerequisites: given["setzt voraus"],
  ...present({
    limitPerSchool: given["Obergrenze je Schule"],
    limitShareOfTotal: given["oder bis zu einem Anteil von"],
    guidePerItem: given["Richtwert je Stück"],
  }),
  ...common(given),
}));

export const drawdown = rule({
  Vorschuss: percent,
  "nur über": amount.optional(),
  "erst nach Verwendungsnachweis bis": amount.optional(),
  "zu verwenden binnen Monaten": whole(60).optional(),
}).transform((given) => ({
  advanceRate: given.Vorschuss,
  ...present({
    advanceAbove: given["nur über"],
    afterProofUpTo: given["erst nach Verwendungsnachweis bis"],
    spendWithinMonths: given["zu verwenden binnen Monaten"],
  }),
  ...common(given),
}));

export const dedication = rule({
  Jahre: whole(50),
  Beginn: word({ "Ende des Bewilligungszeitraums": "end_of_period", Zahlung: "payment" }),
  Ende: word({ "gleicher Tag": "same_day", "Ende des Kalenderjahres": "end_of_year" }),
}).transform((given) => ({
  years: given.Jahre,
  start: given.Beginn,
  end: given.Ende,
  ...common(given),
}));

/** Every base rate ends: that of a half-year to come is not known. */
export const baseRate = z
  .strictObject({ Satz: signedPercent, ab: day, bis: day, Quelle: z.array(notEmpty).min(1) })
  .transform((given) => ({
    rate: given.Satz,
    sources: given.Quelle,
    from: given.ab,
    until: given.bis,
  }));

export const loan = rule({
  Anteil: percent,
  "Laufzeit in Jahren": whole(50),
  "Tilgung und Zinsen durch das Land": percent,
}).transform((given) => ({
  rate: given.Anteil,
  years: given["Laufzeit in Jahren"],
  stateRepays: given["Tilgung und Zinsen durch das Land"],
  ...common(given),
}));

export const procurement = rule({
  Direktauftrag: amount,
  Verhandlungsvergabe: amount.optional(),
  "beschränkte Ausschreibung": amount.optional(),
  Hinweis: notEmpty.optional(),
}).transform((given) => ({
  direct: given.Direktauftrag,
  ...present({
    negotiated: given.Verhandlungsvergabe,
    restricted: given["beschränkte Ausschreibung"],
    note: given.Hinweis,
  }),
  ...common(given),
}));

export const checklistItem = rule({
  Voraussetzung: word({
    Medienbildungskonzept: "media_concept",
    "technisch-pädagogisches Profil": "profile",
    Kostenplan: "cost_plan",
    Beschluss: "resolution",
    "Folgekosten gesichert": "follow_up_costs",
    "Infrastruktur für mobile Endgeräte": "infrastructure",
  }),
  "spätestens mit": word({ Antrag: "application", Verwendungsnachweis: "proof" }).optional(),
}).transform((given) => ({
  requirement: given.Voraussetzung,
  dueWith: given["spätestens mit"] ?? "application",
  ...common(given),
}));
