/**
 * A lock between processes, kept as a file. Node knows no `flock`, so the holder shows by touching
 * the file that it is alive; a number of a process alone would lie after a restart of a container,
 * where the same small numbers come again.
 */
import fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive } from "./process.ts";

const heartbeat = 1_000;
const silence = 10_000;

export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  await acquire(file);
  const beat = setInterval(() => touch(file), heartbeat);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    fs.rmSync(file, { force: true });
  }
}

async function acquire(file: string): Promise<void> {
  let lastBeat = { at: performance.now(), touched: 0 };
  while (!created(file)) {
    const touched = touchedAt(file);
    if (touched !== lastBeat.touched) lastBeat = { at: performance.now(), touched };
    const isSilent = performance.now() - lastBeat.at > silence;
    if (isSilent || !holderLives(file)) removeAbandoned(file, isSilent ? touched : undefined);
    await sleep(50);
  }
}

/**
 * Two waiters could both see the dead holder, and the slower one would then remove the lock of the
 * quicker one. So removing needs a lock of its own, held for one look and one removal.
 */
function removeAbandoned(file: string, silentSince: number | undefined): void {
  const permit = `${file}.removal`;
  if (Date.now() - touchedAt(permit) > silence) fs.rmSync(permit, { force: true });
  if (!created(permit)) return;
  const isAbandoned = touchedAt(file) === silentSince || !holderLives(file);
  if (isAbandoned) fs.rmSync(file, { force: true });
  fs.rmSync(permit, { force: true });
}

function created(file: string): boolean {
  try {
    fs.writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** A file just created may still be empty; its holder counts as alive until it stays silent. */
function holderLives(file: string): boolean {
  try {
    const pid = Number(fs.readFileSync(file, "utf8"));
    return pid === 0 || isAlive(pid);
  } catch {
    return true;
  }
}

function touchedAt(file: string): number {
  return fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function touch(file: string): void {
  try {
    const now = new Date(Date.now());
    fs.utimesSync(file, now, now);
  } catch {
    // Somebody took the folder away; the work itself will say so.
  }
}
