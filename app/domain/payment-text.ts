/** What the text and the name on a bank statement say: invoice numbers in it, and whose name it is. */
import { comparable } from "./invoice.ts";

/**
 * The text as it is searched. Old systems break it after 27 characters in the midst of a number, others
 * between words: both readings count.
 */
export function textsOf(remittance: string): string[] {
  const text = remittance.normalize("NFKC").toLocaleLowerCase("de");
  return [text.replaceAll("\n", " "), text.replaceAll("\n", "")];
}

/**
 * True where a text names the number, written as it may be ("RE 2020/17" is "re2020-17"), and not as a part
 * of a longer one: "12" is neither in "2012" nor in "2020/12". In a list ("4711/4712") the neighbour may be
 * another number: there the sum must prove it.
 */
export function isNamedIn(texts: string[], number: string, place: "alone" | "in_list"): boolean {
  const pattern = patternOf(comparable(number), place);
  return pattern !== undefined && texts.some((text) => pattern.test(text));
}

function patternOf(key: string, place: "alone" | "in_list"): RegExp | undefined {
  const parts = key.match(/\p{L}+|\p{N}+|-|\+/gu);
  if (!parts || !/[\p{L}\p{N}]/u.test(key)) return undefined;
  const body = parts.map((part, index) => {
    if (part === "-") return separator.between;
    const follows = index > 0 && parts[index - 1] !== "-";
    return (follows ? separator.any : "") + part.replace("+", "\\+");
  });
  const joint = place === "alone" ? "[\\-/._]" : undefined;
  const before = startsWith(key, joint);
  const after = endsWith(key, joint);
  return new RegExp(before + body.join("") + after, "u");
}

const separator = { any: "[^\\p{L}\\p{N}+]{0,5}", between: "[^\\p{L}\\p{N}+]{1,5}" };

/** No figure before a figure, no letter before a letter; alone no figure that a stroke joins on. */
function startsWith(key: string, joint: string | undefined): string {
  const isFigure = /^\p{N}/u.test(key);
  if (!isFigure) return "(?<!\\p{L})";
  return `(?<!\\p{N})${joint ? `(?<!\\p{N}${joint})` : ""}`;
}

function endsWith(key: string, joint: string | undefined): string {
  const isFigure = /\p{N}$/u.test(key);
  if (!isFigure) return "(?!\\p{L})";
  return `(?!\\p{N})${joint ? `(?!${joint}\\p{N})` : ""}`;
}

/** Words that say what kind of firm it is, and that one side writes out and the other not. */
const legalForms =
  /(?<!\p{L})(gmbh|mbh|ag|ug|kg|kgaa|ohg|gbr|se|co|haftungsbeschränkt|ek|e\.?\s?k\.?|e\.?\s?v\.?)(?=\P{L}|$)/gu;

/** True where one name holds the other, but for its legal form: "Netzbau" and "NETZBAU GMBH, KIEL". */
export function isSameParty(counterparty: string, supplier: string): boolean {
  const [one, other] = [counterparty, supplier].map(bareName) as [string, string];
  if (one.length < 4 || other.length < 4) return one !== "" && one === other;
  return one.includes(other) || other.includes(one);
}

function bareName(name: string): string {
  const lower = name.normalize("NFKC").toLocaleLowerCase("de");
  const bare = lower.replace(legalForms, " ").replace(/(?<!\p{L})und(?!\p{L})/gu, "&");
  // Banks and their customers write ä as ae.
  const spelled = bare.replace(/[äöüß]/g, (letter) => umlauts[letter]!);
  return spelled.replace(/[^\p{L}\p{N}]/gu, "");
}

const umlauts: Record<string, string> = { ä: "ae", ö: "oe", ü: "ue", ß: "ss" };
