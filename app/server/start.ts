/** `npm start`: from a fresh checkout to a running Paktbuch, and back to nothing at the end. */
import { roleWords } from "#app/german/words.ts";
import { pathToFileURL } from "node:url";
import {
  databaseOwnerUrl,
  databaseUrl,
  declareMode,
  limitStatements,
  useDatabase,
} from "#app/env.server.ts";
import { prepareSecret } from "#app/secret-box.server.ts";
import { buildIfStale, serverBuild } from "./build.ts";
import { type Login, ownEmbedded, prepareEmbedded } from "./embedded-database.ts";
import { live, whenLeaving } from "./life.ts";
import { prepareDatabase } from "./prepare-database.ts";
import type { Pages } from "./web.ts";

type Served = Pick<Pages, "build" | "vite">;

const isDevelopment = process.argv.includes("--dev");

await live(async () => {
  declareMode(isDevelopment ? "development" : "production");
  limitStatements();
  // Loaded after the mode is declared, since Express reads it.
  const web = await import("./web.ts");

  prepareSecret();
  const logins = await openDatabase(web.refuseTakenAddress);
  const { keepHeads } = await import("./daily-heads.ts");
  await keepHeads();
  const { keepExports } = await import("./exports.ts");
  await keepExports();
  // Both ask the database, whose address is known by now.
  const { guarded } = await import("./guarded-build.ts");
  const { needs } = await import("./needs.ts");
  const { build, ...rest } = isDevelopment ? await pagesOfVite() : await builtPages();
  const app = web.createApp({ build: guarded(build), ...rest, needs });
  const server = await web.listen(app);
  whenLeaving(() => web.stopListening(server));

  if (logins.length > 0) console.log(welcome(logins));
  console.log(`Paktbuch läuft: ${web.addressOf(server)}`);
});

/** Leaves a prepared database whose address everything else can ask for. */
async function openDatabase(refuseTakenAddress: () => Promise<void>): Promise<Login[]> {
  let logins: Login[] = [];
  const given = databaseUrl();
  if (given) {
    await refuseTakenAddress();
    await prepareDatabase(given, databaseOwnerUrl());
  } else {
    const embedded = await ownEmbedded();
    await refuseTakenAddress();
    const prepared = await prepareEmbedded(embedded);
    useDatabase(prepared.url);
    logins = prepared.logins;
  }
  // Loaded now, while the loader surely works: at Ctrl-C its esbuild ends before this program does.
  const { closeDatabase, useNewAddress } = await import("#db/client.ts");
  useNewAddress();
  whenLeaving(closeDatabase);
  return logins;
}

async function builtPages(): Promise<Served> {
  await buildIfStale();
  return { build: await import(pathToFileURL(serverBuild).href) };
}

async function pagesOfVite(): Promise<Served> {
  const { createServer } = await import("vite");
  const ownListeners = process.listeners("SIGTERM");
  const vite = await createServer({ server: { middlewareMode: true } });
  whenLeaving(() => vite.close());
  // A second Vite inside the Remix plugin would exit at SIGTERM before the database is stopped.
  for (const listener of process.listeners("SIGTERM")) {
    if (!ownListeners.includes(listener)) process.off("SIGTERM", listener);
  }
  const build = () => vite.ssrLoadModule("virtual:remix/server-build");
  return { build: build as unknown as Pages["build"], vite: vite.middlewares };
}

function welcome(logins: Login[]): string {
  const rows = logins.map(
    ({ roles, email, password }) =>
      `  ${email}  ${password}  (${roles.map((role) => roleWords[role]).join(", ")})`,
  );
  return ["Das Beispiel ist geladen. Anmelden kann man sich als", ...rows].join("\n");
}
