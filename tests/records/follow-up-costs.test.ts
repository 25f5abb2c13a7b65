import { expect, test } from "vitest";
import { loadForecast } from "#app/records/follow-up-costs.server.ts";
import { createOffice } from "#tests/support/factories.ts";
import { createPlannedYear } from "#tests/support/joint-year.ts";

test("the own share of a planned joint year goes on in the forecast, not those of others", async () => {
  const { clerk } = await createOffice();
  const jointServiceId = await createPlannedYear(clerk, 2024);
  const { rows } = await loadForecast(clerk, 2024, "2024-06-01");
  expect(rows).toMatchObject([{ id: jointServiceId, kind: "joint_service" }]);
  expect(rows[0]!.amounts.map((amount) => amount.toFixed(2))).toEqual(Array(5).fill("10000.00"));
  expect((await loadForecast(clerk, 2024, "2024-01-14")).rows).toEqual([]);

  const { clerk: stranger } = await createOffice();
  expect((await loadForecast(stranger, 2024, "2024-06-01")).rows).toEqual([]);
});
