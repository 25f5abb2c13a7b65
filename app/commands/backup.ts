/**
 * `npm run backup -- FOLDER` or `-- FILE.zip`: everything in one file, while the program goes on. Exit code 1
 * where no file was written, 2 where the books that are in it do not verify.
 */
import { statSync } from "node:fs";
import path from "node:path";
import { OperatorError } from "#app/operator-error.ts";
import { whenLeaving } from "#app/server/life.ts";
import { withDatabase } from "./with-database.ts";

/** Tables with fewer rows are not worth a line. */
const manyRows = 1_000;

const [wanted, ...others] = process.argv.slice(2);

await withDatabase(
  async (_, ownerUrl) => {
    if (!wanted || others.length > 0) {
      throw new OperatorError("Aufruf: npm run backup -- ORDNER oder npm run backup -- DATEI.zip");
    }
    const { makeBackup } = await import("#app/backup/backup.server.ts");
    const { now } = await import("#app/clock.server.ts");
    const file = fileFor(wanted, now());
    const interruption = new AbortController();
    whenLeaving(() => interruption.abort());
    const { tables, authorities, members } = await makeBackup(ownerUrl, file, {
      signal: interruption.signal,
      onProgress: (step) => {
        if (step.step === "file") console.log(`  Datei ${step.at} von ${step.of}`);
        else if (step.rows >= manyRows) {
          console.log(`  Tabelle ${step.at} von ${step.of}: ${step.name}, ${step.rows} Zeilen`);
        }
      },
    });
    const rows = Object.values(tables).reduce((sum, table) => sum + table.rows, 0);
    const files = Object.keys(members).filter((member) => member.startsWith("files/"));
    console.log(
      `Gesichert in ${file}: ${rows} Zeilen in ${Object.keys(tables).length} Tabellen, ` +
        `${files.length} Dateien, die außerhalb der Datenbank liegen.`,
    );
    for (const { name, entry } of authorities) {
      console.log(`  ${name}: Buchung ${entry.number}, Prüfsumme ${entry.hash || "–"}`);
    }
    const findings = authorities.flatMap((one) => one.findings);
    if (findings.length === 0) return 0;
    console.error(
      `Die gesicherten Bücher haben ${findings.length} Abweichungen; „npm run verify“ nennt sie.`,
    );
    return 2;
  },
  { onlyReads: true },
);

/** In a folder the file is named by its moment (UTC), so that names sort by time. */
function fileFor(wanted: string, moment: Date): string {
  const file = path.resolve(wanted);
  if (!statSync(file, { throwIfNoEntry: false })?.isDirectory()) return file;
  const stamp = moment.toISOString().replaceAll(/[-:]|\.\d+/g, "");
  return path.join(file, `paktbuch-${stamp}.zip`);
}
