/** Attacks on the running program, as a stranger or a colleague would try them; each finds nothing. */
import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { canWalk, launchBrowser, signIn } from "./browser.ts";
import { addressOf, cleanUp, newDataFolder, startProgram } from "./program.ts";
import { oneStage, Visitor, written } from "./visitor.ts";

const clerkEmail = "finanzen@beispiel.de";
const script = `"><script>window.hacked = 1</script><img src=x onerror="window.hacked = 2">`;
const formula = '=HYPERLINK("https://example.org";"Rechnung")';

describe.skipIf(!canWalk)(
  "in a browser (skipped without chromium; required where CI is set)",
  () => {
    let browser: Browser;
    let foreignBrowser: Browser;
    let address: string;
    let foreign: http.Server;
    let foreignAddress: string;
    /** What the foreign page says; each attack writes its own. */
    let foreignPage = "";

    beforeAll(async () => {
      address = await addressOf(startProgram({ PAKTBUCH_DATA: newDataFolder() }));
      browser = await launchBrowser();
      foreignBrowser = await launchBrowser({ isWatched: false });
      foreign = http.createServer((_request, response) => {
        response.setHeader("Content-Type", "text/html; charset=utf-8");
        response.end(foreignPage);
      });
      foreign.listen(0, "127.0.0.1");
      await once(foreign, "listening");
      const { port } = foreign.address() as AddressInfo;
      // Another host by name, and so another site than the program at 127.0.0.1.
      foreignAddress = `http://localhost:${port}`;
    });

    afterAll(async () => {
      await browser?.close();
      await foreignBrowser?.close();
      foreign?.close();
      await cleanUp();
    });

    async function visitor(email = clerkEmail, password?: string): Promise<Visitor> {
      const one = new Visitor(address);
      await one.signIn(email, password);
      return one;
    }

    async function open(from: Browser, email = clerkEmail): Promise<Page> {
      const page = await (await from.newContext({ baseURL: address })).newPage();
      await signIn(page, email);
      return page;
    }

    /** What stands in a page beside its form: addresses of one kind of thing. */
    async function addressesIn(path: string, pattern: RegExp): Promise<string[]> {
      const page = await (await (await visitor()).get(path)).text();
      return [...new Set([...page.matchAll(pattern)].map(([found]) => found))];
    }

    const grants = () => addressesIn("/grants", /\/grants\/[0-9a-f-]{36}(?=[^>]*>DP-NI)/g);

    /** The first budget line that the form of a grant offers. */
    async function lineOf(path: string): Promise<string> {
      const page = await (await (await visitor()).get(path)).text();
      const options = page.slice(page.indexOf('name="lines[0].budgetLineId"'));
      return /<option value="([0-9a-f-]{36})"/.exec(options)![1]!;
    }

    test("a session that was stolen is of no use after its owner signs out, or changes the password", async () => {
      const owner = await visitor();
      const thief = new Visitor(address);
      thief.cookie = owner.cookie;
      expect((await thief.get("/grants")).status).toBe(200);
      await owner.post("/logout", {});
      expect((await thief.get("/grants")).status).toBe(302);

      const board = await visitor("ausschuss@beispiel.de");
      thief.cookie = board.cookie;
      expect((await thief.get("/remaining")).status).toBe(200);
      const form = await board.formOf("/account");
      const [currentPassword, password] = ["paktbuch-beispiel", "ein ganz anderes Passwort"];
      const changed = await board.post("/account", {
        ...form,
        currentPassword,
        password,
        passwordAgain: password,
      });
      expect(changed.status).toBe(302);
      expect((await thief.get("/remaining")).status).toBe(302);
      // Not even the answer to the change, which bears the new session, is given to another session.
      thief.cookie = "session=erfunden";
      const replayed = await thief.post("/account", {
        ...form,
        currentPassword,
        password,
        passwordAgain: password,
      });
      expect(replayed.headers.get("Set-Cookie")).toBeNull();
    });

    test("a form on a foreign page, sent by itself in the browser of who is signed in, books nothing", async () => {
      const page = await open(foreignBrowser);
      const { formKey, id } = await (await visitor()).formOf("/schools/new");
      const fields = { formKey, id, name: "Fremde Schule", kind: "primary", pupils: "1" };
      const inputs = Object.entries(fields).map(
        ([name, value]) => `<input name=${name} value="${value}">`,
      );
      foreignPage = `<form method=post action="${address}/schools/new">${inputs.join("")}</form>
        <script>document.forms[0].submit()</script>`;
      await page.goto(foreignAddress);
      await page.getByText("kommt von einer fremden Seite").waitFor();
      foreignPage = `<script>
        const body = new URLSearchParams(${JSON.stringify(fields)});
        const options = { method: "POST", body, credentials: "include", mode: "no-cors" };
        Promise.all(["/schools/new", "/schools/new.data", "/logout"].map((path) => fetch("${address}" + path, options)))
          .finally(() => (document.title = "versucht"));
      </script>`;
      await page.goto(foreignAddress);
      await page.waitForFunction(() => document.title === "versucht");
      await page.goto(`${address}/schools`);
      await page.getByRole("button", { name: "Abmelden" }).waitFor();
      expect(await page.getByText("Fremde Schule").count()).toBe(0);
    });

    test("no foreign page frames the program", async () => {
      const page = await open(foreignBrowser);
      foreignPage = `<iframe src="${address}/grants" onload="document.title = 'geladen'"></iframe>`;
      await page.goto(foreignAddress);
      await page.waitForFunction(() => document.title === "geladen");
      const inside = page.frames()[1]!;
      expect(await inside.locator("text=Zuwendungen").count()).toBe(0);
    });

    test("a changed hidden field reaches no other thing: no line of another grant, no foreign id, no amount", async () => {
      const clerk = await visitor();
      const [first, second] = await grants();
      const own = await clerk.formOf(`${first}/orders/new`);
      const foreignLine = await lineOf(`${second}/orders/new`);
      const order = {
        ...own,
        supplier: "Fälscher GmbH",
        number: "F-1",
        orderedOn: "01.06.2024",
        awardKind: "direct",
        awardReason: "x",
        "lines[0].budgetLineId": foreignLine,
        "lines[0].costKind": "investment",
        "lines[0].description": "x",
        "lines[0].grossAmount": "1,00",
        "lines[0].vatRate": "19",
        // What no field of the form says is not listened to.
        grantId: second!.split("/")[2]!,
        committed: "0",
      };
      expect([404, 422]).toContain((await clerk.post(`${first}/orders/new`, order)).status);
      const orders = await (await clerk.get(`${second}/orders`)).text();
      expect(orders).not.toContain("Fälscher GmbH");
    });

    test("a changed hidden version saves over nothing that its sender has not seen", async () => {
      const clerk = await visitor();
      const administrator = await visitor("verwaltung@beispiel.de");
      const [school] = await addressesIn("/schools", /\/schools\/[0-9a-f-]{36}/g);
      const ofSchool = await clerk.formOf(school!);
      const ofSettings = await administrator.formOf("/settings");
      const wrong = ["", "0", "' or 1=1", ofSettings.version!, ofSchool.version!];
      for (const version of wrong.filter((one) => one !== ofSchool.version)) {
        const sent = await clerk.post(school!, { ...ofSchool, version, number: "66666" });
        expect([409, 422], version).toContain(sent.status);
      }
      for (const version of wrong.filter((one) => one !== ofSettings.version)) {
        const typed = { ...ofSettings, version, signatory: "Der Fälscher" };
        expect([409, 422], version).toContain(
          (await administrator.post("/settings", typed)).status,
        );
      }
      expect((await clerk.formOf(school!)).number).toBe(ofSchool.number);
      expect((await administrator.formOf("/settings")).signatory).toBe(ofSettings.signatory);

      // A draft of an application takes no version of somebody else's, and no form of a new one bears its id.
      const [envelope] = await addressesIn("/", /\/envelopes\/[0-9a-f-]{36}/g);
      const address = `/applications/new?envelope=${envelope!.split("/")[2]}`;
      const form = await clerk.formOf(address);
      const path = (await clerk.post(address, { ...form, title: "Echt" })).headers.get("Location")!;
      for (const version of [...wrong, "2020-01-01T00:00:00.000Z"]) {
        const { version: _, ...kept } = await clerk.formOf(path);
        const sent = await clerk.post(path, { ...kept, title: "Falsch", version, deed: "save" });
        expect(sent.status, version).toBe(409);
      }
      const again = await clerk.formOf(address);
      const overwriting = { ...again, id: form.id!, title: "Falsch" };
      expect((await clerk.post(address, overwriting)).status).toBe(409);
      expect((await clerk.formOf(path)).title).toBe("Echt");
    });

    test("a changed key of a form gives nobody another's answer, and does nothing twice", async () => {
      const administrator = await visitor("verwaltung@beispiel.de");
      const form = await administrator.formOf("/users/new");
      const post = { ...form, name: "Neue Kraft", email: "neu@beispiel.de", roles: "clerk" };
      const link = /\/invitation\/[\w-]+/;
      const invited = await (await administrator.post("/users/new", post)).text();
      expect(invited).toMatch(link);
      // With the key of another's form: no answer of theirs.
      const clerk = await visitor();
      const stolen = await clerk.post("/users/new", post);
      expect([stolen.status, link.test(await stolen.text())]).toEqual([403, false]);
      const stranger = await new Visitor(address).post("/users/new", post);
      expect([stranger.status, link.test(await stranger.text())]).toEqual([302, false]);
      // With a key of its own it is another form, which meets the rules of every form.
      const second = await administrator.post("/users/new", {
        ...post,
        formKey: (await administrator.formOf("/users/new")).formKey!,
      });
      expect(second.status).toBe(422);
      for (const formKey of ["", "x", `${form.formKey}'`, "../../etc", "0".repeat(5_000)]) {
        expect((await administrator.post("/users/new", { ...post, formKey })).status).toBe(400);
      }
      const users = written(await (await administrator.get("/users")).text());
      expect(users.split("neu@beispiel.de").length - 1).toBe(1);

      // A secret address belongs to whoever asked for it, whatever key the other sends.
      const calendar = /\/calendar\/[\w-]+\.ics/;
      const button = await clerk.formOf("/account/calendar");
      const own = calendar.exec(await (await clerk.post("/account/calendar", button)).text());
      const other = await visitor("kasse@beispiel.de");
      const theirs = calendar.exec(await (await other.post("/account/calendar", button)).text());
      expect(own![0]).not.toBe(theirs![0]);
    });

    test("a captured post, sent again by another user or under another address, does nothing", async () => {
      const clerk = await visitor();
      const form = oneStage(await clerk.formOf("/resolutions/new"));
      const post = {
        ...form,
        number: "V/REPLAY",
        title: "Aufgezeichnet",
        "stages[0].committee": "Rat",
        "stages[0].kind": "decision",
      };
      const answer = await clerk.post("/resolutions/new", post);
      expect(answer.status).toBe(302);
      const auditor = await visitor("pruefung@beispiel.de");
      expect((await auditor.post("/resolutions/new", post)).status).toBe(403);
      expect((await clerk.post("/schools/new", post)).status).toBeGreaterThanOrEqual(400);
      const again = await clerk.post("/resolutions/new", post);
      expect(again.headers.get("Location")).toBe(answer.headers.get("Location"));
      const list = await (await clerk.get("/schools")).text();
      expect(list.split("Aufgezeichnet").length - 1).toBeLessThanOrEqual(1);
    });

    test("pages and drawings with scripts are not taken as files, whatever they are called; names lead nowhere", async () => {
      const clerk = await visitor();
      const [upload] = await addressesIn("/receipts", /\/attachments\?[^"]*/g);
      const path = upload!.replaceAll("&amp;", "&").replace(/&from=\w+/, "");
      const html = "<html><script>alert(1)</script></html>";
      const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
      for (const [name, content] of [
        ["Seite.html", html],
        ["Bild.svg", svg],
        ["Rechnung.pdf", html],
        ["Rechnung.png", svg],
      ]) {
        const body = new FormData();
        body.append("file", new File([content!], name!));
        expect({ name, status: (await clerk.sendBody(path, body)).status }).toEqual({
          name,
          status: 422,
        });
      }

      const body = new FormData();
      const name = '../../etc/pass"wd\r\nSet-Cookie: a=b.pdf';
      body.append("file", new File(["%PDF-1.4\n1 0 obj\nendobj\n"], name));
      const taken = await clerk.sendBody(path, body);
      expect(taken.status).toBe(302);
      const page = await (await clerk.get(taken.headers.get("Location")!)).text();
      const file = await clerk.get(/\/attachments\/[0-9a-f-]{36}/.exec(page)![0]);
      expect(file.headers.get("Content-Disposition")).toMatch(
        /^attachment; filename="[^"/\\]*"; filename\*=UTF-8''[^/]*$/,
      );
      expect(file.headers.get("Content-Disposition")).not.toMatch(/\.\.|%2F/i);
      expect(file.headers.get("Set-Cookie")).toBeNull();
      expect(file.headers.get("X-Content-Type-Options")).toBe("nosniff");
      expect(file.headers.get("Content-Security-Policy")).toMatch(/sandbox$/);
    });

    test("a script in every text of an invoice is shown as text, and a formula in its supplier stays text", async () => {
      const clerk = await visitor();
      const [grant] = await grants();
      const form = await clerk.formOf(`${grant}/invoices/new`);
      const line = await lineOf(`${grant}/invoices/new`);
      const booked = await clerk.post(`${grant}/invoices/new`, {
        ...form,
        supplier: formula,
        number: script.slice(0, 50),
        invoicedOn: "01.06.2024",
        "lines[0].budgetLineId": line,
        "lines[0].description": script,
        "lines[0].grossAmount": "1,19",
      });
      expect(booked.status, await booked.clone().text()).toBe(302);
      const walker = await open(browser);
      for (const path of [
        booked.headers.get("Location")!,
        `${grant}/invoices`,
        "/changes",
        "/journal",
      ]) {
        await walker.goto(path);
        expect(await walker.evaluate(() => "hacked" in window), path).toBe(false);
      }
      await walker.goto(`${grant}/invoices`);
      expect(await walker.getByText(formula).count()).toBeGreaterThan(0);
      await walker.context().close();
    });

    test.each(["//example.org", "/\\example.org", "https://example.org", "/%09/example.org"])(
      "who signs in is not led to %s",
      async (then) => {
        const page = await (await browser.newContext({ baseURL: address })).newPage();
        await page.goto(`/login?then=${encodeURIComponent(decodeURIComponent(then))}`);
        await page.getByLabel("E-Mail-Adresse").fill(clerkEmail);
        await page.getByLabel("Passwort").fill("paktbuch-beispiel");
        await page.getByRole("button", { name: "Anmelden" }).click();
        await page.getByRole("button", { name: "Abmelden" }).waitFor();
        expect(new URL(page.url()).origin).toBe(address);
        await page.context().close();
      },
    );

    test("another user's export is not found, nor its file", async () => {
      const clerk = await visitor();
      const page = await (await clerk.get("/audit")).text();
      const form = Visitor.fieldsIn(page);
      const ordered = await clerk.post("/exports", {
        ...form,
        kind: "workbook",
        asOf: "31.12.2024",
      });
      const path = ordered.headers.get("Location")!;
      expect(path).toMatch(/^\/exports\/[0-9a-f-]{36}$/);
      expect((await clerk.get(path)).status).toBe(200);
      const auditor = await visitor("pruefung@beispiel.de");
      for (const each of [path, `${path}/file`]) {
        expect((await auditor.get(each)).status, each).toBe(404);
        expect((await new Visitor(address).get(each)).status, each).toBe(302);
      }
    });
  },
);
