/** What may be drawn of a grant, what comes for it, and what is given back. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Day } from "#app/domain/calendar.ts";
import {
  checkDrawdown,
  drawable,
  type DrawdownKind,
  dueBy,
  type GrantBooks,
  type Movement,
  type NoticeVersion,
} from "#app/domain/drawdown.ts";
import { euro, type Money, percent, zero } from "#app/domain/money.ts";
import { checkPayout, spendByOf } from "#app/domain/payout.ts";
import { checkRepayment, repayable } from "#app/domain/repayment.ts";
import { problemOf } from "#app/german/words.ts";
import { fullTerms, lowerSaxony2019, shippedProgramme } from "#tests/support/programme.ts";

const today = "2026-01-01";

const notice: NoticeVersion = {
  ...fullTerms,
  grantAmount: euro("1000"),
  financingKind: "share",
  fundingRate: percent("90"),
  documentId: "n",
  kind: "grant",
  validFrom: "2020-05-01",
  noticeOn: "2020-05-01",
  reference: "AZ 1",
};

/** A grant of 1000 at 90 %; 800 are paid in June 2020, 300 more in June 2021, and 300 are drawn. */
function books(given: Partial<GrantBooks> = {}, terms: Partial<NoticeVersion> = {}): GrantBooks {
  return {
    grantedOn: "2020-05-01",
    versions: [{ ...notice, ...terms }],
    programme: lowerSaxony2019,
    movements: [
      moved("granted", "2020-05-01", "1000"),
      moved("approved", "2020-05-01", "1200"),
      moved("paid", "2020-06-10", "800"),
      moved("paid", "2021-06-10", "300"),
      moved("drawn", "2020-07-01", "300"),
    ],
    proofOn: null,
    ...given,
  };
}

function moved(figure: Movement["figure"], bookedOn: Day, amount: string): Movement {
  return { figure, bookedOn, amount: euro(amount) };
}

function check(on: Day, amount: string, given?: GrantBooks, kind: DrawdownKind = "refund") {
  const draft = { requestedOn: on, kind, amount: euro(amount), purpose: "" };
  return checkDrawdown(draft, given ?? books(), today);
}

// prettier-ignore
test.each([
  { on: "2020-07-01", amount: "420",    verdict: undefined,             because: "90 % of 800 less 300" },
  { on: "2020-07-01", amount: "420.01", verdict: "exceeds_paid",        because: "a cent is not paid yet" },
  { on: "2021-06-09", amount: "420.01", verdict: "exceeds_paid",        because: "the second payment came a day later" },
  { on: "2021-06-10", amount: "690",    verdict: undefined,             because: "90 % of 1100 less 300" },
  { on: "2021-06-10", amount: "690.01", verdict: "exceeds_paid",        because: "the own share is not drawn" },
  { on: "2020-06-09", amount: "0.01",   verdict: "exceeds_paid",        because: "nothing was paid by then" },
  { on: "2024-12-31", amount: "690",    verdict: undefined,             because: "the last day of the directive" },
  { on: "2025-01-01", amount: "1",      verdict: "after_draw_deadline", because: "a day after it" },
  { on: "2020-04-30", amount: "1",      verdict: "before_notice",       because: "there was no notice yet" },
  { on: "2026-01-02", amount: "1",      verdict: "in_the_future",       because: "tomorrow has not come" },
  { on: "2021-06-10", amount: "0",      verdict: "amount_not_positive", because: "nothing is asked for" },
])("$amount on $on is $verdict: $because", ({ on, amount, verdict }) => {
  expect(check(on, amount)?.rule).toBe(verdict);
});

describe("a refusal", () => {
  const sentence = (violation: ReturnType<typeof check>) => problemOf(violation!).sentence;

  test("names what may be drawn, and why no more", () => {
    expect(sentence(check("2021-06-10", "700"))).toBe(
      "Zum 10.06.2021 können höchstens 690,00\u00a0€ abgerufen werden: Förderfähig bezahlt sind 1.100,00\u00a0€, davon trägt die Zuwendung 990,00\u00a0€; abgerufen sind schon 300,00\u00a0€.",
    );
  });

  test("names the last day and the directive that sets it", () => {
    expect(sentence(check("2025-01-01", "1"))).toMatch(
      /^Abgerufen werden kann nur bis zum 31\.12\.2024 \(Richtlinie vom 08\.08\.2019 /,
    );
  });

  test("names the last day of the notice where it has one", () => {
    const own = books({}, { drawUntil: "2022-06-30" });
    expect(check("2022-06-30", "1", own)).toBeUndefined();
    expect(sentence(check("2022-07-01", "1", own))).toBe(
      "Abgerufen werden kann nur bis zum 30.06.2022 (Bescheid vom 01.05.2020, AZ 1).",
    );
  });

  test("of an advance names the notice that has none", () => {
    expect(sentence(check("2021-06-10", "1", books(), "advance"))).toBe(
      "Ein Vorschuss ist nicht vorgesehen: Abgerufen wird nur, was schon bezahlt ist (Bescheid vom 01.05.2020, AZ 1).",
    );
  });
});

test("what was given back may be drawn again when it is spent", () => {
  const { movements } = books();
  const repaid = books({ movements: [...movements, moved("repaid", "2021-01-01", "100")] });
  expect(drawable(repaid, "2021-06-10", today)).toMatchObject({
    drawn: euro("200"),
    refund: euro("790"),
  });
});

test("a payment that was undone since can't be drawn for the day on which it stood", () => {
  const { movements } = books();
  const undone = books({ movements: [...movements, moved("paid", "2025-01-01", "-800")] });
  expect(drawable(undone, "2021-06-10", today).refund).toEqual(zero);
});

test("each day has the terms that were in force on it", () => {
  const raised: NoticeVersion = {
    ...notice,
    kind: "amendment",
    validFrom: "2022-01-01",
    fundingRate: percent("100"),
    documentId: "m",
  };
  const changed = books({ versions: [notice, raised] });
  expect(drawable(changed, "2021-12-31", today).due).toEqual(euro("990"));
  expect(drawable(changed, "2022-01-01", today).due).toEqual(euro("1000"));
});

test("a revoked grant is not paid out any more, whatever the day of the request", () => {
  const revocation: NoticeVersion = {
    ...notice,
    kind: "revocation",
    grantAmount: euro("0"),
    validFrom: "2022-03-01",
    noticeOn: "2022-02-20",
    reference: "W 7",
    documentId: "w",
  };
  const revoked = books({ versions: [notice, revocation] });
  // Dated before the revocation it is refused as well: nothing of it is due any more.
  expect(check("2022-02-28", "1", revoked)?.rule).toBe("exceeds_paid");
  expect(problemOf(check("2022-03-01", "1", revoked)!).sentence).toBe(
    "Die Zuwendung ist seit dem 01.03.2022 widerrufen; sie wird nicht mehr ausgezahlt (Bescheid vom 20.02.2022, W 7).",
  );
  const inPart = { ...revocation, grantAmount: euro("500") };
  expect(check("2022-03-01", "200", books({ versions: [notice, inPart] }))).toBeUndefined();
  expect(check("2022-03-01", "200.01", books({ versions: [notice, inPart] }))?.rule).toBe(
    "exceeds_paid",
  );
});

test("what a final notice leaves may still be drawn", () => {
  const final: NoticeVersion = {
    ...notice,
    kind: "final",
    validFrom: "2022-03-01",
    grantAmount: euro("950"),
    documentId: "f",
  };
  const closed = books({ versions: [notice, final] });
  expect(check("2022-03-01", "650", closed)).toBeUndefined();
  expect(check("2022-03-01", "650.01", closed)?.rule).toBe("exceeds_paid");
});

describe("in Baden-Württemberg", () => {
  const programme = shippedProgramme("bw-digitalpakt-2019");
  const large = (amount: string, proofOn: Day | null = null) =>
    books(
      {
        programme,
        proofOn,
        movements: [
          moved("granted", "2020-05-01", amount),
          moved("approved", "2020-05-01", "60000"),
          moved("paid", "2020-06-10", "10000"),
        ],
      },
      { grantAmount: euro(amount), advanceRate: percent("60"), spendWithinMonths: 2 },
    );

  // prettier-ignore
  test.each([
    { grant: "40000", amount: "33000",    kind: "advance", verdict: undefined,              because: "9000 are due, and 60 % come in advance" },
    { grant: "40000", amount: "33000.01", kind: "advance", verdict: "exceeds_advance",      because: "no more than 60 % come in advance" },
    { grant: "40000", amount: "9000.01",  kind: "refund",  verdict: "exceeds_paid",         because: "a refund is of what is paid" },
    { grant: "25000.01", amount: "24000.01", kind: "advance", verdict: undefined,           because: "9000 and 60 % are below the grant" },
    { grant: "25000", amount: "1",        kind: "refund",  verdict: "drawn_after_proof_only", because: "25 000 are small" },
    { grant: "9000",  amount: "1",        kind: "advance", proofOn: "2020-12-01", verdict: "advance_only_above", because: "10 000 are too little for an advance" },
    { grant: "25000", amount: "9000",     kind: "refund",  proofOn: "2021-01-01", verdict: undefined, because: "the proof came that day" },
    { grant: "25000", amount: "9000",     kind: "refund",  proofOn: "2021-01-02", verdict: "drawn_after_proof_only", because: "the proof came a day later" },
  ] as const)("$amount of $grant as $kind: $verdict, since $because", (given) => {
    const of = large(given.grant, "proofOn" in given ? given.proofOn : null);
    expect(check("2021-01-01", given.amount, of, given.kind)?.rule).toBe(given.verdict);
  });

  test("an advance never goes beyond the grant", () => {
    const paid = large("40000");
    paid.movements.push(moved("paid", "2020-07-01", "30000"));
    expect(drawable(paid, "2021-01-01", today).advance?.amount).toEqual(euro("40000"));
  });

  test("the sentences name the threshold, the grant and the source", () => {
    expect(problemOf(check("2021-01-01", "1", large("25000"))!).sentence).toMatch(
      /^Zuwendungen bis 25\.000,00\u00a0€ .* diese beträgt 25\.000,00\u00a0€, .*Richtlinie des Landes\)\.$/,
    );
    const small = large("9000", "2020-12-01");
    expect(problemOf(check("2021-01-01", "1", small, "advance")!).sentence).toMatch(
      /^Einen Vorschuss gibt es nur für Zuwendungen über 10\.000,00\u00a0€; .*Richtlinie des Landes\)\.$/,
    );
  });
});

test("whatever is paid, drawn and given back, no more is drawn than the grant is due", () => {
  const cents = (most: number) =>
    fc.integer({ min: 1, max: most }).map((value) => euro((value / 100).toFixed(2)));
  const deed = fc.record({ what: fc.constantFrom("pay", "draw", "repay"), amount: cents(60_000) });
  const rate = fc.integer({ min: 1, max: 100 }).map((value) => percent(String(value)));
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 30 }), rate, (deeds, fundingRate) => {
      const grant = books({ movements: [moved("granted", "2020-05-01", "1000")] }, { fundingRate });
      const { movements } = grant;
      const push = (figure: Movement["figure"], amount: Money) =>
        movements.push({ figure, bookedOn: "2021-01-01", amount });
      for (const { what, amount } of deeds) {
        const { drawn, refund } = drawable(grant, "2021-01-01", today);
        if (what === "pay") push("paid", amount);
        if (what === "repay" && amount.lessThanOrEqualTo(drawn)) push("repaid", amount);
        if (what === "draw") {
          const isRefused = check("2021-01-01", amount.toFixed(2), grant) !== undefined;
          expect(isRefused).toBe(amount.greaterThan(refund));
          if (!isRefused) push("drawn", amount);
        }
        const after = drawable(grant, "2021-01-01", today).drawn;
        expect(after.lessThanOrEqualTo(dueBy(grant, "2021-01-01"))).toBe(true);
      }
    }),
  );
});

// prettier-ignore
test.each([
  { on: "2020-05-01", amount: "60",    verdict: undefined },
  { on: "2020-05-01", amount: "60.01", verdict: "exceeds_drawdown" },
  { on: "2020-04-30", amount: "1",     verdict: "before_drawdown" },
  { on: "2026-01-02", amount: "1",     verdict: "in_the_future" },
  { on: "2020-05-01", amount: "-1",    verdict: "amount_not_positive" },
])("of 100 drawn, 40 came, $amount on $on: $verdict", ({ on, amount, verdict }) => {
  const drawdown = { requestedOn: "2020-05-01", amount: euro("100"), received: euro("40") };
  expect(checkPayout({ receivedOn: on, amount: euro(amount) }, drawdown, today)?.rule).toBe(verdict);
});

// prettier-ignore
test.each([
  { kind: "advance", months: 2,    spendBy: "2021-02-28", because: "the 30th is not in February" },
  { kind: "advance", months: null, spendBy: null,         because: "the terms set no time" },
  { kind: "refund",  months: 2,    spendBy: null,         because: "it is spent already" },
  { kind: null,      months: 2,    spendBy: null,         because: "it was recorded as a refund" },
] as const)("$kind of 30.12.2020 within $months months: $spendBy, $because", (given) => {
  const terms = { spendWithinMonths: given.months };
  expect(spendByOf(given.kind, "2020-12-30", terms)).toBe(given.spendBy);
});

// prettier-ignore
test.each([
  { on: "2021-03-01", amount: "70",    interest: "0",    verdict: undefined },
  { on: "2021-03-01", amount: "70.01", interest: "0",    verdict: "exceeds_received" },
  { on: "2021-02-28", amount: "20.01", interest: "0",    verdict: "exceeds_received" },
  { on: "2021-01-09", amount: "1",     interest: "0",    verdict: "before_first_payout" },
  { on: "2026-01-02", amount: "1",     interest: "0",    verdict: "in_the_future" },
  { on: "2021-03-01", amount: "-1",    interest: "0",    verdict: "amount_negative" },
  { on: "2021-03-01", amount: "1",     interest: "-0.01", verdict: "amount_negative" },
  { on: "2021-03-01", amount: "0",     interest: "0",    verdict: "nothing_repaid" },
  { on: "2021-03-01", amount: "0",     interest: "3.50", verdict: undefined },
])("of 100 received, 30 repaid, $amount and $interest on $on: $verdict", (given) => {
  const movements = [
    moved("received", "2021-01-10", "50"),
    moved("received", "2021-03-01", "50"),
    moved("repaid", "2021-01-20", "30"),
  ];
  const draft = {
    repaidOn: given.on,
    amount: euro(given.amount),
    interestAmount: euro(given.interest),
    reason: "nicht verwendet",
  };
  const context = { movements, firstPayoutOn: "2021-01-10" };
  expect(checkRepayment(draft, context, today)?.rule).toBe(given.verdict);
  expect(checkRepayment(draft, { movements: [], firstPayoutOn: null }, today)).toBeDefined();
});

test("what is received beyond the grant is to be given back", () => {
  const movements = [
    moved("granted", "2020-05-01", "1000"),
    moved("granted", "2022-03-01", "-400"),
    moved("reclaimed", "2022-03-01", "300"),
    moved("received", "2021-01-10", "900"),
    moved("repaid", "2022-04-01", "120"),
  ];
  expect(repayable({ movements }, today)).toMatchObject({
    reclaimed: euro("300"),
    repaid: euro("120"),
    open: euro("180"),
  });
});
