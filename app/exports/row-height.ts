/** How tall a row is: not every program makes it tall enough for wrapped text. */

/** In points, for so many lines of text; no program takes more than 409. */
export function heightOf(lines: number): number {
  return Math.min(12 * lines + 3, 409);
}

/** Letters are narrower than a column's unit, the width of a digit in a larger font. */
export const lettersPerUnit = 1.35;

/** Lines that a text takes in a column of so many letters. */
export function linesOf(text: string, width: number): number {
  if (text.length <= width && !text.includes("\n")) return 1;
  let lines = 0;
  for (const paragraph of text.split("\n")) lines += wrappedLines(paragraph, width);
  return lines;
}

function wrappedLines(paragraph: string, width: number): number {
  if (paragraph.length <= width) return 1;
  let lines = 1;
  let used = 0;
  for (const word of paragraph.split(/(?<=[\s-])/)) {
    const length = word.trimEnd().length;
    if (used > 0 && used + length > width) {
      lines += 1;
      used = 0;
    }
    lines += Math.max(0, Math.ceil(length / width) - 1);
    used += word.length;
  }
  return lines;
}
