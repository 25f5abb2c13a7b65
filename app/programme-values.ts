/** How single values of a programme file are read: always from text, with a German sentence if not. */
import { z } from "zod";
import { isDay } from "./domain/calendar.ts";
import type { SchoolKind } from "./domain/programme.ts";
import { parseDay, parseEuro, parseFactor, parsePercent } from "./german/notation.ts";

export function read<Value>(parse: (text: string) => Value | undefined, problem: string) {
  return z.string().transform((text, context) => {
    const value = parse(text);
    if (value !== undefined) return value;
    context.addIssue({ code: "custom", message: problem });
    return z.NEVER;
  });
}

/** One of German words, each with what it means in the rules. */
export function word<const Meaning extends string | boolean>(meanings: Record<string, Meaning>) {
  return read(
    (text) => {
      return Object.hasOwn(meanings, text) ? meanings[text] : undefined;
    },
    `Bitte eines von: ${Object.keys(meanings).join(", ")}.`,
  );
}

export const notEmpty = read((text) => text.trim() || undefined, "Bitte nicht leer lassen.");
export const day = read(parseDay, "Bitte ein Datum wie 31.12.2024.");
export const amount = read(parseEuro, "Bitte einen Betrag wie 25.000,00.").refine(
  (value) => !value.isNegative(),
  "Der Betrag darf nicht kleiner als 0 sein.",
);
export const factor = read(parseFactor, "Bitte eine Zahl wie 445,455.");
export const percent = read(parsePercent, "Bitte einen Anteil wie 90 oder 12,5.").refine(
  (value) => value.lessThanOrEqualTo(100),
  "Ein Anteil ist höchstens 100.",
);
/** A share that may lie below 0, as the base rate did. */
export const signedPercent = read((text) => {
  const isNegative = text.startsWith("-");
  const value = parsePercent(isNegative ? text.slice(1) : text);
  return value && isNegative ? value.negated() : value;
}, "Bitte einen Satz wie 1,27 oder -0,88.");
export const yesNo = word({ ja: true, nein: false });
export const whole = (most: number) =>
  read(
    (text) => (/^\d{1,6}$/.test(text) && Number(text) <= most ? Number(text) : undefined),
    `Bitte eine ganze Zahl bis ${most}.`,
  );
/** "30.06." as "06-30". */
export const monthDay = read((text) => {
  const match = /^(\d{2})\.(\d{2})\.$/.exec(text);
  const turned = match && `${match[2]}-${match[1]}`;
  return turned && isDay(`2019-${turned}`) ? turned : undefined;
}, "Bitte Tag und Monat wie 30.06.");

/** Nothing else than these keys; `Quelle`, `ab` and `bis` are part of every rule. */
export function rule<Shape extends z.ZodRawShape>(shape: Shape) {
  const sources = z.array(notEmpty, "Bitte die Quellen als Liste nennen, etwa [S1].").min(1, {
    message: "Bitte mindestens eine Quelle nennen.",
  });
  return z.strictObject({ ...shape, Quelle: sources, ab: day.optional(), bis: day.optional() });
}

/** Common part of every rule, without keys that are absent. */
export function common({ Quelle, ab, bis }: { Quelle: string[]; ab?: string; bis?: string }) {
  return { sources: Quelle, ...present({ from: ab, until: bis }) };
}

export function present<Given extends object>(given: Given) {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Given]?: Exclude<Given[Key], undefined>;
  };
}

/** One value for each kind of school. */
export function perSchoolKind<Value>(value: z.ZodType<Value, string>) {
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

export const simple = <Shape extends z.ZodRawShape, Result>(
  shape: Shape,
  content: (given: z.output<z.ZodObject<Shape>>) => Result,
) =>
  rule(shape).transform((given) => ({
    ...content(given as never),
    ...common(given as never),
  }));

export const list = <Item extends z.ZodType>(item: Item) => z.array(item).default([]);
