/**
 * The letter that a member of a joint service (IKZ) gets for a year: the request for instalments of a plan,
 * or the yearly settlement. All amounts are those on file; the arithmetic shown beside them must come to
 * the same cents.
 */
import type { PaymentDetails } from "./authority.ts";
import type { Day } from "./calendar.ts";
import type { DividedComponent, KeyLine } from "./joint-key.ts";
import { daysOf, type LegalForm } from "./joint-service.ts";
import { paysHere, resultOf } from "./joint-settlement.ts";
import { type Instalment, type Reading, type YearMember, type YearPart } from "./joint-year.ts";
import { type Money, sum } from "./money.ts";

export const letterKinds = ["plan", "settlement"] as const;
export type LetterKind = (typeof letterKinds)[number];

export type LetterMember = YearMember & {
  /** Street and place, one a line. */
  address: string;
  /** The resolution of its own that it joined by; empty where none is on file. */
  resolution: string;
};

/** What the books say of a year. `own` are our own settings. Payments are those of instalments that stand. */
export type LetterYear = {
  agreement: {
    name: string;
    legalForm: LegalForm | null;
    /** Its legal form in words of its own: of an agreement without terms, or of the form "other". */
    legalFormNote: string;
    startedOn: Day;
  };
  fiscalYear: number;
  own: PaymentDetails;
  reading: Reading;
  members: LetterMember[];
  plan: {
    number: string;
    plannedOn: Day;
    amount: Money;
    /** The arithmetic of the division; empty where the amount is the own share. */
    components: DividedComponent[];
    parts: YearPart[];
    instalments: Instalment[];
  };
  payments: { memberId: string; paidOn: Day; amount: Money }[];
  settlement:
    | {
        number: string;
        settledOn: Day;
        dueOn: Day;
        total: Money;
        components: DividedComponent[];
        parts: (YearPart & { planned: Money; paid: Money })[];
      }
    | undefined;
};

export type LetterParty = { name: string; address: string };

/** One line of the arithmetic: figure × days = weight, its exact quota, rounded down, and a cent or none. */
export type LetterLine = Omit<KeyLine, "memberId"> & {
  member: string;
  isRecipient: boolean;
  /** What came on top of the amount rounded down: a cent of the largest remainders, or nothing. */
  cent: Money;
};

export type LetterComponent = Omit<DividedComponent, "lines"> & { lines: LetterLine[] };

/** What the recipient has to do until a day, or may expect. Amounts are without sign. */
export type LetterResult =
  | { kind: "instalments" }
  | { kind: "additional_payment"; amount: Money; until: Day }
  | { kind: "refund"; amount: Money; until: Day }
  | { kind: "settled" };

export type JointLetter = {
  kind: LetterKind;
  number: string;
  /** The day of the plan or the settlement, which the letter bears. */
  writtenOn: Day;
  fiscalYear: number;
  daysOfYear: number;
  sender: LetterParty;
  recipient: LetterParty;
  /** True where the books are the recipient's own, and the letter only says what they come to. */
  isOwnReckoning: boolean;
  agreement: LetterYear["agreement"];
  /** Of the recipient. */
  resolution: string;
  reading: Reading;
  /** Joint total, or the own share where nothing is divided: planned, or actual cost. */
  total: Money;
  components: LetterComponent[];
  share: { days: number; planned: Money; amount: Money };
  instalments: Pick<Instalment, "number" | "dueOn" | "amount">[];
  payments: { paidOn: Day; amount: Money }[];
  /** Sum of the payments, as the settlement took it; null in a plan, which comes before all payments. */
  paid: Money | null;
  result: LetterResult;
  /** Where to pay and who signs; null where these books don't know it of the sender. */
  payTo: PaymentDetails | null;
};

/**
 * The letter of one member, or undefined where there is none: the performing member writes and gets none,
 * these books don't know the payments of a member who pays another, and a settlement may not be there.
 * @throws RangeError when the arithmetic does not come to the part on file: such a letter must not go out.
 */
export function jointLetterOf(
  year: LetterYear,
  memberId: string,
  kind: LetterKind,
): JointLetter | undefined {
  const { members, plan, settlement, fiscalYear, agreement, reading } = year;
  const recipient = members.find(({ id }) => id === memberId);
  const sender = members.find(({ isPerforming }) => isPerforming);
  if (!recipient || !sender) return undefined;
  if (!paysHere(recipient, sender.isOwn)) return undefined;

  const document = kind === "plan" ? plannedOf(plan) : settlement && settledOf(settlement);
  const part = document?.parts.find((one) => one.memberId === memberId);
  if (!document || !part) return undefined;
  const { number, writtenOn, total } = document;
  const ofRecipient = <Row extends { memberId: string }>(rows: Row[]) =>
    rows.filter((row) => row.memberId === memberId);
  return {
    kind,
    number,
    writtenOn,
    fiscalYear,
    daysOfYear: daysOf(fiscalYear),
    sender: partyOf(sender),
    recipient: partyOf(recipient),
    isOwnReckoning: recipient.isOwn,
    agreement,
    resolution: recipient.resolution,
    reading,
    total,
    components: arithmeticOf(year, document, memberId),
    share: { days: part.days, planned: part.planned, amount: part.amount },
    instalments: ofRecipient(plan.instalments).map(({ number, dueOn, amount }) => {
      return { number, dueOn, amount };
    }),
    payments: kind === "plan" ? [] : paymentsOf(ofRecipient(year.payments), part.paid),
    paid: kind === "plan" ? null : part.paid,
    payTo: sender.isOwn ? year.own : null,
    result: kind === "plan" ? { kind: "instalments" } : outcomeOf(part, settlement!.dueOn),
  };
}

type LetterPart = YearPart & { planned: Money; paid: Money };
type Document = {
  number: string;
  writtenOn: Day;
  total: Money;
  components: DividedComponent[];
  parts: LetterPart[];
};

function plannedOf({ number, plannedOn, amount, components, parts }: LetterYear["plan"]): Document {
  const rows = parts.map((part) => ({ ...part, planned: part.amount, paid: sum([]) }));
  return { number, writtenOn: plannedOn, total: amount, components, parts: rows };
}

function settledOf(settlement: NonNullable<LetterYear["settlement"]>): Document {
  return { ...settlement, writtenOn: settlement.settledOn };
}

function partyOf({ name, address }: LetterMember): LetterParty {
  return { name, address };
}

/** The arithmetic with names beside the lines; it must give each member the part on file. */
function arithmeticOf(
  { reading, members }: LetterYear,
  { components, parts }: Document,
  recipientId: string,
): LetterComponent[] {
  if (reading === "own_share") return [];
  const lines = components.flatMap((component) => component.lines);
  for (const { memberId, amount } of parts) {
    const reckoned = sum(lines.filter((one) => one.memberId === memberId).map(({ part }) => part));
    if (!reckoned.eq(amount)) {
      const [there, here] = [amount.toFixed(2), reckoned.toFixed(2)];
      throw new RangeError(`the part on file of ${memberId} is ${there}, its arithmetic ${here}`);
    }
  }
  const nameOf = (id: string) => members.find((member) => member.id === id)!.name;
  return components.map((component) => ({
    ...component,
    lines: component.lines.map(({ memberId, figure, days, weight, quota, down, part }) => ({
      member: nameOf(memberId),
      isRecipient: memberId === recipientId,
      figure,
      days,
      weight,
      quota,
      down,
      cent: part.minus(down),
      part,
    })),
  }));
}

function paymentsOf(rows: LetterYear["payments"], paid: Money) {
  const payments = rows
    .map(({ paidOn, amount }) => ({ paidOn, amount }))
    .toSorted((a, b) => a.paidOn.localeCompare(b.paidOn));
  if (!sum(payments.map(({ amount }) => amount)).eq(paid)) {
    throw new RangeError(`the payments on file are not ${paid.toFixed(2)}`);
  }
  return payments;
}

function outcomeOf(part: LetterPart, until: Day): LetterResult {
  const open = resultOf(part);
  if (open.isZero()) return { kind: "settled" };
  const kind = open.lessThan(0) ? "refund" : "additional_payment";
  return { kind, amount: open.abs(), until };
}
