import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { loader as newEnvelopeLoader } from "#app/routes/envelopes.new.tsx";
import { loader as envelopeLoader } from "#app/routes/envelopes.$envelopeId.tsx";
import { action, loader } from "#app/routes/envelopes.$envelopeId_.allotments.new.tsx";
import { action as schoolAction, loader as schoolLoader } from "#app/routes/schools.$schoolId.tsx";
import { euro } from "#app/domain/money.ts";
import { recordEnvelope } from "#app/records/envelopes.server.ts";
import { accepted, createEnvelope, createOffice, createSchools } from "#tests/support/factories.ts";
import { answer, get, post } from "#tests/support/request.ts";

test("the form proposes what each school has; rows that were left alone are no part of it", async () => {
  const { clerk, envelopeId, schools, submit } = await setUp();
  const [north, south] = schools;
  const first = { "schools[0].amount": "10.000,00" };
  expect(await submit(first)).toMatchObject({ status: 302, location: `/envelopes/${envelopeId}` });
  // A second form that was opened before: it changes the south only.
  expect(await submit({ "schools[1].amount": "5000" })).toMatchObject({ status: 302 });

  const form = await loader(await get(clerk, "/", { envelopeId }));
  expect(form.schools).toMatchObject([
    { schoolId: north!.id, school: "GS Nord", allotted: "10000" },
    { schoolId: south!.id, allotted: "5000" },
  ]);
  expect(form.rest.left).toBe("29545.5");

  const page = await envelopeLoader(await get(clerk, "/", { envelopeId }));
  expect(page.allotments.map(({ lines }) => lines)).toEqual([
    [expect.objectContaining({ school: "GS Nord", change: "10000" })],
    [expect.objectContaining({ school: "GS Süd", change: "5000" })],
  ]);
  expect(page.divided.schools[0]).toMatchObject({
    baseAmount: "30000",
    allotted: "10000",
    left: "40000",
  });
});

// prettier-ignore
test.each([
  { given: {},                                  field: "schools",            sentence: "Das ändert nichts." },
  { given: { "schools[1].amount": "50.000,00" }, field: "schools",           sentence: "So viel ist nicht frei: Zugeteilt werden können noch 44.545,50\u00a0€. Der Sockelbetrag bleibt bei seiner Schule." },
  { given: { "schools[1].amount": "" },         field: "schools[1].amount",  sentence: "Bitte ausfüllen." },
  { given: { "schools[1].amount": "-1" },       field: "schools[1].amount",  sentence: "Der Betrag darf nicht kleiner als 0,00 € sein." },
  { given: { decidedOn: "01.08.2019" },         field: "decidedOn",          sentence: "Der Höchstbetrag gilt erst seit dem 08.08.2019; vorher gab es nichts zuzuteilen." },
] as { given: Record<string, string>; field: string; sentence: string }[])("$given is refused beside $field", async ({ given, field, sentence }) => {
  const { submit } = await setUp();
  const { status, body } = await submit(given);
  expect(status).toBe(422);
  expect((body as { error: object }).error).toEqual({ [field]: [sentence] });
});

test("the envelope shows the exact total and the rounded sum, each with its difference", async () => {
  const { clerk } = await createOffice();
  await createSchools(clerk, ["GS A", "GS B", "GS C"]);
  const envelopeId = await createEnvelope(clerk, "156818");
  const page = await envelopeLoader(await get(clerk, "/", { envelopeId }));
  // 52 272,75 € for each school: rounded up three times.
  expect(page.arithmetic.schools[0]).toMatchObject({ total: "52272.75", rounded: "52273" });
  expect(page.arithmetic.totals).toMatchObject({ total: "156818.25", rounded: "156819" });
  expect(page.differences).toEqual({ exact: "0.25", rounded: "1" });
});

test("without bound base amounts there is no arithmetic of schools to show", async () => {
  const { clerk } = await createOffice();
  await createSchools(clerk);
  const id = randomUUID();
  const draft = { givenAmount: euro("99"), administrationAmount: euro("0"), note: "" };
  accepted(
    await recordEnvelope(clerk, id, "th-digitalpakt-2019", { ...draft, givenOn: "2020-01-01" }),
  );
  const page = await envelopeLoader(await get(clerk, "/", { envelopeId: id }));
  expect([page.formula, page.differences]).toEqual([null, { exact: null, rounded: null }]);
  expect(page.divided).toMatchObject({ rest: { left: "99" }, totals: { left: "99" } });
});

test("schools that are not counted on the programme's day are named before an amount is typed", async () => {
  const { clerk, schools } = await setUp();
  const [north] = schools;
  const choose = async () => {
    const address = "/envelopes/new?programme=ni-digitalpakt-2019";
    return (await newEnvelopeLoader(await get(clerk, address))).chosen!;
  };
  expect(await choose()).toMatchObject({
    uncounted: [],
    needsSchools: false,
    computed: "104545.5",
  });

  const params = { schoolId: north!.id };
  const { version } = (await schoolLoader(await get(clerk, "/", params))).kept;
  const form = {
    version,
    name: "GS Nord",
    kind: "vocational_part_time",
    pupils: "110",
    pupilsCountedOn: "15.09.2020",
  };
  expect(
    await answer(async () => schoolAction(await post(clerk, "/", form, params))),
  ).toMatchObject({ status: 302 });
  const { counts } = await schoolLoader(await get(clerk, "/", params));
  expect(counts.map(({ countedOn, pupils }) => `${countedOn} ${pupils}`)).toEqual([
    "2020-09-15 110",
    "2018-11-15 null",
    "2018-08-23 100",
  ]);
  expect(counts[1]!.programmes.map(({ key }) => key)).toContain("ni-digitalpakt-2019");
  expect((await choose()).uncounted).toEqual([
    { schoolId: north!.id, school: "GS Nord", countedOn: "2018-11-15" },
  ]);
  const { clerk: newcomer } = await createOffice();
  const address = "/envelopes/new?programme=ni-digitalpakt-2019";
  const { chosen } = await newEnvelopeLoader(await get(newcomer, address));
  expect(chosen).toMatchObject({ needsSchools: true });
});

async function setUp() {
  const { clerk } = await createOffice();
  const schools = await createSchools(clerk);
  const envelopeId = await createEnvelope(clerk);
  const submit = async (given: Record<string, string>) => {
    const form = {
      id: randomUUID(),
      decidedOn: "01.02.2020",
      reason: "Beschluss",
      "schools[0].schoolId": schools[0]!.id,
      "schools[0].before": "0,00",
      "schools[0].amount": "0,00",
      "schools[1].schoolId": schools[1]!.id,
      "schools[1].before": "0,00",
      "schools[1].amount": "0,00",
      ...given,
    };
    return answer(async () => action(await post(clerk, "/", form, { envelopeId })));
  };
  return { clerk, schools, envelopeId, submit };
}
