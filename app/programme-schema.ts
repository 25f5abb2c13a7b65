/** The shape of a programme file: German keys to the programme's rules, each value checked. */
import { z } from "zod";
import type { Programme } from "./domain/programme.ts";
import {
  baseRate,
  category,
  checklistItem,
  dedication,
  drawdown,
  envelope,
  firstCome,
  funding,
  loan,
  pot,
  procurement,
  term,
} from "./programme-rules.ts";
import {
  amount,
  list,
  monthDay,
  notEmpty,
  percent,
  present,
  read,
  simple,
  whole,
  word,
  yesNo,
} from "./programme-values.ts";

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
    Finanzierung: list(funding),
    Kofinanzierungsdarlehen: list(loan),
    Risikorücklage: list(simple({ Prozent: percent }, ({ Prozent }) => ({ rate: Prozent }))),
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
    Skonto: list(
      simple({ "nicht gezogenes abziehen": yesNo }, (given) => ({
        deductsMissed: given["nicht gezogenes abziehen"],
      })),
    ),
    Basiszinssätze: list(baseRate),
    Bagatellgrenze: list(simple({ Betrag: amount }, ({ Betrag }) => ({ amount: Betrag }))),
    Wertgrenzen: list(procurement),
    Antragsvoraussetzungen: list(checklistItem),
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
      loans: file.Kofinanzierungsdarlehen,
      reserves: file.Risikorücklage,
      categories: file.Fördergegenstände,
      drawdowns: file.Mittelabruf,
      lineTolerances: file["Überschreitung je Kostenposition"],
      proofs: file.Verwendungsnachweis,
      reports: file.Halbjahresberichte,
      dedications: file.Zweckbindung,
      retentions: file.Aufbewahrung,
      interests: file.Verzinsung,
      cashDiscounts: file.Skonto,
      baseRates: file.Basiszinssätze,
      smallAmounts: file.Bagatellgrenze,
      procurement: file.Wertgrenzen,
      checklist: file.Antragsvoraussetzungen,
      creditedSpending: file["Anrechnung bisheriger Ausgaben"],
      openPoints: file["Aus dem Bescheid zu übernehmen"],
    }),
  );
