/** Order of receipt (Windhundverfahren): from 1 July 2023 a grant of Lower Saxony may exceed the envelope. */
import { expect, test } from "vitest";
import { checkApplication, postingsOfPots } from "#app/domain/application.ts";
import { checkGrant } from "#app/domain/grant.ts";
import { euro } from "#app/domain/money.ts";
import type { PotBalance } from "#app/domain/pot.ts";
import { fullTerms, lowerSaxony2019 } from "#tests/support/programme.ts";

const none = { granted: euro("0"), asked: euro("0") };
/** 3 000 of the school's base amount and 2 000 for all. */
const pots: PotBalance[] = [
  { potKind: "base", schoolId: "A", ceiling: euro("3000"), ...none },
  { potKind: "free", schoolId: undefined, ceiling: euro("2000"), ...none },
  { potKind: "administration", schoolId: undefined, ceiling: euro("100"), ...none },
];

// prettier-ignore
test.each([
  { submittedOn: "2023-06-30", amount: "5000.00", verdict: "3000+2000+0" },
  { submittedOn: "2023-06-30", amount: "5000.01", verdict: "exceeds_envelope 5000" },
  { submittedOn: "2023-07-01", amount: "5000.01", verdict: "3000+2000+0.01" },
  { submittedOn: "2024-05-15", amount: "9000.00", verdict: "3000+2000+4000" },
  { submittedOn: "2024-05-16", amount: "1.00",    verdict: "application_deadline_passed" },
])("an application of $submittedOn for $amount €: $verdict", ({ submittedOn, amount, verdict }) => {
  const measures = [{ schoolId: "A", code: "2.1", description: "Netz", amount: euro(amount) }];
  const draft = { title: "Netze", resolutionId: "R", submittedOn, measures };
  const schools = [{ id: "A", name: "GS A", mediaConceptOn: "2020-01-01" }];
  expect(
    spoken(checkApplication(draft, lowerSaxony2019, schools, pots, [], "2026-01-01")),
  ).toBe(verdict);
});

// prettier-ignore
test.each([
  { noticeOn: "2023-06-30", amount: "5000.01", verdict: "exceeds_envelope 5000" },
  { noticeOn: "2023-07-01", amount: "5000.01", verdict: "3000+2000+0.01" },
  { noticeOn: "2024-05-15", amount: "9000.00", verdict: "3000+2000+4000" },
  { noticeOn: "2024-05-16", amount: "1.00",    verdict: "approved_too_late" },
])("a notice of $noticeOn over $amount €: $verdict", ({ noticeOn, amount, verdict }) => {
  const draft = {
    ...fullTerms,
    fileNumber: "AZ 1",
    grantingAuthority: "RLSB",
    noticeOn,
    grantAmount: euro(amount),
    lines: [{ schoolId: "A", code: "2.1", approved: euro(amount) }],
  };
  const context = {
    programme: lowerSaxony2019,
    submittedOn: "2023-06-01",
    schoolIds: ["A"],
    pots,
    limited: [],
    today: "2026-01-01",
  };
  expect(spoken(checkGrant(draft, context))).toBe(verdict);
});

test("Administration may exceed its own ceiling too, and leaves the base amount alone", () => {
  const measures = [{ schoolId: "A", code: "2.8", description: "Dienst", amount: euro("150") }];
  const draft = { title: "Dienst", resolutionId: "R", submittedOn: "2023-07-01", measures };
  const schools = [{ id: "A", name: "GS A", mediaConceptOn: "2020-01-01" }];
  expect(spoken(checkApplication(draft, lowerSaxony2019, schools, pots, [], "2026-01-01"))).toBe(
    "0+100+50",
  );
});

test("the notice raises the ceiling by what it grants beyond; an application does not", () => {
  const line = {
    baseAccountId: null,
    sharedAccountId: null,
    beyondAccountId: "first come",
    fromBase: euro("0"),
    fromShared: euro("0"),
    beyond: euro("7"),
  };
  const figures = (figure: "applied" | "granted") =>
    postingsOfPots([line], figure, "2023-07-01", "").map((one) => `${one.figure} ${one.amount}`);
  expect(figures("granted")).toEqual(["ceiling 7", "granted 7"]);
  expect(figures("applied")).toEqual(["applied 7"]);
});

type Checked = ReturnType<typeof checkApplication> | ReturnType<typeof checkGrant>;

function spoken(checked: Checked): string {
  if ("shares" in checked) {
    return checked.shares
      .map(({ fromBase, fromShared, beyond }) => `${fromBase}+${fromShared}+${beyond}`)
      .join(" ");
  }
  const { rule } = checked.violation;
  const available = "available" in checked.violation ? ` ${checked.violation.available}` : "";
  return `${rule}${available}`;
}
