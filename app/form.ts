/**
 * Reads a submitted form (zod and conform) into typed values, or into problems to show beside its
 * fields. Every form of the house goes through `readForm`, and every refusal through `rejected`.
 */
import { parseWithZod } from "@conform-to/zod/v4";
import { data } from "@remix-run/node";
import { electronicFormatIBAN, isValidIBAN } from "ibantools";
import { z } from "zod";
import { isDay } from "./domain/calendar.ts";
import { euro } from "./domain/money.ts";
import { parseDay, parseEuro, parseFactor, parsePercent } from "./german/notation.ts";

/** What no honest form sends: it would grow into objects that take the server's breath. */
const limits = { fields: 1_000, nameLength: 60, valueLength: 20_000, rows: 200 };

/** A field, or a field of a row: "supplier", "lines[3].amount". Nothing deeper, no far row. */
const honestName = /^[a-zA-Z]+(\[\d{1,3}\]\.[a-zA-Z]+)?$/;

/** The two things that a form's buttons ask for besides being sent: one row more, one row less. */
const intent = z.union([
  z.strictObject({
    type: z.literal("insert"),
    payload: z.strictObject({
      name: z.string().regex(/^[a-zA-Z]+$/),
      defaultValue: z.record(z.string().max(60), z.string().max(200)).optional(),
    }),
  }),
  z.strictObject({
    type: z.literal("remove"),
    payload: z.strictObject({
      name: z.string().regex(/^[a-zA-Z]+$/),
      index: z.int().min(0).max(limits.rows),
    }),
  }),
]);

/**
 * Reads the form of a request by its schema. Ends the request with 400 where no honest form sent it.
 * @param longest the most characters of a field that takes more than others, such as a whole file
 */
export async function readForm<Schema extends z.ZodObject>(
  request: Request,
  schema: Schema,
  longest: { [Field in keyof z.input<Schema>]?: number } = {},
) {
  const form = await request.formData().catch(() => undefined);
  if (!form || ![...form].every((entry) => isHonest(entry, schema, longest))) throw dishonest();
  if ([...form.keys()].length > limits.fields) throw dishonest();
  return parseWithZod(form, { schema });
}

function isHonest(
  [name, value]: [string, FormDataEntryValue],
  schema: z.ZodObject,
  longest: Record<string, number | undefined>,
): boolean {
  const most = Object.hasOwn(longest, name) ? longest[name] : undefined;
  if (typeof value !== "string" || value.length > (most ?? limits.valueLength)) return false;
  if (name === "__intent__") return value === "" || isKnownIntent(value, schema);
  const row = Number(/\[(\d+)\]/.exec(name)?.[1] ?? 0);
  return name.length <= limits.nameLength && honestName.test(name) && row < limits.rows;
}

/** Only lists of the schema have rows. */
function isKnownIntent(value: string, schema: z.ZodObject): boolean {
  try {
    const { payload } = intent.parse(JSON.parse(value));
    const field = schema.shape[payload.name];
    return field instanceof z.ZodDefault && field.unwrap() instanceof z.ZodArray;
  } catch {
    return false;
  }
}

function dishonest() {
  return data("Diese Eingabe kommt aus keinem Formular von Paktbuch.", { status: 400 });
}

type Submission = Awaited<ReturnType<typeof readForm>>;

/** The form again with all its input: 422 with each problem beside its field, 200 for one more row. */
export function rejected(
  submission: Pick<Submission, "status" | "reply">,
  ...problems: { field: string; sentence: string }[]
) {
  const fieldErrors: Record<string, string[]> = {};
  for (const { field, sentence } of problems) (fieldErrors[field] ??= []).push(sentence);
  const isRefused = problems.length > 0 || submission.status === "error";
  return data(submission.reply({ fieldErrors }), { status: isRefused ? 422 : 200 });
}

const fillIn = "Bitte ausfüllen.";
const choose = "Bitte auswählen.";

/** Reads German notation, or says how it is written. */
function read<Value>(parse: (text: string) => Value | undefined, problem: string) {
  return z.string({ error: fillIn }).transform((text, context) => {
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
/** What a person, a supplier or a thing is called. */
export const nameText = z.string({ error: fillIn }).transform(textUpTo(200, isFilled));
/** Short names, such as a number or a Sachkonto. */
export const shortText = z.string({ error: fillIn }).transform(textUpTo(60, isFilled));
/** Some pages of text, such as a report. */
export const longText = z.string({ error: fillIn }).transform(textUpTo(20_000, isFilled));
export const optionalText = z.string().optional().transform(textUpTo(2_000));
/** A whole file, kept with plain line ends. `check` gives a sentence for everything that is wrong with it. */
export function fileText(check: (content: string) => string[]) {
  return z.string({ error: fillIn }).transform((typed, context) => {
    const content = `${typed.replace(/\r\n?/g, "\n").trimEnd()}\n`;
    const unkept = problemOfText(content, Infinity);
    for (const message of unkept ? [unkept] : check(content)) {
      context.addIssue({ code: "custom", message });
    }
    return content;
  });
}
export const email = z.string({ error: fillIn }).transform(textUpTo(200, isEmail));
export const secret = z
  .string({ error: fillIn })
  .refine(
    (value) => problemOfText(value, 200) === undefined,
    "Bitte kürzer und ohne Steuerzeichen.",
  );
export const key = z.uuid({ error: choose }).toLowerCase();
/** One of the choices of a list that the programme gives. */
export const picked = z.string({ error: choose }).max(60, choose);
export const optionalKey = key.optional();
export const checkbox = z
  .literal("on")
  .optional()
  .transform((value) => value === "on");

/** An account that others pay to, kept without spaces; null when nothing is entered. */
export const optionalIban = z
  .string()
  .optional()
  .transform((typed, context) => {
    if (typed === undefined) return null;
    const iban = electronicFormatIBAN(typed) ?? "";
    if (isValidIBAN(iban)) return iban;
    const message = "Das ist keine gültige IBAN. Bitte wie DE12 3456 … abschreiben und prüfen.";
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  });

/** Sums of many must still fit their column: a form takes amounts below ten thousand million. */
const mostInOneForm = euro("9999999999.99");

export const euroAmount = read((input) => {
  const amount = parseEuro(input);
  return amount?.abs().greaterThan(mostInOneForm) ? undefined : amount;
}, "Bitte einen eindeutigen Betrag wie 1.234,50 oder 1234,50 eingeben.");
/** An amount that is zero when nothing is entered. */
export const optionalEuroAmount = z
  .string()
  .optional()
  .transform((value) => value ?? "0")
  .pipe(euroAmount);
export const percentShare = read(parsePercent, "Bitte einen Anteil wie 90 oder 12,5 eingeben.");
/** A share that is zero when nothing is entered. */
export const optionalPercentShare = z
  .string()
  .optional()
  .transform((value) => value ?? "0")
  .pipe(percentShare);
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

/** A number that may be left out: null then. */
export function optionalWholeNumber(least: number, most: number) {
  const number = wholeNumber(least, most);
  return z
    .string()
    .optional()
    .transform((value) => value ?? null)
    .pipe(
      z.union([z.null(), number], {
        error: `Bitte eine ganze Zahl von ${least} bis ${most} eingeben.`,
      }),
    );
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
