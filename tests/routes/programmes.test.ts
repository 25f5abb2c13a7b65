import { randomUUID } from "node:crypto";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { SourceLink } from "#app/components/programme-rules.tsx";
import type { User } from "#app/domain/permission.ts";
import { loader as applicationLoader } from "#app/routes/applications.new.tsx";
import { loader as grantLoader } from "#app/routes/grants.new.tsx";
import { loader as listLoader } from "#app/routes/programmes._index.tsx";
import { loader } from "#app/routes/programmes.$key.tsx";
import { loader as fileLoader } from "#app/routes/programmes.$key[.]yaml.ts";
import { action, loader as formLoader } from "#app/routes/programmes.$key_.change.tsx";
import { listVersions, shippedProgrammes } from "#app/records/programmes.server.ts";
import { createGrant, createOffice } from "#tests/support/factories.ts";
import { answer, get, post } from "#tests/support/request.ts";

const key = "ni-digitalpakt-2019";
const shipped = () => shippedProgrammes().get(key)!;

test("the list says where a programme comes from and what is booked under it", async () => {
  const office = await createOffice();
  await createGrant(office);
  const { body } = await answer(async () => listLoader(await get(office.clerk, "/")));
  const { programmes } = body as { programmes: { key: string }[] };
  expect(programmes).toHaveLength(shippedProgrammes().size);
  expect(programmes.find((one) => one.key === key)).toMatchObject({
    origin: "mitgeliefert",
    version: 1,
    envelopes: 1,
    grants: 1,
  });
});

test("a day shows the rules that are valid on it", async () => {
  const { auditor } = await createOffice();
  const before = await read(auditor, "?on=01.07.2020");
  const after = await read(auditor, "?on=2025-06-01");
  expect(sentencesOf(before, "Wertgrenzen der Vergabe (netto)")).toContain(
    "Direktauftrag bis 500,00\u00a0€",
  );
  expect(sentencesOf(after, "Wertgrenzen der Vergabe (netto)")).toContain(
    "Direktauftrag bis 20.000,00\u00a0€",
  );
  expect(sentencesOf(await read(auditor, ""), "Wertgrenzen der Vergabe (netto)")).toHaveLength(8);
  expect(sentencesOf(await read(auditor, "?on=31.2.2020"), "Fördergegenstände")).not.toEqual([]);
});

test("a changed file, as a browser sends it, is a new version; the old one can still be read", async () => {
  const { clerk } = await createOffice();
  const changed = shipped().replace("25.000,00", "20.000,00").replaceAll("\n", "\r\n");
  const { status, location } = await submit(clerk, { content: changed });
  expect([status, location]).toEqual([302, `/programmes/${key}`]);
  await submit(clerk, { content: changed.replace("20.000,00", "15.000,00"), basedOn: "1" });

  const limit = (page: Page) =>
    sentencesOf(page, "Fördergegenstände").find((one) => one.startsWith("Höchstens"));
  expect(limit(await read(clerk, ""))).toContain("15.000,00");
  const old = await read(clerk, "?version=1");
  expect(limit(old)).toContain("20.000,00");
  expect([old.isOld, old.version]).toEqual([true, 1]);
  const [place] = (await read(clerk, "")).changed!.places!;
  expect([place!.removed, place!.added]).toEqual([
    ["    Obergrenze je Schule: 20.000,00"],
    ["    Obergrenze je Schule: 15.000,00"],
  ]);
  expect(old.changed).toMatchObject({ from: "der mitgelieferten Datei" });
  for (const none of ["?version=3", "?version=x", "?version=0"]) {
    expect((await answer(async () => loader(await get(clerk, `/${none}`, { key })))).status).toBe(
      404,
    );
  }
  const { body } = await answer(async () => fileLoader(await get(clerk, "/?version=1", { key })));
  expect(await (body as Response).text()).toBe(shipped().replace("25.000,00", "20.000,00"));
});

test("the forms for what is made from now on propose today's rules", async () => {
  const office = await createOffice();
  const { clerk } = office;
  const { envelopeId, applicationId } = await createGrant(office);
  await submit(clerk, { content: shipped().replace("Name: WLAN", "Name: Funknetz"), basedOn: "1" });
  const labels = ({ categories }: { categories: { label: string }[] }) =>
    categories.map(({ label }) => label);
  const application = await get(clerk, `/applications/new?envelope=${envelopeId}`);
  const { choices } = await applicationLoader(application);
  expect(labels(choices)).toContain("2.2 Funknetz");
  const grant = await get(clerk, `/grants/new?application=${applicationId}`);
  expect(labels(await grantLoader(grant))).toContain("2.2 Funknetz");
});

test("a file with errors names every place, stays as typed, and nothing is stored", async () => {
  const { clerk } = await createOffice();
  const content = shipped()
    .replace("Kennung: ni", "Kennung: NI")
    .replace("Kopfbetrag: 445,455", "Kopfbetrag: viel");
  const { status, body } = await submit(clerk, { content });
  expect(status).toBe(422);
  const { error, initialValue } = body as Reply;
  const line = (text: string) => content.split("\n").findIndex((one) => one.includes(text)) + 1;
  expect(error.content).toEqual([
    `Zeile ${line("Kennung: NI")} (Kennung): Bitte Kleinbuchstaben, Ziffern und Bindestriche, etwa ni-digitalpakt-2019.`,
    `Zeile ${line("Kopfbetrag: viel")} (Höchstbetrag, Kopfbetrag): Bitte eine Zahl wie 445,455.`,
  ]);
  expect(initialValue.content).toBe(content);
  expect(await listVersions(clerk, key)).toEqual([]);
});

// prettier-ignore
test.each([
  { content: "x",                            sentence: "Datei: Hier steht eine Angabe anderer Art.", },
  { content: `# ${"x".repeat(990)}\n`.repeat(101), sentence: "Datei: Die Datei ist zu groß: höchstens 100.000 Zeichen." },
  { content: "a: \u0007",                    sentence: "Bitte ohne Steuerzeichen eingeben." },
  { content: "a: [[[[[[[[[[[[[[[[[[[[[[[[[", sentence: "Zeile 1 (Aufbau): Zu viele offene Klammern." },
])("$sentence", async ({ content, sentence }) => {
  const { clerk } = await createOffice();
  const { status, body } = await submit(clerk, { content });
  expect([status, (body as Reply).error.content]).toEqual([422, [expect.stringContaining(sentence)]]);
});

test("only the file may be long, and not without measure", async () => {
  const { clerk } = await createOffice();
  expect((await submit(clerk, { reason: "x".repeat(20_001) })).status).toBe(400);
  expect((await submit(clerk, { content: "x".repeat(300_001) })).status).toBe(400);
});

test("nothing changed is refused; the form proposes the file as it is", async () => {
  const { clerk } = await createOffice();
  const { body } = await answer(async () => formLoader(await get(clerk, "/", { key })));
  expect(body).toMatchObject({ content: shipped(), version: 0 });
  const { status, body: reply } = await submit(clerk, { content: shipped() });
  expect([status, (reply as Reply).error.content]).toEqual([
    422,
    ["In der Datei ist nichts geändert."],
  ]);
});

// prettier-ignore
test.each([
  { address: "https://example.org/a?b=c",      isLink: true },
  { address: "http://example.org",             isLink: true },
  { address: "javascript:alert(1)",            isLink: false },
  { address: "https://example.org und mehr",   isLink: false },
  { address: "Vorlage SG/256/19",              isLink: false },
  { address: " data:text/html,https://a.org",  isLink: false },
])("$address leads somewhere: $isLink", ({ address, isLink }) => {
  const html = renderToStaticMarkup(createElement(SourceLink, { address, children: "S1" }));
  expect(html.includes("href=")).toBe(isLink);
  expect(html.includes('rel="noreferrer"')).toBe(isLink);
});

type Reply = { error: Record<string, string[]>; initialValue: Record<string, string> };
type Page = Awaited<ReturnType<typeof loader>>;

async function read(user: User, search: string): Promise<Page> {
  return loader(await get(user, `/programmes/${key}${search}`, { key }));
}

function sentencesOf({ sections }: Page, title: string): string[] {
  const section = sections.find((one) => one.title === title);
  return section?.rules.flatMap(({ sentences }) => sentences) ?? [];
}

function submit(user: User, given: Record<string, string>) {
  const form = { id: randomUUID(), basedOn: "0", reason: "Erlass", content: shipped(), ...given };
  return answer(async () => action(await post(user, "/", form, { key })));
}
