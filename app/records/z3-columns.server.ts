/**
 * Columns of the Z3 export as the database writes them: each value as it stands in the file. A million records would
 * cost the driver more than all the rest, if each value came by itself.
 */
import type { Z3Column, Z3Kind, Z3Table } from "#app/domain/z3.ts";
import type { SQL } from "drizzle-orm";

/** A column with its value as it is written, and as an amount where it is summed. */
export type Z3Source = Z3Column & { written: string; amount?: string };

/** A table with the way to its rows; the condition says which of them are in the export. */
export type Z3Rows = Omit<Z3Table, "columns"> & {
  columns: Z3Source[];
  from: string;
  where: SQL;
  orderBy: string;
};

/** Line feeds stay, other controls become a mark: an audit program might end a record at them. */
const controls = [...Array.from({ length: 31 }, (_, index) => index + 1), 127]
  .concat(Array.from({ length: 32 }, (_, index) => 128 + index))
  .filter((code) => code !== 10 && code !== 13);
const from = `E'\\r${controls.map((code) => `\\u${code.toString(16).padStart(4, "0")}`).join("")}'`;
const to = `E'\\n${"\\ufffd".repeat(controls.length)}'`;

/** What needs care: asked first, since most texts have none of it and the care is slow. */
const careful = `'[\\u0001-\\u0009\\u000b-\\u001f\\u007f-\\u009f"]'`;

function quoted(expression: string): string {
  const text = `coalesce((${expression})::text, '')`;
  const readable = `translate(replace(${text}, E'\\r\\n', E'\\n'), ${from}, ${to})`;
  const escaped = `replace(${readable}, '"', '""')`;
  return `'"' || case when ${text} ~ ${careful} then ${escaped} else ${text} end || '"'`;
}

function column(name: string, kind: Z3Kind, written: string, note = ""): Z3Source {
  return { name, kind, written, note };
}

/** Text, a key, or whatever may be empty. */
export const text = (name: string, expression: string, note = "") =>
  column(name, "text", quoted(expression), note);

/** For keys and hashes: nothing in them needs care. */
export const plain = (name: string, expression: string, note = "") =>
  column(name, "text", `'"' || coalesce((${expression})::text, '') || '"'`, note);

/** In euro; never empty. */
export const amount = (name: string, expression: string, note = ""): Z3Source => ({
  ...column(name, "amount", `replace((${expression})::numeric(14, 2)::text, '.', ',')`, note),
  amount: expression,
});

/** In percent; a sum of rates says nothing. */
export const rate = (name: string, expression: string, note = "in Prozent"): Z3Source => {
  const { amount: _, ...unsummed } = amount(name, expression, note);
  return unsummed;
};

export const whole = (name: string, expression: string, note = "") =>
  column(name, "whole", `(${expression})::text`, note);

/** Never empty. */
export const day = (name: string, expression: string, note = "") =>
  column(name, "day", dayText(expression), note);

const dayText = (expression: string) => `to_char(${expression}, 'DD.MM.YYYY')`;

/** A day that may be missing stands as text: a reader of days takes no empty ones. */
export const dayOrNone = (name: string, expression: string) =>
  plain(name, dayText(expression), "TT.MM.JJJJ oder leer");

/** An amount or a rate that may be missing, with decimal comma. */
export const figureOrNone = (name: string, expression: string) =>
  plain(name, `replace((${expression})::text, '.', ',')`, "Zahl mit Komma oder leer");

export const yesNo = (name: string, expression: string) =>
  plain(name, `case when ${expression} then 'ja' else 'nein' end`, "ja oder nein");

/** A moment in Berlin, as its day and its time. */
export const moment = (name: string, expression: string): Z3Source[] => {
  const local = `(${expression} at time zone 'Europe/Berlin')`;
  return [
    day(`${name}_am`, local),
    plain(`${name}_um`, `to_char(${local}, 'HH24:MI:SS.MS')`, "Uhrzeit in Deutschland"),
  ];
};

/** One of the program's words in German; what has none stays as it is. */
export const word = (name: string, expression: string, words: Record<string, string>) =>
  plain(name, wordOf(expression, words));

export function wordOf(expression: string, words: Record<string, string>): string {
  const cases = Object.entries(words).map(
    ([key, german]) => `when '${key}' then '${german.replaceAll("'", "''")}'`,
  );
  return `case (${expression})::text ${cases.join(" ")} else (${expression})::text end`;
}
