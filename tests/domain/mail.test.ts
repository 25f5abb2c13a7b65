import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { settings } from "#app/env.server.ts";
import { sendMail } from "#app/mail.server.ts";

test("no line is added to the head of a mail by who or what it is about", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "paktbuch-mail-"));
  settings.mail.folder = folder;
  await sendMail({
    to: "nora@example.org\r\nBcc: alle@example.org",
    subject: "Ihr Zugang\r\nBcc: alle@example.org\r\n\r\nUntergeschoben",
    text: "Guten Tag",
  });
  const [file] = await readdir(folder);
  const [head] = (await readFile(path.join(folder, file!), "utf8")).split("\r\n\r\n");
  expect(head).toMatch(/^Subject: Ihr Zugang/m);
  expect(head).not.toMatch(/^(Bcc|Cc):/im);
  expect(
    head!
      .split("\r\n")
      .filter((line) => /^\S+:/.test(line))
      .map((line) => line.split(":")[0]),
  ).toEqual([
    "From",
    "To",
    "Subject",
    "Message-ID",
    "Content-Transfer-Encoding",
    "Date",
    "MIME-Version",
    "Content-Type",
  ]);
  await rm(folder, { recursive: true });
});
