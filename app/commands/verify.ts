/**
 * `npm run verify`: the proofs of every authority's books, and every file that lies outside the
 * database, and the heads of the journals that are kept there. `--head "Buchung 123, Prüfsumme …"`, once or
 * more often, compares a head that a workbook printed. Exit code 1 on any difference.
 */
import { withDatabase } from "./with-database.ts";

await withDatabase(
  async () => {
    const { listAuthorities, verifyJournal } = await import("#app/records/verification.server.ts");
    const { verifyFiles } = await import("#app/records/stored-files.server.ts");
    const { verifyHeadsFile, verifyPrintedHead } = await import(
      "#app/records/head-proof.server.ts"
    );
    const { proofWords } = await import("#app/german/words.ts");
    const { faultSentence } = await import("#app/german/file-sentences.ts");
    let differences = 0;
    const report = (what: string, checked: number, findings: string[]) => {
      const verdict = findings.length === 0 ? "stimmt" : `${findings.length} Abweichungen`;
      console.log(`  ${what}: ${verdict} (${checked} geprüft)`);
      for (const finding of findings) console.error(`    ${finding}`);
      differences += findings.length;
    };

    const authorities = await listAuthorities();
    for (const { id, name } of authorities) {
      console.log(name);
      for (const { proof, checked, findings } of await verifyJournal(id)) {
        report(proofWords[proof], checked, findings);
      }
      const { checked, findings } = await verifyFiles(id);
      const sentences = findings.map(
        (file) => `Anlage ${file.id}: ${faultSentence(file.fault, file)}`,
      );
      report("Dateien außerhalb der Datenbank gleich ihrer Prüfsumme", checked, sentences);
    }
    if (authorities.length > 0) {
      console.log("Außerhalb der Datenbank");
      const { checked, findings } = await verifyHeadsFile();
      report("Prüfsummen in der Datei stehen so in den Büchern", checked, findings);
      const heads = printedHeads(process.argv.slice(2));
      const wrong = await Promise.all(heads.map(verifyPrintedHead));
      const sentences = wrong.flatMap((sentence) => sentence ?? []);
      if (heads.length > 0)
        report("Gedruckte Prüfsummen stehen so in den Büchern", heads.length, sentences);
    }
    if (authorities.length === 0) console.log("Es ist noch kein Schulträger angelegt.");
    return differences === 0 ? 0 : 1;
  },
  { onlyReads: true },
);

/** What follows each `--head`. */
function printedHeads(args: string[]): string[] {
  return args.flatMap((arg, at) => {
    if (arg.startsWith("--head=")) return arg.slice("--head=".length);
    return arg === "--head" ? (args[at + 1] ?? "") : [];
  });
}
