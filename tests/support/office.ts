/** LibreOffice as second reckoner: it opens a workbook without any cached result and saves it again. */
import { execFile, spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import JSZip from "jszip"; // comes with exceljs

export const whyOfficeIsNeeded = "skipped without soffice; required where CI is set";

export function findOffice(): string | undefined {
  return ["soffice", "libreoffice"].find(
    (program) => spawnSync(program, ["--version"]).status === 0,
  );
}

/** Path of the recalculated copy. `alter` may change the XML of a sheet before. */
export async function recalculate(
  path: string,
  folder: string,
  alter: (sheet: string, name: string) => string,
): Promise<string> {
  const office = findOffice();
  if (!office) throw new Error("soffice is not installed: formulas can't be reckoned again");
  const work = await mkdtemp(join(folder, "office-"));
  const profile = await alwaysRecalculating(work);
  const bare = join(work, "bare.xlsx");
  await writeFile(bare, await withoutResults(await readFile(path), alter));
  const out = join(work, "out");
  const profileFlag = `-env:UserInstallation=${pathToFileURL(profile)}`;
  const flags = [profileFlag, "--headless", "--convert-to", "xlsx", "--outdir", out, bare];
  await promisify(execFile)(office, flags, { timeout: 100_000 });
  return join(out, "bare.xlsx");
}

async function withoutResults(file: Buffer, alter: (sheet: string, name: string) => string) {
  const zip = await JSZip.loadAsync(file);
  const book = await zip.file("xl/workbook.xml")!.async("string");
  const names = [...book.matchAll(/<sheet sheetId="\d+" name="([^"]+)"/g)];
  for (const [index, [, name]] of names.entries()) {
    const part = `xl/worksheets/sheet${index + 1}.xml`;
    const sheet = await zip.file(part)!.async("string");
    zip.file(part, alter(sheet.replace(/(<f>[^<]*<\/f>)<v>[^<]*<\/v>/g, "$1"), name!));
  }
  return zip.generateAsync({ type: "nodebuffer" });
}

/** By default the program trusts results that it finds in a file. */
async function alwaysRecalculating(folder: string): Promise<string> {
  const user = join(folder, "profile", "user");
  await mkdir(user, { recursive: true });
  await writeFile(
    join(user, "registrymodifications.xcu"),
    `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>`,
  );
  return join(folder, "profile");
}
