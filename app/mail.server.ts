/**
 * Sends mail: over the SMTP server of the settings, or into a mailbox of files in the data folder, one `.eml` for each,
 * for whoever has none.
 */
import { randomUUID } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import nodemailer from "nodemailer";
import { now } from "./clock.server.ts";
import { settings } from "./env.server.ts";
import { isLoopback } from "./sign-in-settings.ts";

export type Mail = { to: string; subject: string; text: string };

/** So long the server may be silent, in milliseconds. */
const patience = 10_000;

/** @throws Error where it was not taken. */
export async function sendMail(mail: Mail): Promise<void> {
  const { server, from } = settings.mail;
  const message = { from: { name: "Paktbuch", address: from }, ...mail };
  if (server === undefined) return keep(message);
  const transport = nodemailer.createTransport({
    url: server,
    // Over the net only enciphered, also where the address says smtp.
    requireTLS: !isLoopback(new URL(server)),
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.sendMail(message);
  } finally {
    transport.close();
  }
}

/** Whether mail stays on this machine, so that a link is also shown to who made it. */
export function isMailKept(): boolean {
  return settings.mail.server === undefined;
}

/** Sends it while the answer is on its way already; what goes wrong stands in the log, without the address. */
export function sendLater(mail: Mail): void {
  afterAnswer(() => sendMail(mail));
}

/** Does what nobody waits for: the answer is the same, and as quick, whatever comes of it. */
export function afterAnswer(work: () => Promise<void>): void {
  setImmediate(() => {
    work().catch((error: unknown) => {
      const { code, name } = error as { code?: string; name?: string };
      console.error(`Eine Mail konnte nicht zugestellt werden: ${code ?? name ?? "unbekannt"}`);
    });
  });
}

async function keep(message: Mail & { from: { name: string; address: string } }): Promise<void> {
  const { folder } = settings.mail;
  const transport = nodemailer.createTransport({
    streamTransport: true,
    buffer: true,
    newline: "windows",
  });
  const written = await transport.sendMail(message);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const name = `${now().toISOString().replaceAll(":", "-")}-${randomUUID().slice(0, 8)}.eml`;
  await writeFile(path.join(folder, name), written.message as Buffer, { mode: 0o600 });
}
