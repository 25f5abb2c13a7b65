import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { verify } from "@node-rs/argon2";
import { eq } from "drizzle-orm";
import { SMTPServer } from "smtp-server";
import { afterEach, expect, test, vi } from "vitest";
import { settings } from "#app/env.server.ts";
import { requestReset } from "#app/records/password-links.server.ts";
import { asRequest } from "#app/request.server.ts";
import { action as forgotten } from "#app/routes/forgotten.tsx";
import { action as acceptInvitation } from "#app/routes/invitation.$secret.tsx";
import { action as signIn } from "#app/routes/login.tsx";
import { action as setPassword, loader as resetPage } from "#app/routes/reset.$secret.tsx";
import { loader as accountPage } from "#app/routes/account.tsx";
import { action as recordUser } from "#app/routes/users.new.tsx";
import { db } from "#db/client.ts";
import { passwordLinks } from "#db/schema/sign-in.ts";
import { createOffice, password } from "#tests/support/factories.ts";
import { answer, post } from "#tests/support/request.ts";
import { createBrowser, mailsTo } from "#tests/support/sign-in.ts";

vi.mock("@node-rs/argon2", async (load) => {
  const real = await load<typeof import("@node-rs/argon2")>();
  return { ...real, verify: vi.fn(real.verify) };
});

afterEach(() => {
  vi.useRealTimers();
  settings.mail.server = undefined;
});

const newPassword = "grüne Bäume im Südwald";

async function ask(email: string) {
  return answer(async () => forgotten(await post(undefined, "/forgotten", { email })));
}

async function linkFor(email: string, count = 1): Promise<string> {
  let mails: string[] = [];
  await expect
    .poll(
      async () => (mails = (await mailsTo(email)).filter((one) => one.includes("/reset/"))).length,
    )
    .toBe(count);
  return secretIn(mails.at(-1)!);
}

function minutesLater(minutes: number) {
  vi.useRealTimers();
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + minutes * 60_000 });
}

function secretIn(mail: string): string {
  return /\/(?:reset|invitation)\/([\w-]{43})\s/.exec(mail)![1]!;
}

const set = async (secret: string, given = newPassword) =>
  answer(async () =>
    setPassword(await post(undefined, "/", { password: given, passwordAgain: given }, { secret })),
  );

test("a forgotten password is set anew by a link, once, and all sessions end", async () => {
  const { clerk } = await createOffice();
  const browser = createBrowser();
  await browser.post(signIn, "/login", { email: clerk.email, password });
  expect(await ask(clerk.email.toUpperCase())).toMatchObject({ status: 200 });
  const secret = await linkFor(clerk.email);
  const [row] = await db.select().from(passwordLinks).where(eq(passwordLinks.userId, clerk.id));
  expect(row!.secretHash).not.toContain(secret);
  // Looking does not use it up: programs that check mails open every link.
  for (let time = 0; time < 3; time += 1) {
    const { body } = await browser.get(resetPage, "/", { secret });
    expect(body).toMatchObject({ person: { email: clerk.email } });
  }
  expect((await set(secret, "zu kurz")).status).toBe(422);
  expect((await set(secret, "passwordpassword")).status).toBe(422);
  const answers = await Promise.all([1, 2, 3].map(() => set(secret)));
  expect(answers.map(({ status }) => status).sort()).toEqual([302, 422, 422]);
  expect((await browser.get(accountPage, "/account")).location).toMatch(/^\/login/);
  expect((await browser.post(signIn, "/login", { email: clerk.email, password })).status).toBe(422);
  const right = { email: clerk.email, password: newPassword };
  expect((await browser.post(signIn, "/login", right)).status).toBe(302);
  await expect
    .poll(async () => (await mailsTo(clerk.email)).some((one) => one.includes("ist geändert")))
    .toBe(true);
});

test("a link ends after an hour, and when a newer one is asked for", async () => {
  const { clerk } = await createOffice();
  await ask(clerk.email);
  const first = await linkFor(clerk.email);
  minutesLater(11);
  await ask(clerk.email);
  const second = await linkFor(clerk.email, 2);
  expect((await set(first)).status).toBe(422);
  minutesLater(72);
  expect((await set(second)).status).toBe(422);
  vi.useRealTimers();
  expect((await set(second)).status).toBe(302);
});

test("nobody takes the newest link away by asking again: for ten minutes it stays, and no other is mailed", async () => {
  const { clerk } = await createOffice();
  const own = await ask(clerk.email);
  const secret = await linkFor(clerk.email);
  minutesLater(9);
  expect(await ask(clerk.email)).toEqual(own);
  expect(await requestReset(clerk.email)).toEqual([]);
  await linkFor(clerk.email);
  expect((await set(secret)).status).toBe(302);
  // Used up, it keeps no new one from being mailed.
  await ask(clerk.email);
  await linkFor(clerk.email, 2);
});

test("a link for one purpose is none for another", async () => {
  const { clerk } = await createOffice();
  await ask(clerk.email);
  const secret = await linkFor(clerk.email);
  const form = { password: newPassword, passwordAgain: newPassword };
  const args = await post(undefined, "/", form, { secret });
  expect((await answer(() => acceptInvitation(args))).status).toBe(422);
});

test("the answer is the same for an address that has no account, and nothing is sent", async () => {
  const { clerk } = await createOffice();
  const unknown = `niemand-${clerk.email}`;
  const [known, none] = [await ask(clerk.email), await ask(unknown)];
  expect(JSON.stringify(none).replaceAll(unknown, clerk.email)).toBe(JSON.stringify(known));
  await linkFor(clerk.email);
  expect(await mailsTo(unknown)).toEqual([]);
});

test("nobody fills another's mailbox: after five mails a minute's wait, known or not", async () => {
  const { clerk } = await createOffice();
  for (const email of [clerk.email, `niemand-${clerk.email}`]) {
    for (let time = 0; time < 5; time += 1) expect((await ask(email)).status).toBe(200);
    expect((await ask(email)).status).toBe(429);
  }
});

test("who guesses links is not heard after twenty from one address", async () => {
  const guess = (at: number) => asRequest("a", () => set(`${at}`.padStart(43, "x")), "192.0.2.77");
  for (let at = 0; at < 20; at += 1) expect((await guess(at)).status).toBe(422);
  expect((await guess(21)).status).toBe(429);
});

test("a password is compared once, whether there is an account or not", async () => {
  const { clerk } = await createOffice();
  const compared = vi.mocked(verify);
  const given = "ein falsches Passwort";
  for (const email of [clerk.email, `niemand-${clerk.email}`]) {
    compared.mockClear();
    await answer(async () => signIn(await post(undefined, "/login", { email, password: given })));
    expect(compared).toHaveBeenCalledTimes(1);
    expect(compared.mock.calls[0]![0]).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  }
});

test("who is invited gets a mail and sets the first password; the mailbox is for its owner only", async () => {
  const { administrator } = await createOffice();
  const email = `neu-${administrator.email}`;
  const form = { name: "Nora Neu", email, roles: "board" };
  const { body } = await answer(async () =>
    recordUser(await post(administrator, "/users/new", form)),
  );
  const [mail] = await mailsTo(email);
  const secret = secretIn(mail!);
  expect((body as { link: string }).link).toBe(`http://127.0.0.1:3000/invitation/${secret}`);
  const { folder } = settings.mail;
  const modes = await Promise.all(
    (await readdir(folder)).map(async (name) => (await stat(path.join(folder, name))).mode & 0o777),
  );
  expect(new Set(modes)).toEqual(new Set([0o600]));
  const browser = createBrowser();
  const passwords = { password: newPassword, passwordAgain: newPassword };
  const accepted = await browser.post(acceptInvitation, "/", passwords, { secret });
  expect(accepted.location).toBe("/login?done=password");
  expect((await browser.post(signIn, "/login", { email, password: newPassword })).status).toBe(302);
});

test("a reset that a stranger asks for ends no invitation; whichever link is used ends the other", async () => {
  const { administrator } = await createOffice();
  for (const used of ["invitation", "reset"]) {
    const email = `neu-${used}-${administrator.email.slice(-20)}`;
    const form = { name: "Nora Neu", email, roles: "board" };
    await answer(async () => recordUser(await post(administrator, "/users/new", form)));
    const invitation = secretIn((await mailsTo(email))[0]!);
    await ask(email);
    const reset = await linkFor(email);
    const passwords = { password: newPassword, passwordAgain: newPassword };
    const accept = async () =>
      answer(async () =>
        acceptInvitation(await post(undefined, "/", passwords, { secret: invitation })),
      );
    if (used === "invitation") {
      expect((await accept()).status).toBe(302);
      expect((await set(reset)).status).toBe(422);
    } else {
      expect((await set(reset)).status).toBe(302);
      expect((await accept()).status).toBe(422);
    }
  }
});

test("a password holds until its owner changes it: after ten years it still signs in, and nobody is sent to set another", async () => {
  const { clerk } = await createOffice();
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 10 * 366 * 86_400_000 });
  const browser = createBrowser();
  const signedIn = await browser.post(signIn, "/login?then=%2Faccount", {
    email: clerk.email,
    password,
  });
  expect(signedIn.location).toBe("/account");
  // The database keeps the real time, by which the session is a new one.
  vi.useRealTimers();
  expect((await browser.get(accountPage, "/account")).status).toBe(200);
});

test("without an address of its own no link leads where a request's host says", async () => {
  const { clerk } = await createOffice();
  const args = await post(undefined, "/forgotten", { email: clerk.email });
  const { method, headers } = args.request;
  const body = new URLSearchParams({ email: clerk.email });
  args.request = new Request("http://evil.example/forgotten", { method, headers, body });
  await answer(() => forgotten(args));
  await linkFor(clerk.email);
  expect((await mailsTo(clerk.email)).join()).not.toContain("evil.example");
});

test("over SMTP a mail arrives, its link is shown to nobody else; where it does not, the administrator has it", async () => {
  const received: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, _session, done) {
      let text = "";
      stream.on("data", (piece: Buffer) => (text += piece.toString("utf8")));
      stream.on("end", () => done(void received.push(text) as undefined));
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as { port: number };
  const { administrator } = await createOffice();
  const record = async (name: string) => {
    const form = { name, email: `${name}-${administrator.email}`, roles: "board" };
    const { body } = await answer(async () =>
      recordUser(await post(administrator, "/users/new", form)),
    );
    return body as { link: string | null };
  };
  settings.mail.server = `smtp://127.0.0.1:${port}`;
  try {
    expect((await record("nora")).link).toBeNull();
    expect(received).toHaveLength(1);
    expect(received[0]).toMatch(/^Subject: Ihr Zugang zu Paktbuch\r$/m);
    expect(received[0]).toMatch(/^Content-Type: text\/plain; charset=utf-8\r$/m);
  } finally {
    await new Promise<void>((resolve) => server.close(resolve));
  }
  expect((await record("otto")).link).toMatch(/\/invitation\/[\w-]{43}$/);
});
