import { expect, test } from "vitest";
import { fieldLabel, problemHeadline } from "#app/german/fields.ts";

const sources = import.meta.glob<string>(["/app/routes/**/*.tsx", "/app/school-form.ts"], {
  query: "?raw",
  import: "default",
  eager: true,
});
const forms = import.meta.glob<string>(["/app/routes/**/*.tsx", "/app/components/*.tsx"], {
  query: "?raw",
  import: "default",
  eager: true,
});
/** Never shown: hidden, or without a way to be wrong. */
const silent = [
  "id",
  "envelopeId",
  "applicationId",
  "memberId",
  "basedOn",
  "before",
  "isActive",
  "session",
  "step",
  "version",
  "pupilsAreIllustrative",
];

test("every field of every form has a name in the list of what is wrong", () => {
  const nameless = Object.values(sources)
    .flatMap((source) => [
      ...source.matchAll(/(?:z\s*\.object|schoolForm\.extend)\(\{([\s\S]*?)\}\)/g),
    ])
    .flatMap(([, fields]) => [...fields!.matchAll(/(\w+)(?:: |,|$)/gm)].map(([, name]) => name!))
    .filter((name) => /^[a-z]/.test(name) && new RegExp(`\\b${name}\\b`).test(declared))
    .filter((name) => !silent.includes(name) && !fieldLabel(name));
  expect([...new Set(nameless)]).toEqual([]);
});

/** Names that stand as a field: `name: schema` or the shorthand of a schema of the same name. */
const declared = Object.values(sources)
  .flatMap((source) => [...source.matchAll(/name="([a-zA-Z]+)"|fields?\.([a-zA-Z]+)/g)])
  .map(([, first, second]) => first ?? second)
  .join(" ");

test("a field of a row is named with its row", () => {
  expect(fieldLabel("lines[1].grossAmount")).toBe("Zeile 2, Betrag brutto");
  expect(fieldLabel("supplier")).toBe("Lieferant");
  expect(fieldLabel("nothing")).toBeUndefined();
});

test("a refused form says first that nothing happened", () => {
  expect(problemHeadline(1)).toBe(
    "Es wurde nichts gespeichert. Ein Feld braucht noch einen Blick.",
  );
  expect(problemHeadline(3, "Eingereicht wurde nichts.")).toBe(
    "Eingereicht wurde nichts. 3 Felder brauchen noch einen Blick.",
  );
  // Whoever says it in other words says what did not happen, and nothing else.
  const consequences = Object.values(forms)
    .flatMap((source) => [...source.matchAll(/\bconsequence="([^"]*)"/g)])
    .map(([, sentence]) => sentence!);
  expect(consequences.length).toBeGreaterThan(0);
  expect(consequences.filter((sentence) => !/\b(wurde nichts|ist nicht)\b/.test(sentence))).toEqual(
    [],
  );
});
