/** `npm run verify`: the four proofs of every authority's journal; exit code 1 on any difference. */
import { withDatabase } from "./with-database.ts";

await withDatabase(async () => {
  const { listAuthorities, verifyJournal } = await import("#app/records/verification.server.ts");
  const { proofWords } = await import("#app/german/words.ts");
  let differences = 0;
  const authorities = await listAuthorities();
  for (const { id, name } of authorities) {
    console.log(name);
    for (const { proof, checked, findings } of await verifyJournal(id)) {
      const verdict = findings.length === 0 ? "stimmt" : `${findings.length} Abweichungen`;
      console.log(`  ${proofWords[proof]}: ${verdict} (${checked} geprüft)`);
      for (const finding of findings) console.error(`    ${finding}`);
      differences += findings.length;
    }
  }
  if (authorities.length === 0) console.log("Es ist noch kein Schulträger angelegt.");
  return differences === 0 ? 0 : 1;
});
