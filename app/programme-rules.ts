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
  whole,
  word,
  yesNo,
} from "./programme-values.ts";

const potNames = {
  Sockelbetrag: "base",
  Kopfbetrag: "free",
  Administration: "administration",
} as const;

export const term = z
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

export const pot = rule({ Kontingent: word(potNames), umverteilbar: yesNo }).transform((given) => ({
  kind: given.Kontingent,
  isMovable: given.umverteilbar,
  ...common(given),
}));

export const funding = rule({
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

export const category = rule({
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

export const drawdown = rule({
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
