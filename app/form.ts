/**
 * Reads a submitted form (zod and conform) into typed values, or into problems to show beside its
 * fields. Every form of the house goes through `readForm`, and every refusal through `rejected`.
 */
import { parseWithZod } from "@conform-to/zod/v4";
import { data } from "@remix-run/node";
import { z } from "zod";
import { isDay } from "./domain/calendar.ts";
import { parseDay, parseEuro, parseFactor, parsePercent } from "./german/notation.ts";

/** What no honest form sends: it would grow into objects that take the server's breath. */
const limits = { fields: 1_000, nameLength: 60, valueLength: 4_000, index: 200 };

export async function readForm<Schema extends z.ZodType>(request: Request, schema: Schema) {
  const form = await request.formData();
  const names = [...form.keys()];
  const isHonest =
    names.length <= limits.fields &&
    names.every((name) => name.length <= limits.nameLength && !/\[\d{4,}\]|\.[^.]*\./.test(name)) &&
    names.every((name) =>
      [...name.matchAll(/\[(\d+)\]/g)].every(([, at]) => Number(at) < limits.index),
    ) &&
    [...form.values()].every((v) => typeof v === "string" && v.length <= limits.valueLength);
  if (!isHonest) throw data("Die Eingabe ist zu groß.", { status: 413 });
  return parseWithZod(form, { schema });
}

type Submission = Awaited<ReturnType<typeof readForm>>;

/** The form again with all its input: 422 with the problem beside its field, 200 for one more row. */
export function rejected(
  submission: Pick<Submission, "status" | "reply">,
  problem?: { field: string; sentence: string },
) {
  const fieldErrors = problem ? { [problem.field]: [problem.sentence] } : undefined;
  const isRefused = problem !== undefined || submission.status === "error";
  return data(submission.reply({ fieldErrors }), { status: isRefused ? 422 : 200 });
}

const fillIn = "Bitte ausfüllen.";
const choose = "Bitte auswählen.";

/** Reads German notation, or says how it is written. */
function read<Value>(parse: (text: string) => Value | undefined, problem: string) {
  return z.string({ error: problem }).transform((text, context) => {
    const value = parse(text);
    if (value !== undefined) return value;
    context.addIssue({ code: "custom", message: problem });
    return z.NEVER;
  });
}

export const text = z
  .string({ error: fillIn })
  .trim()
  .min(1, fillIn)
  .max(500, "Bitte kürzer fassen.");
export const optionalText = z
  .string()
  .trim()
  .max(2_000, "Bitte kürzer fassen.")
  .optional()
  .transform((value) => value ?? "");
export const email = z
  .string({ error: fillIn })
  .trim()
  .max(200, "Bitte kürzer fassen.")
  .pipe(z.email("Bitte eine E-Mail-Adresse wie name@example.de eingeben."));
export const secret = z.string({ error: fillIn }).max(200, "Bitte kürzer fassen.");
export const key = z.uuid({ error: choose });
export const optionalKey = z.uuid({ error: choose }).optional();
export const checkbox = z
  .literal("on")
  .optional()
  .transform((value) => value === "on");

export const euroAmount = read(
  parseEuro,
  "Bitte einen eindeutigen Betrag wie 1.234,50 oder 1234,50 eingeben.",
);
/** An amount that is zero when nothing is entered. */
export const optionalEuroAmount = z
  .string()
  .optional()
  .transform((value) => value ?? "0")
  .pipe(euroAmount);
export const percentShare = read(parsePercent, "Bitte einen Anteil wie 90 oder 12,5 eingeben.");
export const weight = read(parseFactor, "Bitte eine Zahl wie 675 oder 0,5 eingeben.");
export const day = read(parseDay, "Bitte ein Datum wie 31.12.2024 eingeben.");
export const optionalDay = z
  .string()
  .optional()
  .transform((value) => value ?? null)
  .pipe(z.union([z.null(), day], { error: "Bitte ein Datum wie 31.12.2024 eingeben." }));

export function wholeNumber(least: number, most: number) {
  return read((input) => {
    const bare = input.trim();
    const value = /^\d{1,9}$/.test(bare) ? Number(bare) : undefined;
    return value !== undefined && value >= least && value <= most ? value : undefined;
  }, `Bitte eine ganze Zahl von ${least} bis ${most} eingeben.`);
}

export function choice<const Options extends readonly [string, ...string[]]>(options: Options) {
  return z.enum(options, { error: choose });
}

/** The day in an address; undefined when it is none. */
export function dayParam(value: string | null): string | undefined {
  return value && isDay(value) ? value : undefined;
}
