import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { factor } from "#app/domain/money.ts";
import { action as dispose, loader as readAsset } from "#app/routes/assets.$assetId/route.tsx";
import { loader as readRegister } from "#app/routes/assets._index.tsx";
import { action as record, loader as readForm } from "#app/routes/assets.new/route.tsx";
import { loader as readYears } from "#app/routes/assets.years.tsx";
import { inventory, lineOf } from "#tests/support/asset-case.ts";
import { accepted, createOffice, invoiceLine } from "#tests/support/factories.ts";
import { answer, get, post } from "#tests/support/request.ts";
import { invoice, openCase, pay } from "#tests/support/spending-case.ts";

async function openLine() {
  const of = await openCase();
  const line = invoiceLine(of.lineOf("2.4"), "6000", { quantity: factor("3") });
  const invoiceId = await invoice(of, [line]);
  accepted(await pay(of, invoiceId, "6000"));
  return { of, invoiceId, lineId: await lineOf(of, invoiceId) };
}

const typed = {
  inventoryNumber: "TAB-008",
  count: "3",
  quantity: "1",
  kind: "tablet",
  description: "Tablet",
  inServiceOn: "15.6.2021",
  isReplaced: "on",
  replacementPrice: "2.100,00",
  priceChangeRate: "2,5",
};

test("a clerk finds the line that waits, and inventories all of it with one form", async () => {
  const { of, invoiceId, lineId } = await openLine();
  const register = async (query = "") =>
    (await readRegister(await get(of.clerk, `/assets${query}`))) as Awaited<
      ReturnType<typeof readRegister>
    >;
  expect((await register()).open.map(({ id }) => id)).toEqual([lineId]);
  const path = `/assets/new?line=${lineId}`;
  const { id, proposal } = await readForm(await get(of.clerk, path));
  expect(proposal).toMatchObject({
    ...{ count: "3", quantity: "1", inServiceOn: "01.06.2021", replacementPrice: "2.000,00" },
    schoolId: of.schools.find(({ name }) => name === "GS Süd")!.id,
  });

  const form = { id, ...typed, schoolId: proposal.schoolId };
  const sent = await answer(async () => record(await post(of.clerk, path, form)));
  expect(sent).toMatchObject({ status: 302, location: "/assets" });
  const { assets, open, totals } = await register();
  expect(open).toEqual([]);
  expect(assets.map(({ inventoryNumber }) => inventoryNumber)).toEqual([
    ..."TAB-008 TAB-009 TAB-010".split(" "),
  ]);
  expect(totals.cost).toBe("6000");
  expect((await register(`?invoice=${invoiceId}&year=2021`)).assets).toHaveLength(3);
  expect((await register("?school=GS+Nord")).assets).toEqual([]);
  expect((await register("?year=2020")).hasAny).toBe(true);
  expect((await answer(async () => readForm(await get(of.clerk, path)))).status).toBe(404);
});

test("what is wrong stands beside its field, with all that was typed", async () => {
  const { of, lineId } = await openLine();
  const path = `/assets/new?line=${lineId}`;
  const send = (form: object) =>
    answer(async () =>
      record(
        await post(of.clerk, path, {
          ...{ id: randomUUID(), ...typed, schoolId: of.schools[0]!.id },
          ...form,
        }),
      ),
    );
  expect(await send({ usefulLifeMonths: "48" })).toMatchObject({
    status: 422,
    body: {
      error: { lifeReason: ["Bitte begründen: Die Tabelle nennt 36 Monate (§ 49 KomHKVO)."] },
      initialValue: { inventoryNumber: "TAB-008", usefulLifeMonths: "48" },
    },
  });
  expect(await send({ count: "4" })).toMatchObject({
    body: {
      error: { quantity: ["Von dieser Rechnungszeile ist nur noch eine Menge von 3 frei."] },
    },
  });
});

test("the page of an asset reckons year by year, and keeps its disposal", async () => {
  const { of, invoiceId } = await openLine();
  const assetId = await inventory(of, invoiceId);
  const params = { assetId };
  const read = async () => readAsset(await get(of.clerk, "/", params));
  const { asset, years, totals, id } = await read();
  expect([asset.cost, totals.depreciation, totals.dissolution]).toEqual(["2000", "2000", "2000"]);
  expect(years.map(({ year, months }) => `${year} ${months}`)).toEqual([
    ..."2021 7,2022 12,2023 12,2024 5".split(","),
  ]);

  const form = { id, disposedOn: "31.12.2022", reason: "defekt" };
  const sent = await answer(async () => dispose(await post(of.clerk, "/", form, params)));
  expect(sent.location).toBe(`/assets/${assetId}`);
  expect((await read()).years.map(({ year, disposedValue }) => `${year} ${disposedValue}`)).toEqual(
    ["2021 0", "2022 1000"],
  );
  const early = { ...form, id: randomUUID() };
  expect((await answer(async () => dispose(await post(of.clerk, "/", early, params)))).status).toBe(
    422,
  );
  const { years: all } = await readYears(await get(of.clerk, "/"));
  expect(all).toHaveLength(11);

  const stranger = await createOffice();
  const foreign = await answer(async () => readAsset(await get(stranger.clerk, "/", params)));
  expect(foreign.status).toBe(404);
});
