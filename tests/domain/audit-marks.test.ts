import { expect, test } from "vitest";
import {
  type AuditMark,
  type AuditMarkKind,
  auditStateOf,
  checkAuditMark,
  cutNoted,
  openQuestions,
} from "#app/domain/audit-mark.ts";
import { euro } from "#app/domain/money.ts";

/** "1 question", "2 answer of 1", "3 cut 10.00": marks as a short text each. */
function marks(...texts: string[]): AuditMark[] {
  return texts.map((text) => {
    const [id, kind, ...rest] = text.split(" ");
    return {
      id: id!,
      kind: kind as AuditMarkKind,
      amount: kind === "cut" ? euro(rest[0]!) : null,
      refersToId: rest[0] === "of" ? rest[1]! : null,
    };
  });
}

const receipt = { stands: true, eligible: euro("100.00"), marks: marks() };

// prettier-ignore
test.each([
  { kind: "accepted", amount: null,                 text: "",     verdict: undefined },
  { kind: "accepted", amount: euro("1"),            text: "",     verdict: "amount_only_of_a_cut" },
  { kind: "cut",      amount: euro("100.00"),       text: "Bier", verdict: undefined },
  { kind: "cut",      amount: euro("100.01"),       text: "Bier", verdict: "cut_above_eligible" },
  { kind: "cut",      amount: euro("0"),            text: "Bier", verdict: "cut_needs_amount" },
  { kind: "cut",      amount: euro("-1"),           text: "Bier", verdict: "cut_needs_amount" },
  { kind: "cut",      amount: null,                 text: "Bier", verdict: "cut_needs_amount" },
  { kind: "cut",      amount: euro("1"),            text: "",     verdict: "cut_needs_reason" },
  { kind: "question", amount: null,                 text: "Wo?",  verdict: undefined },
  { kind: "question", amount: null,                 text: "",     verdict: "question_needs_text" },
  { kind: "question", amount: euro("1"),            text: "Wo?",  verdict: "amount_only_of_a_cut" },
] as const)("the mark $kind of $amount, $text: $verdict", ({ verdict, ...draft }) => {
  expect(checkAuditMark(draft, receipt)?.rule).toBe(verdict);
});

test("a receipt is judged once, until the mark is taken back", () => {
  const draft = { kind: "accepted", amount: null, text: "" } as const;
  const rule = (...texts: string[]) =>
    checkAuditMark(draft, { ...receipt, marks: marks(...texts) })?.rule;
  expect(rule("1 sampled", "2 question")).toBeUndefined();
  expect(rule("1 accepted")).toBe("receipt_judged_before");
  expect(rule("1 cut 10.00")).toBe("receipt_judged_before");
  expect(rule("1 cut 10.00", "2 withdrawal of 1")).toBeUndefined();
});

test("a reversed receipt can be asked about, and is not judged", () => {
  const reversed = { ...receipt, stands: false };
  const rule = (kind: "accepted" | "question") =>
    checkAuditMark({ kind, amount: null, text: "Warum?" }, reversed)?.rule;
  expect(rule("accepted")).toBe("reversed_receipt_is_not_judged");
  expect(rule("question")).toBeUndefined();
});

// prettier-ignore
test.each([
  { of: [],                                                        state: "none",     cut: "0",  open: 0 },
  { of: ["1 sampled"],                                             state: "sampled",  cut: "0",  open: 0 },
  { of: ["1 sampled", "2 accepted"],                               state: "accepted", cut: "0",  open: 0 },
  { of: ["1 sampled", "2 cut 10.00"],                              state: "cut",      cut: "10", open: 0 },
  { of: ["1 cut 10.00", "2 withdrawal of 1"],                      state: "none",     cut: "0",  open: 0 },
  { of: ["1 cut 10.00", "2 withdrawal of 1", "3 cut 4.00"],        state: "cut",      cut: "4",  open: 0 },
  { of: ["1 accepted", "2 question"],                              state: "asked",    cut: "0",  open: 1 },
  { of: ["1 question", "2 question", "3 answer of 1"],             state: "asked",    cut: "0",  open: 1 },
  { of: ["1 question", "2 answer of 1"],                           state: "answered", cut: "0",  open: 0 },
  { of: ["1 question", "2 withdrawal of 1"],                       state: "none",     cut: "0",  open: 0 },
  { of: ["1 question", "2 answer of 1", "3 withdrawal of 1"],      state: "none",     cut: "0",  open: 0 },
])("marks $of: $state", ({ of, state, cut, open }) => {
  expect(auditStateOf(marks(...of))).toBe(state);
  expect(cutNoted(marks(...of)).toFixed()).toBe(cut);
  expect(openQuestions(marks(...of))).toHaveLength(open);
});
