/** Names of files that every system takes: Windows allows least. */

/** Names that Windows keeps for devices, with any ending. */
const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i;

/**
 * The text as part of a file's name: one line, composed (NFC), without what Windows or a path gives a meaning,
 * of so many characters at most. Never empty.
 */
export function safeName(text: string, most: number): string {
  const plain = text
    .normalize("NFC")
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, " ")
    .replace(/[<>:"/\\|?*]/g, "-")
    .replace(/\s+/g, " ")
    // By characters, not by halves of one.
    .replace(new RegExp(`^((?:.){${most}}).*$`, "su"), "$1")
    // Windows drops dots and spaces at the end; a dot in front hides the file elsewhere.
    .replace(/^[. ]+|[. ]+$/g, "");
  return reserved.test(plain) ? `_${plain}`.slice(0, most) : plain || "_";
}

/**
 * Makes names of one folder unique for systems that do not tell large letters from small: a second one is
 * called "name (2).pdf".
 */
export function uniqueNames(): (stem: string, ending: string) => string {
  const taken = new Set<string>();
  return (stem, ending) => {
    for (let count = 1; ; count += 1) {
      const name = count === 1 ? `${stem}${ending}` : `${stem} (${count})${ending}`;
      const key = name.toLowerCase();
      if (taken.has(key)) continue;
      taken.add(key);
      return name;
    }
  };
}
