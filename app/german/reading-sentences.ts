/** Sentences for files of others that cannot be read. */
import type { Sentences } from "./violations.ts";

export const readingSentences = {
  file_unreadable: () =>
    "Diese Datei lässt sich nicht lesen; sie ist beschädigt oder anders aufgebaut.",
  file_takes_too_long: () =>
    "Das Lesen dieser Datei dauert zu lange und wurde abgebrochen. Bitte die Datei aufteilen oder vereinfachen.",
} satisfies Partial<Sentences>;
