/** The frame of every command: it brings the database, and ends what it had to start for it. */
import { databaseOwnerUrl, databaseUrl, settings, useDatabase } from "#app/env.server.ts";
import { OperatorError } from "#app/operator-error.ts";
import { databaseExists, embeddedUrls } from "#app/server/embedded-database.ts";
import { leave, live, whenLeaving } from "#app/server/life.ts";
import { prepareDatabase, requirePrepared } from "#app/server/prepare-database.ts";
import { everyAuthority } from "#db/authority.ts";
import { startEmbedded } from "#db/embedded/embedded.ts";

/** What the shell expects of a program that was interrupted. */
const interrupted = 130;

/**
 * Calls the work with the address of the database and exits with the code it gives. A command is the operator's,
 * who has the server, and so is of every authority. The work loads
 * `#db/client.ts` dynamically: the address is known only once it is called.
 */
export function withDatabase(
  work: (url: string, ownerUrl: string) => Promise<number>,
  { onlyReads = false } = {},
): Promise<void> {
  return live(async () => {
    const given = databaseUrl();
    const { url, ownerUrl } = given
      ? { url: given, ownerUrl: databaseOwnerUrl() }
      : await embedded();
    if (onlyReads) await requirePrepared(url);
    else await prepareDatabase(url, ownerUrl);
    useDatabase(url);
    const { closeDatabase } = await import("#db/client.ts");
    whenLeaving(closeDatabase);
    await leave(await everyAuthority(() => work(url, ownerUrl ?? url)));
  }, interrupted);
}

/** The server of a running Paktbuch, else one for the time of this command. */
async function embedded(): Promise<{ url: string; ownerUrl: string }> {
  const starting = startEmbedded({ dataDir: settings.dataDir });
  whenLeaving(async () => (await starting.catch(() => undefined))?.stop());
  const server = await starting;
  if (await databaseExists(server)) return embeddedUrls(server);
  throw new OperatorError(
    `Im Datenordner ${settings.dataDir} ist noch keine Datenbank; bitte zuerst „npm start“ ausführen.`,
  );
}
