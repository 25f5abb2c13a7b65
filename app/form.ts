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

/** What neither PostgreSQL nor a spreadsheet keeps: control characters other than tab and line breaks. */
const unkeepable = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/;

function problemOfText(value: string, most: number): string | undefined {
  if (unkeepable.test(value) || !value.isWellFormed()) return "Bitte ohne Steuerzeichen eingeben.";
  if (value.length > most) return `Bitte kürzer fassen: höchstens ${most} Zeichen.`;
}

/** Checked in one step: conform would read an empty text between two as none. */
function textUpTo(most: number, check: (value: string) => string | undefined = () => undefined) {
  return (input: string | undefined, context: z.RefinementCtx): string => {
    const value = (input ?? "").trim();
    const problem = problemOfText(value, most) ?? check(value);
    if (problem) context.addIssue({ code: "custom", message: problem });
    return value;
  };
}

const isFilled = (value: string) => (value === "" ? fillIn : undefined);
const isEmail = (value: string) =>
  z.email().safeParse(value).success
    ? undefined
    : "Bitte eine E-Mail-Adresse wie name@example.de eingeben.";

export const text = z.string({ error: fillIn }).transform(textUpTo(500, isFilled));
export const optionalText = z.string().optional().transform(textUpTo(2_000));
export const email = z.string({ error: fillIn }).transform(textUpTo(200, isEmail));
export const secret = z
  .string({ error: fillIn })
  .refine(
    (value) => problemOfText(value, 200) === undefined,
    "Bitte kürzer und ohne Steuerzeichen.",
  );
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

/** The page in an address: the first where it names none. */
export function pageParam(value: string | null): number {
  return value && /^[1-9]\d{0,4}$/.test(value) ? Number(value) : 1;
}

/** The day in an address; undefined when it is none. */
export function dayParam(value: string | null): string | undefined {
  return value && isDay(value) ? value : undefined;
}
