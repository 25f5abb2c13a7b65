/** Every route of the program with its loader and action, taken from the files themselves. */
export type Handler = (args: never) => unknown;
export type RouteModule = { loader?: Handler; action?: Handler };

const modules = import.meta.glob<RouteModule>(
  ["/app/routes/*.{ts,tsx}", "/app/routes/*/route.tsx"],
  { eager: true },
);

export const routes = Object.entries(modules).map(([path, module]) => {
  const name = /routes\/(.*?)(?:\/route)?\.tsx?$/.exec(path)![1]!;
  // A trailing underscore is of the file's name only: "$year_" is the parameter "year".
  const params = [...name.matchAll(/\$([a-zA-Z]+)/g)].map(([, param]) => param!);
  return { name, module, params };
});

const sources = import.meta.glob<string>(
  ["/app/routes/**/*.{ts,tsx}", "/app/components/*.tsx", "/app/*form.ts"],
  {
    query: "?raw",
    import: "default",
    eager: true,
  },
);
const source = Object.values(sources).join("\n");

/** Names of fields that any form sends, as they stand in the schemas and in the markup. */
export const fieldNames = namesIn(
  /\bname="([a-zA-Z]+)"|\bfields?\.([a-zA-Z]+)|^\s+([a-zA-Z]+):\s*(?:key|optionalKey|day|optionalDay|text|optionalText|euroAmount|optionalEuroAmount)\b/gm,
);

/** Names that any page reads from its address after the question mark. */
export const searchNames = namesIn(/\.get\("([a-zA-Z]+)"\)/g);

function namesIn(pattern: RegExp): string[] {
  const found = [...source.matchAll(pattern)].map(([, ...names]) => names.find(Boolean)!);
  return [...new Set(found)];
}
