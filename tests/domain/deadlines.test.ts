import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { plusDays } from "#app/domain/calendar.ts";
import {
  asReadBy,
  type Deadline,
  deadlineKinds,
  inOrder,
  urgencyOf,
} from "#app/domain/deadline.ts";
import {
  deadlinesOfGrant,
  type GrantFacts,
  type NoticedTerms,
} from "#app/domain/grant-deadlines.ts";
import { euro, percent, zero } from "#app/domain/money.ts";
import type { Programme } from "#app/domain/programme.ts";
import { deadlinesOfEnvelope, reportsOf } from "#app/domain/programme-deadlines.ts";
import { daysLeftText, deadlineTitle, originText } from "#app/german/deadline-words.ts";
import { fullTerms, lowerSaxony2019, shippedProgramme } from "#tests/support/programme.ts";

const northRhine = shippedProgramme("nw-digitalpakt-2019");
const bavaria = shippedProgramme("by-dbir");

/** Of a programme that says nothing: whatever is due then comes from the notice. */
const silent: Programme = {
  ...lowerSaxony2019,
  term: { sources: [] },
  firstCome: undefined,
  drawdowns: [],
  proofs: [],
  reports: [],
  dedications: [],
  retentions: [],
};

const firstNotice: NoticedTerms = {
  ...fullTerms,
  kind: "grant",
  noticeOn: "2020-05-01",
  validFrom: "2020-05-01",
  documentId: "first",
};

const figures = {
  approved: euro("20000"),
  committed: euro("3000"),
  invoiced: euro("5000"),
  paid: euro("4000"),
  granted: euro("20000"),
  drawn: euro("4000"),
  repaid: zero,
};

function grant(given: Partial<GrantFacts> & { terms?: Partial<NoticedTerms> } = {}): GrantFacts {
  const { terms, ...facts } = given;
  return {
    id: "g",
    fileNumber: "AZ 1",
    programme: silent,
    versions: [{ ...firstNotice, ...terms }],
    isClosed: false,
    figures,
    payouts: [],
    proofs: [],
    ...facts,
  };
}

function find(deadlines: Deadline[], kind: Deadline["kind"]): Deadline | undefined {
  return deadlines.find((one) => one.kind === kind);
}

const today = "2021-01-01";

test("what neither notice nor programme lays down is no deadline", () => {
  expect(deadlinesOfGrant(grant(), today).map(({ kind }) => kind)).toEqual(["period"]);
  const envelope = { id: "e", programme: silent, notGranted: euro("1"), runningGrants: 1 };
  expect(deadlinesOfEnvelope(envelope, today)).toEqual([]);
});

// prettier-ignore
test.each([
  { kind: "interim_proof", terms: { interimProofDueOn: "2021-03-31" }, on: "2021-03-31" },
  { kind: "proof",         terms: { proofDueOn: "2025-06-30" },        on: "2025-06-30" },
  { kind: "draw",          terms: { drawUntil: "2024-11-30" },         on: "2024-11-30" },
  { kind: "dedication",    terms: { dedicatedUntil: "2029-12-31" },    on: "2029-12-31" },
  { kind: "period",        terms: { spendUntil: "2023-12-31" },        on: "2023-12-31" },
] as const)("$kind comes from the notice", ({ kind, terms, on }) => {
  const deadline = find(deadlinesOfGrant(grant({ terms }), today), kind)!;
  expect(deadline).toMatchObject({ on, isDone: false, origin: { by: "notice", documentId: "first" } });
  expect(originText(deadline.origin)).toBe("Zuwendungsbescheid vom 01.05.2020");
});

test("T17: in North Rhine-Westphalia what a period to 30.09.2022 bought is dedicated to 31.12.2027", () => {
  const facts = grant({ programme: northRhine, terms: { spendUntil: "2022-09-30" } });
  expect(find(deadlinesOfGrant(facts, today), "dedication")).toMatchObject({
    on: "2027-12-31",
    isDone: false,
    origin: {
      by: "programme",
      key: "nw-digitalpakt-2019",
      addresses: [expect.stringContaining("schulministerium.nrw")],
    },
  });
  expect(find(deadlinesOfGrant(facts, "2027-12-31"), "dedication")!.isDone).toBe(false);
  expect(find(deadlinesOfGrant(facts, "2028-01-01"), "dedication")!.isDone).toBe(true);
});

test("the notice goes before the rule of the programme", () => {
  const terms = { spendUntil: "2022-09-30", dedicatedUntil: "2026-09-30" };
  const facts = grant({ programme: northRhine, terms });
  expect(find(deadlinesOfGrant(facts, today), "dedication")).toMatchObject({
    on: "2026-09-30",
    origin: { by: "notice" },
  });
});

describe("a day comes from the notice that laid it down", () => {
  const amendment: NoticedTerms = {
    ...firstNotice,
    kind: "amendment",
    noticeOn: "2022-02-01",
    validFrom: "2022-02-01",
    documentId: "second",
    spendUntil: "2025-06-30",
  };
  const again: NoticedTerms = { ...amendment, validFrom: "2022-08-01", documentId: "third" };
  const terms = { proofDueOn: "2025-12-31" };
  const versions = [firstNotice, amendment, again].map((one) => ({ ...one, ...terms }));

  test.each([
    { on: "2021-06-01", day: "2024-12-31", documentId: "first", documentKind: "grant" },
    { on: "2022-03-01", day: "2025-06-30", documentId: "second", documentKind: "notice" },
    { on: "2022-09-01", day: "2025-06-30", documentId: "second", documentKind: "notice" },
  ])("on $on", ({ on, day, documentId, documentKind }) => {
    const all = deadlinesOfGrant(grant({ versions }), on);
    expect(find(all, "period")).toMatchObject({ on: day, origin: { documentId, documentKind } });
    expect(find(all, "proof")).toMatchObject({ origin: { documentId: "first" } });
    expect(find(all, "period")!.id).toBe("period-g");
  });
});

describe("money at stake", () => {
  const facts = grant({ programme: lowerSaxony2019 });
  // prettier-ignore
  test.each([
    { kind: "period",     amount: "12000", what: "approved, not ordered, not invoiced" },
    { kind: "completion", amount: "15000", what: "not invoiced" },
    { kind: "draw",       amount: "16000", what: "granted, not drawn" },
  ] as const)("$kind: $what", ({ kind, amount }) => {
    const deadline = find(deadlinesOfGrant(facts, today), kind)!;
    expect({ amount: deadline.amount!.toFixed(), isDone: deadline.isDone }).toEqual({ amount, isDone: false });
  });

  test("nothing left, nothing due", () => {
    const spent = { ...figures, committed: zero, invoiced: euro("20000"), drawn: euro("20000") };
    const all = deadlinesOfGrant({ ...facts, figures: spent }, today);
    for (const kind of ["period", "completion", "draw"] as const) {
      expect(find(all, kind)!.isDone).toBe(true);
    }
  });

  test("after the approval period only what is invoiced may still come to be drawn", () => {
    const drawUntil = { drawUntil: "2025-03-31" };
    const spent = {
      ...figures,
      committed: euro("9000"),
      invoiced: euro("6000"),
      paid: euro("5000"),
    };
    const still = (on: string, given: Partial<typeof figures> = {}) =>
      find(
        deadlinesOfGrant(grant({ terms: drawUntil, figures: { ...spent, ...given } }), on),
        "draw",
      )!;
    expect(still("2024-12-31").amount!.toFixed()).toBe("16000");
    expect(still("2025-01-01").amount!.toFixed()).toBe("2000");
    // What was given back may be drawn again.
    expect(still("2025-01-01", { repaid: euro("500") }).amount!.toFixed()).toBe("2500");
    expect(still("2025-01-01", { drawn: euro("6000") }).isDone).toBe(true);
  });

  test("after the final proof only what is due for paid costs is still to be drawn", () => {
    const proofs = [{ kind: "final" as const, submittedOn: "2021-03-01" }];
    const paid = { ...figures, paid: euro("4500") };
    const all = deadlinesOfGrant({ ...facts, figures: paid, proofs }, "2021-03-02");
    expect(find(all, "draw")!.amount!.toFixed()).toBe("500");
    expect(find(all, "period")!.isDone).toBe(true);
  });
});

test("a payout is to be spent while it is not used, first come, first used", () => {
  const payouts = [
    { id: "a", number: 1, receivedOn: "2020-07-01", spendBy: "2020-09-01", amount: euro("3000") },
    { id: "b", number: 2, receivedOn: "2020-08-01", spendBy: "2020-10-01", amount: euro("2500") },
    { id: "c", number: 3, receivedOn: "2020-09-01", spendBy: null, amount: euro("100") },
  ];
  const terms = { spendWithinMonths: 2 };
  const all = deadlinesOfGrant(grant({ payouts, terms }), today).filter(
    ({ kind }) => kind === "spend_by",
  );
  expect(
    all.map(({ id, on, isDone, amount }) => ({ id, on, isDone, amount: amount!.toFixed() })),
  ).toEqual([
    { id: "spend_by-g-a", on: "2020-09-01", isDone: true, amount: "0" },
    { id: "spend_by-g-b", on: "2020-10-01", isDone: false, amount: "1500" },
  ]);
  expect(all[1]!.origin).toMatchObject({ documentKind: "grant", documentId: "first" });
  expect(deadlineTitle(all[1]!)).toBe("Ausgezahltes Geld verwenden (Mittelabruf Nr. 2)");

  const repaid = { ...figures, repaid: euro("1500") };
  const after = deadlinesOfGrant(grant({ payouts, terms, figures: repaid }), today);
  expect(after.filter(({ kind, isDone }) => kind === "spend_by" && !isDone)).toEqual([]);
});

test("an own part of the costs does not use the grant's money", () => {
  const payouts = [
    { id: "a", number: 1, receivedOn: "2020-07-01", spendBy: "2020-09-01", amount: euro("3700") },
  ];
  const terms = { financingKind: "share" as const, fundingRate: percent("90") };
  const [deadline] = deadlinesOfGrant(grant({ payouts, terms }), today).filter(
    ({ kind }) => kind === "spend_by",
  );
  // Paid are 4 000, of which the grant pays 3 600.
  expect(deadline).toMatchObject({ isDone: false, amount: euro("100") });
  expect(deadline!.origin).toMatchObject({ documentKind: "payout", documentId: "a" });
});

test("a proof meets its deadline, and begins the retention of receipts", () => {
  const terms = { interimProofDueOn: "2021-03-31", proofDueOn: "2025-06-30" };
  const open = deadlinesOfGrant(grant({ programme: bavaria, terms }), today);
  expect(find(open, "proof")!.isDone).toBe(false);
  expect(find(open, "retention")).toBeUndefined();

  const interim = { kind: "interim" as const, submittedOn: "2021-03-01" };
  const final = { kind: "final" as const, submittedOn: "2024-02-29" };
  const half = deadlinesOfGrant(grant({ programme: bavaria, terms, proofs: [interim] }), today);
  expect(find(half, "interim_proof")!.isDone).toBe(true);
  expect(find(half, "proof")!.isDone).toBe(false);

  const proofs = [interim, final];
  const proved = deadlinesOfGrant(grant({ programme: bavaria, terms, proofs }), "2024-03-01");
  expect(find(proved, "proof")!.isDone).toBe(true);
  expect(find(proved, "retention")).toMatchObject({ on: "2029-02-28", isDone: false });
});

describe("the deadlines of a programme", () => {
  const envelope = {
    id: "e",
    programme: lowerSaxony2019,
    notGranted: euro("5000"),
    runningGrants: 1,
  };
  // prettier-ignore
  test.each([
    { on: "2023-06-01", kinds: ["application", "approval", "report"] },
    { on: "2023-07-01", kinds: ["first_come", "approval", "report"] },
    { on: "2025-02-15", kinds: ["first_come", "approval", "report"] },
    { on: "2025-02-16", kinds: ["first_come", "approval"] },
  ])("on $on", ({ on, kinds }) => {
    expect(deadlinesOfEnvelope(envelope, on).map(({ kind }) => kind)).toEqual(kinds);
  });

  test("after the last chance nothing is to be done about what was not granted", () => {
    const open = (on: string) => deadlinesOfEnvelope(envelope, on).filter(({ isDone }) => !isDone);
    const kinds = (on: string) => open(on).map(({ kind }) => kind);
    expect(kinds("2024-05-15")).toEqual(["first_come", "approval", "report"]);
    expect(kinds("2024-05-16")).toEqual(["report"]);
  });

  test("nothing is to be applied for once all is granted", () => {
    const all = deadlinesOfEnvelope({ ...envelope, notGranted: zero }, "2023-06-01");
    expect(all.filter(({ isDone }) => !isDone).map(({ kind }) => kind)).toEqual(["report"]);
  });

  // prettier-ignore
  test.each([
    { on: "2021-01-10", due: "2021-02-15", reportOf: "2020-12-31" },
    { on: "2021-02-15", due: "2021-02-15", reportOf: "2020-12-31" },
    { on: "2021-02-16", due: "2021-08-15", reportOf: "2021-06-30" },
    { on: "2021-09-01", due: "2022-02-15", reportOf: "2021-12-31" },
  ])("the next report on $on", ({ on, due, reportOf }) => {
    const report = find(deadlinesOfEnvelope(envelope, on), "report")!;
    expect({ due: report.on, reportOf: report.detail }).toEqual({ due, reportOf });
  });

  test("reports of a year", () => {
    expect(reportsOf(lowerSaxony2019, 2021)).toMatchObject([
      { on: "2021-06-30", dueOn: "2021-08-15" },
      { on: "2021-12-31", dueOn: "2022-02-15" },
    ]);
  });

  test("the settlement is done when all grants are closed", () => {
    const term = { ...lowerSaxony2019.term, settledUntil: "2025-12-31" };
    const programme = { ...lowerSaxony2019, term };
    const settlement = (runningGrants: number) =>
      find(deadlinesOfEnvelope({ ...envelope, programme, runningGrants }, today), "settlement");
    expect(settlement(1)).toMatchObject({ on: "2025-12-31", isDone: false });
    expect(settlement(0)).toMatchObject({ isDone: true });
  });
});

test("the list is sorted by day, whatever it is made of", () => {
  const day = fc.integer({ min: 0, max: 4000 }).map((days) => plusDays("2019-05-17", days));
  const any = fc.record({ on: day, kind: fc.constantFrom(...deadlineKinds) });
  fc.assert(
    fc.property(fc.array(any), (list) => {
      const [sample] = deadlinesOfGrant(grant(), today);
      const sorted = inOrder(list.map((one) => ({ ...sample!, ...one })));
      expect(sorted).toHaveLength(list.length);
      expect(sorted.map(({ on }) => on)).toEqual(list.map(({ on }) => on).sort());
    }),
  );
});

test("the school board reads until when, and only the sums of its own page", () => {
  const all = deadlinesOfGrant(grant({ programme: lowerSaxony2019 }), today);
  const withAmount = (role: "board" | "clerk") =>
    all.map((one) => asReadBy({ roles: [role] }, one)).filter(({ amount }) => amount !== null);
  expect(withAmount("board").map(({ kind }) => kind)).toEqual(["period"]);
  expect(withAmount("clerk").map(({ kind }) => kind)).toEqual(["period", "completion", "draw"]);
});

// prettier-ignore
test.each([
  ["2021-01-01", "soon", "heute"],
  ["2021-01-02", "soon", "morgen"],
  ["2021-04-01", "soon", "noch 90 Tage"],
  ["2021-04-02", "later", "noch 91 Tage"],
  ["2020-12-31", "over", "seit gestern vorbei"],
  ["2020-12-30", "over", "seit 2 Tagen vorbei"],
] as const)("%s is %s: %s", (on, urgency, words) => {
  expect(urgencyOf(on, today)).toBe(urgency);
  expect(daysLeftText(on, today)).toBe(words);
});
