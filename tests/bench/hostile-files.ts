/** Files made to break their reader: refused at once, in little memory, the service answering meanwhile. */
import { readApart } from "#app/readers/apart.server.ts";
import { hostileFiles, workbookOf } from "#tests/support/hostile-files.ts";
import { zip } from "#tests/support/zip.ts";
import { report, whileAnswering } from "./measure.ts";

const most = { milliseconds: 300, megabytes: 64, silence: 100 };

export async function measureHostileFiles(): Promise<void> {
  const harmless = zip(workbookOf({ rows: '<row r="1"><c r="A1"><v>1</v></c></row>' }));
  const hostile = hostileFiles.map(({ name, make }) => ({ name, file: make() }));
  await readApart("table", harmless);
  for (const { name, file } of hostile) {
    const before = process.memoryUsage.rss();
    let highest = before;
    const watch = setInterval(() => (highest = Math.max(highest, process.memoryUsage.rss())), 2);
    const { result, milliseconds, longest } = await whileAnswering(() => readApart("table", file));
    clearInterval(watch);
    highest = Math.max(highest, process.memoryUsage.rss());
    if (!("problem" in result)) throw new Error(`${name} is not refused`);
    report(`${name}: refused after`, milliseconds, most.milliseconds, "ms");
    report(`${name}: more memory`, (highest - before) / 1024 / 1024, most.megabytes, "MB");
    report(`${name}: others waited`, longest, most.silence, "ms");
  }
}
