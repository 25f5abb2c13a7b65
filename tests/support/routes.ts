/** Every route of the program with its loader and action, taken from the files themselves. */
export type Handler = (args: never) => unknown;
export type RouteModule = { loader?: Handler; action?: Handler };

const modules = import.meta.glob<RouteModule>(
  ["/app/routes/*.{ts,tsx}", "/app/routes/*/route.tsx"],
  { eager: true },
);

const sources = import.meta.glob<string>(
  [
    "/app/routes/**/*.{ts,tsx}",
    "/app/components/*.tsx",
    "/app/*form.ts",
    "/app/*-request.server.ts",
  ],
  {
    query: "?raw",
    import: "default",
    eager: true,
  },
);
/** How a page reads from its address after the question mark. */
const searched = /(?:\.get(?:All)?|\bid)\("([a-zA-Z]+)"\)/g;

export const routes = Object.entries(modules).map(([path, module]) => {
  const name = /routes\/(.*?)(?:\/route)?\.tsx?$/.exec(path)![1]!;
  // A trailing underscore is of the file's name only: "$year_" is the parameter "year".
  const params = [...name.matchAll(/\$([a-zA-Z]+)/g)].map(([, param]) => param!);
  const folder = path.replace(/route\.tsx$/, "");
  const own = Object.entries(sources).filter(([file]) => file.startsWith(folder));
  return {
    name,
    module,
    params,
    searchNames: namesIn(
      searched,
      own.map(([, text]) => text),
    ),
  };
});

/** Names of fields that any form sends, as they stand in the schemas and in the markup. */
export const fieldNames = namesIn(
  /\bname="([a-zA-Z]+)"|\bfields?\.([a-zA-Z]+)|^\s+([a-zA-Z]+):\s*(?:key|optionalKey|day|optionalDay|text|optionalText|euroAmount|optionalEuroAmount)\b/gm,
);

/** Names that any page reads from its address after the question mark. */
export const searchNames = namesIn(searched);

function namesIn(pattern: RegExp, texts = Object.values(sources)): string[] {
  const found = [...texts.join("\n").matchAll(pattern)].map(([, ...names]) => names.find(Boolean)!);
  return [...new Set(found)];
}
