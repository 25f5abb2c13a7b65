/**
 * `npm run verify`: the proofs of every authority's books, and every file that lies outside the
 * database; exit code 1 on any difference.
 */
import { withDatabase } from "./with-database.ts";

await withDatabase(async () => {
  const { listAuthorities, verifyJournal } = await import("#app/records/verification.server.ts");
  const { verifyFiles } = await import("#app/records/stored-files.server.ts");
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
  if (authorities.length === 0) console.log("Es ist noch kein Schulträger angelegt.");
  return differences === 0 ? 0 : 1;
});
