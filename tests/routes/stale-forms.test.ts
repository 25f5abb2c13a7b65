import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { euro } from "#app/domain/money.ts";
import { termsAsKept } from "#app/domain/terms.ts";
import { recordGrant, requireGrant } from "#app/records/grants.server.ts";
import { reverseDocument } from "#app/records/reversals.server.ts";
import { loader as drawdowns } from "#app/routes/grants.$grantId.drawdowns._index/route.tsx";
import { accepted, createGrant, createOffice, createSchools } from "#tests/support/factories.ts";
import { get } from "#tests/support/request.ts";

test("each time a form is opened it is another form, so that a second entry is not the first again", async () => {
  const office = await createOffice();
  const { grantId } = await createGrant(office);
  const open = async () =>
    (await drawdowns(await get(office.clerk, "/", { grantId }))) as unknown as { id: string };
  expect((await open()).id).not.toBe((await open()).id);
});

test("a notice grants nothing to a school that did not apply", async () => {
  const { clerk } = await createOffice();
  const { grantId, applicationId } = await createGrant({ clerk });
  const grant = await requireGrant(clerk, grantId);
  const reversal = { reversedOn: grant.noticeOn, reason: "Irrtum" };
  accepted(await reverseDocument(clerk, { kind: "grant", id: grantId }, reversal));
  const newSchool = (await createSchools(clerk, ["GS Neudorf"])).find(
    ({ name }) => name === "GS Neudorf",
  )!;
  const lines = [{ schoolId: newSchool.id, code: "2.1", approved: euro("20000") }];
  const { fileNumber, grantingAuthority, noticeOn } = grant;
  const draft = { fileNumber, grantingAuthority, noticeOn, ...termsAsKept(grant), lines };
  expect(await recordGrant(clerk, randomUUID(), applicationId, draft)).toEqual({
    field: "lines[0].schoolId",
    rule: "school_not_applied_for",
  });
});
