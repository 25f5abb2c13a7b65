/**
 * `npm run check-workbook FILE`: makes the audit workbook that the file says it is from the books, and names what
 * differs. Exit code 0 where nothing does but what the audit wrote into its own columns, 1 where something does, 2 for a file that can't be checked.
 */
import { readFile } from "node:fs/promises";
import { withDatabase } from "./with-database.ts";

await withDatabase(
  async () => {
    const { checkOwnBook } = await import("#app/book-check.server.ts");
    const { differenceLine, handLine, handTitle, sealLine, sealsSentence, verdictOf } =
      await import("#app/german/book-check-words.ts");
    const { problemOf } = await import("#app/german/words.ts");
    const [file] = process.argv.slice(2);
    if (!file) {
      console.error("Bitte eine Datei nennen: npm run check-workbook DATEI");
      return 2;
    }
    const content = await readFile(file).catch(() => undefined);
    if (!content) {
      console.error(`Die Datei ${file} lässt sich nicht öffnen.`);
      return 2;
    }
    const check = await checkOwnBook(content).catch((error: unknown) => {
      // What yauzl and saxes say of a broken file is no German sentence.
      if (error instanceof Error && !("query" in error)) return undefined;
      throw error;
    });
    if (!check) {
      console.error(problemOf({ field: "file", rule: "file_unreadable" }).sentence);
      return 2;
    }
    if ("problem" in check) {
      console.error(problemOf(check.problem).sentence);
      return 2;
    }
    const { findings } = check;
    console.log(verdictOf(findings));
    for (const difference of findings.differences) console.log(`  ${differenceLine(difference)}`);
    const more = findings.count - findings.differences.length;
    if (more > 0) console.log(`  und ${more} weitere`);
    if (findings.handCount > 0) console.log(`${handTitle}: ${findings.handCount}`);
    for (const entry of findings.handEntries) console.log(`  ${handLine(entry)}`);
    const moreByHand = findings.handCount - findings.handEntries.length;
    if (moreByHand > 0) console.log(`  und ${moreByHand} weitere`);
    console.log(sealsSentence(findings));
    for (const seal of findings.seals.broken) console.log(`  ${sealLine(seal)}`);
    return findings.count === 0 ? 0 : 1;
  },
  { onlyReads: true },
);
