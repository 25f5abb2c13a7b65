/**
 * What a new password must be: long, and not what others try first (ASVS 5.0, 6.2; NIST SP 800-63B). No rules about
 * kinds of characters, and it never has to be changed for its age.
 */

export const shortestPassword = 12;
export const longestPassword = 128;

export type PasswordRuleViolation =
  | { field: "password"; rule: "password_too_short" }
  | { field: "password"; rule: "password_too_long" }
  | { field: "password"; rule: "password_known" }
  | { field: "password"; rule: "password_of_context" }
  | { field: "password"; rule: "password_too_plain" };

/** Words that stand on every page here. */
const houseWords = ["paktbuch", "passwort", "beispiel", "digitalpakt", "schulträger", "förderbuch"];

/** So many characters must be left without words that anybody would try here. */
const shortestRest = 8;

/** Shorter words are parts of too many others. */
const shortestWord = 4;

/** A password of runs and repetitions has fewer parts than this. */
const fewestParts = 6;

/** Rows of a German keyboard, along which a finger runs. */
const keyboardRows = ["1234567890", "qwertzuiop", "qwertyuiop", "asdfghjkl", "yxcvbnm", "zxcvbnm"];

/**
 * Checks a password that somebody wants to have, as typed, in Unicode's composed form (NFC).
 * @param context name, e-mail address, name of the authority: of their words a password may not be made
 * @param isKnown whether a list of breached passwords has it
 */
export function checkPassword(
  password: string,
  context: readonly string[],
  isKnown: (password: string) => boolean,
): PasswordRuleViolation | undefined {
  const field = "password";
  const typed = password.normalize("NFC");
  if (lengthOf(typed) < shortestPassword) return { field, rule: "password_too_short" };
  if (lengthOf(typed) > longestPassword) return { field, rule: "password_too_long" };
  const lower = typed.toLowerCase();
  if (isKnown(typed) || isKnown(lower)) return { field, rule: "password_known" };
  if (partsOf(lower) < fewestParts) return { field, rule: "password_too_plain" };
  if (restOf(lower, context) < shortestRest) {
    return { field, rule: "password_of_context" };
  }
}

/** In characters as a person counts them, whatever bytes they take. */
function lengthOf(text: string): number {
  return [...text].length;
}

function wordsOf(context: readonly string[]): string[] {
  const words = context.flatMap((text) => text.split(/[^\p{L}\p{N}]+/u));
  const own = foldings.flatMap((fold) => houseWords.map(fold));
  return [...new Set([...own, ...words])]
    .filter((word) => lengthOf(word) >= shortestWord)
    .sort((one, other) => other.length - one.length);
}

/** Ways in which one word is typed: as it is, with "ae" for "ä", with "a" for it. */
const foldings: ((text: string) => string)[] = [
  (text) => text,
  (text) =>
    text.replaceAll("ä", "ae").replaceAll("ö", "oe").replaceAll("ü", "ue").replaceAll("ß", "ss"),
  (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("ß", "ss"),
];

/** How many characters are left without words and the signs between, in the way of typing that leaves fewest. */
function restOf(password: string, context: readonly string[]): number {
  const words = wordsOf(foldings.flatMap((fold) => context.map((text) => fold(lowered(text)))));
  const rests = foldings.map((fold) => {
    const rest = words.reduce((left, word) => left.replaceAll(word, ""), fold(password));
    return lengthOf(rest.replace(/[\p{P}\s]/gu, ""));
  });
  return Math.min(...rests);
}

function lowered(text: string): string {
  return text.normalize("NFC").toLowerCase();
}

/** Of how many parts it is made: a repeated block counts once, a run of neighbours ("aaa", "345", "wert") as one. */
function partsOf(password: string): number {
  const letters = [...(/^(.+?)\1+$/su.exec(password)?.[1] ?? password)];
  let parts = 0;
  for (let at = 0; at < letters.length; parts += 1) at += runAt(letters, at);
  return parts;
}

/** The length of the run that begins here; two neighbours are chance. */
function runAt(letters: string[], at: number): number {
  const step = letters[at + 1] === undefined ? undefined : stepOf(letters[at]!, letters[at + 1]!);
  if (!step) return 1;
  let end = at + 1;
  while (end + 1 < letters.length && isSame(stepOf(letters[end]!, letters[end + 1]!), step)) {
    end += 1;
  }
  const length = end - at + 1;
  return length >= 3 ? length : 1;
}

type Step = readonly [row: number, by: number];

/** Along which row, and which way, one letter leads to the next; undefined for letters that are no neighbours. */
function stepOf(one: string, other: string): Step | undefined {
  const by = other.codePointAt(0)! - one.codePointAt(0)!;
  if (Math.abs(by) <= 1) return [-1, by];
  for (const [row, keys] of keyboardRows.entries()) {
    if (!keys.includes(one) || !keys.includes(other)) continue;
    const along = keys.indexOf(other) - keys.indexOf(one);
    if (Math.abs(along) === 1) return [row, along];
    // After 9 comes 0, after 0 comes 1.
    if (row === 0 && Math.abs(along) === keys.length - 1) return [-1, -Math.sign(along)];
  }
}

function isSame(one: Step | undefined, other: Step): boolean {
  return one !== undefined && one[0] === other[0] && one[1] === other[1];
}
