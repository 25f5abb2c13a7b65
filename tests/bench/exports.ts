/**
 * A dossier of 400 files of 5 MB beside the pages: what the process that makes it takes of memory, and how much
 * slower the overview answers meanwhile. The program is a process of its own, as `npm start` makes it.
 */
import { randomBytes, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { settings } from "#app/env.server.ts";
import { attachFile } from "#app/records/attachments.server.ts";
import { accepted, createGrant, createOffice, password, spend } from "#tests/support/factories.ts";
import { addressOf, startProgram } from "#tests/walk/program.ts";
import { note, report } from "./measure.ts";

const files = { folder: 340, database: 60, bytes: 5_000_000 };
const most = { slower: 2, megabytes: 200 };

export async function measureExports(
  urls: { app: string; owner: string },
  folder: string,
): Promise<void> {
  const office = await createOffice();
  const { grantId, lineOf } = await createGrant(office);
  await spend(office.clerk, grantId, lineOf("2.1"), "1000");
  settings.files.folder = path.join(folder, "files");
  await attach("folder", files.folder);
  await attach("database", files.database);

  const program = startProgram({
    DATABASE_URL: urls.app,
    DATABASE_OWNER_URL: urls.owner,
    PAKTBUCH_DATA: folder,
    PAKTBUCH_FILES_FOLDER: settings.files.folder,
  });
  try {
    const browser = await signIn(await addressOf(program), office.clerk.email);
    for (let count = 0; count < 20; count += 1) await browser.overview();
    const idle: number[] = [];
    for (let count = 0; count < 60; count += 1) idle.push(await browser.overview());

    const id = randomUUID();
    const began = performance.now();
    void browser.send("/exports", { id, kind: "dossier", grant: grantId });
    const busy: number[] = [];
    let peak = 0;
    for (let state = ""; !/Der Export ist fertig/.test(state); ) {
      if (/nicht gelungen|abgebrochen/.test(state)) throw new Error("the dossier was not made");
      busy.push(await browser.overview());
      peak = Math.max(peak, await peakOf(id));
      state = await browser.read(`/exports/${id}`);
    }
    const seconds = (performance.now() - began) / 1000;
    const megabytes = ((files.folder + files.database) * files.bytes) / 1e6;
    note(`dossier of ${megabytes} MB, each file read twice`, seconds, "s");
    report("memory of the process that makes it at most", peak, most.megabytes, "MB");
    note("overview, nothing else going on (median)", median(idle), "ms");
    note(`overview while it is made (median of ${busy.length})`, median(busy), "ms");
    report("overview beside an export", median(busy) / median(idle), most.slower, "times");
  } finally {
    program.child.kill("SIGTERM");
    await program.ended;
  }

  async function attach(store: "folder" | "database", count: number) {
    settings.files.store = store;
    for (let at = 0; at < count; at += 1) {
      const content = Buffer.concat([Buffer.from("%PDF-1.4\n"), randomBytes(files.bytes - 9)]);
      const place = { subject: "grant" as const, subjectId: grantId };
      accepted(await attachFile(office.clerk, place, { name: `Scan ${at}.pdf`, content }));
    }
    settings.files.store = "database";
  }
}

/** A clerk's browser without scripts: a cookie, pages and forms. */
async function signIn(address: string, email: string) {
  const post = (place: string, fields: Record<string, string>, cookie = "") =>
    fetch(address + place, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { Cookie: cookie, Origin: address },
      redirect: "manual",
    });
  const answer = await post("/login", { email, password });
  const cookie = answer.headers.getSetCookie()[0]!.split(";")[0]!;
  const read = async (place: string) => {
    const page = await fetch(address + place, { headers: { Cookie: cookie } });
    const text = await page.text();
    if (!page.ok && page.status !== 404) throw new Error(`${place} answered ${page.status}`);
    return text;
  };
  return {
    read,
    send: (place: string, fields: Record<string, string>) => post(place, fields, cookie),
    async overview() {
      const began = performance.now();
      await read("/");
      return performance.now() - began;
    },
  };
}

/** In megabytes, as the system counts it for the process that has the export's id on its command line; 0 without one. */
async function peakOf(id: string): Promise<number> {
  for (const pid of await readdir("/proc").catch(() => [] as string[])) {
    const line = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    if (!line.includes(id)) continue;
    const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
  }
  return 0;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
