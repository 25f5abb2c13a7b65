/** Names of the ranges of a workbook's columns: every column of every sheet has one. */

/** Letters and digits stay, all else is one "_": "Zahlenmäßiger Nachweis" is "Zahlenmäßiger_Nachweis". */
export function nameOf(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}]+/gu, "_").replaceAll(/^_|_$/g, "");
}

/** The name of a column within its sheet: its key where formulas use it, else made of its title. */
export function keyOf({ key, title }: { key?: string; title: string }): string {
  return key ?? nameOf(title);
}
