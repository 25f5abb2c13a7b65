/**
 * `npm run restore -- FILE`: brings a backup back into an empty database, or into the embedded one of an empty
 * data folder. Exit code 1 where anything does not hold; nothing is left behind then.
 */
import { databaseOwnerUrl, databaseUrl, settings, useDatabase } from "#app/env.server.ts";
import { OperatorError } from "#app/operator-error.ts";
import { databaseExists, makeEmbedded, ownEmbedded } from "#app/server/embedded-database.ts";
import { leave, live, whenLeaving } from "#app/server/life.ts";

const [file, ...others] = process.argv.slice(2);

await live(async () => {
  if (!file || others.length > 0) throw new OperatorError("Aufruf: npm run restore -- DATEI.zip");
  const given = databaseUrl();
  if (given) {
    await restore(file, given, databaseOwnerUrl() ?? given);
    return leave(0);
  }
  const embedded = await ownEmbedded();
  if (await databaseExists(embedded)) {
    throw new OperatorError(
      `Im Datenordner ${settings.dataDir} ist schon eine Datenbank; wiederhergestellt wird nur in einen ` +
        "neuen: bitte PAKTBUCH_DATA auf einen leeren Ordner setzen.",
    );
  }
  await makeEmbedded(embedded, (url, ownerUrl) => restore(file, url, ownerUrl));
  await leave(0);
}, 130);

async function restore(file: string, url: string, ownerUrl: string): Promise<void> {
  useDatabase(url);
  const { closeDatabase } = await import("#db/client.ts");
  whenLeaving(closeDatabase);
  const { restoreBackup } = await import("#app/backup/restore.server.ts");
  const { explained } = await import("#app/server/database-errors.ts");
  try {
    await restoreBackup(file, { url, ownerUrl }, (step) => {
      if (step.step === "opened") {
        const { madeAt, program } = step.manifest;
        console.log(`Sicherung vom ${madeAt} (Paktbuch ${program}), unverändert: ${step.mark}`);
      } else if (step.step === "table") {
        if (step.at % 10 === 0) console.log(`  ${step.at} von ${step.of} Tabellen`);
      } else if (step.step === "proving") {
        console.log(`  Bücher geprüft werden: ${step.authority}`);
      } else console.log(`  ${step.count} Dateien außerhalb der Datenbank abgelegt`);
    });
  } catch (error) {
    throw explained(error, ownerUrl);
  }
  const { everyAuthority } = await import("#db/authority.ts");
  const { countOpenable } = await import("#app/records/second-factors.server.ts");
  const { all, openable } = await everyAuthority(countOpenable);
  console.log(
    "Wiederhergestellt. Kontrollsummen, Journale, Siegel und Dateien sind wie gesichert.",
  );
  if (openable < all) {
    console.log(
      `Achtung: Von ${all} zweiten Faktoren öffnet der jetzige Schlüssel ${openable}. Bitte „secret.key“ ` +
        "(oder PAKTBUCH_SECRET) von der gesicherten Anlage wieder einsetzen. Ohne ihn gilt kein Code einer App " +
        "mehr: Wer einen Wiederherstellungscode hat, meldet sich damit an; allen anderen nimmt die Verwaltung " +
        "der Zugänge den zweiten Faktor zurück, der letzten Verwaltung „npm run reset-access“.",
    );
  }
}
