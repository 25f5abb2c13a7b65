/** Deadlines of a grant: what its notices lay down, and where they are silent its programme. */
import { type Day, plusMonths } from "./calendar.ts";
import { byProgramme, type Deadline, type DeadlineKind, type Origin } from "./deadline.ts";
import { dedicatedUntilOf, drawUntilOf, type DueDate, proofDueOf } from "./due-dates.ts";
import { larger, type Money, smaller, sum, zero } from "./money.ts";
import type { NoticeKind } from "./notice.ts";
import { type Programme, ruleOn } from "./programme.ts";
import type { ProofKind } from "./proof-of-use.ts";
import { grantDue, type GrantTerms, termsOn, type TermsVersion } from "./terms.ts";

/** A version of the terms with the notice that laid it down. */
export type NoticedTerms = TermsVersion & { kind: "grant" | NoticeKind; noticeOn: Day };

export type PayoutFacts = {
  id: string;
  /** Of its drawdown. */
  number: number;
  receivedOn: Day;
  spendBy: Day | null;
  amount: Money;
};

export type GrantFacts = {
  id: string;
  fileNumber: string;
  programme: Programme;
  /** In the order of their days. */
  versions: NoticedTerms[];
  isClosed: boolean;
  /** Sums of its accounts, in euro. */
  figures: Record<
    "approved" | "committed" | "invoiced" | "paid" | "granted" | "drawn" | "repaid",
    Money
  >;
  /** Those that stand, in the order in which they came. */
  payouts: PayoutFacts[];
  proofs: { kind: ProofKind; submittedOn: Day }[];
};

export function deadlinesOfGrant(grant: GrantFacts, today: Day): Deadline[] {
  const { programme, figures, isClosed } = grant;
  const terms = termsOn(grant.versions, today);
  const proof = grant.proofs.findLast(({ kind }) => kind === "final");
  const isOver = isClosed || proof !== undefined;
  const available = larger(left(figures).available, zero);
  const notInvoiced = larger(left(figures).notInvoiced, zero);
  const undrawn = larger(
    mostDrawn(grant, terms, isOver, today).minus(figures.drawn.minus(figures.repaid)),
    zero,
  );
  const interim = noticed(grant, terms, "interimProofDueOn");
  const { completedBy, sources } = programme.term;

  return [
    ...due(grant, "period", noticed(grant, terms, "spendUntil"), {
      amount: available,
      isDone: isOver || available.isZero(),
    }),
    ...due(
      grant,
      "completion",
      completedBy && { on: completedBy, origin: byProgramme(programme, sources) },
      {
        amount: notInvoiced,
        isDone: isOver || notInvoiced.isZero(),
      },
    ),
    ...due(grant, "draw", known(grant, terms, "drawUntil", drawUntilOf), {
      amount: undrawn,
      isDone: undrawn.isZero(),
    }),
    ...spendBys(grant, terms),
    ...due(grant, "interim_proof", interim, {
      isDone: isOver || hasInterimProof(grant, interim?.since),
    }),
    ...due(grant, "proof", known(grant, terms, "proofDueOn", proofDueOf), { isDone: isOver }),
    ...due(grant, "dedication", known(grant, terms, "dedicatedUntil", dedicatedUntilOf), { today }),
    ...due(grant, "retention", retentionOf(programme, proof?.submittedOn), { today }),
  ];
}

function left({ approved, committed, invoiced }: GrantFacts["figures"]) {
  const notInvoiced = approved.minus(invoiced);
  return { notInvoiced, available: notInvoiced.minus(committed) };
}

/**
 * After the approval period no cost arises any more: what is invoiced may still be paid and drawn. After
 * the proof or a closing notice no more is drawn than is due for what was paid.
 */
function mostDrawn({ figures }: GrantFacts, terms: GrantTerms, isOver: boolean, today: Day): Money {
  const { granted, invoiced, paid, approved } = figures;
  if (!isOver && terms.spendUntil >= today) return granted;
  return smaller(granted, grantDue(terms, isOver ? paid : invoiced, approved));
}

/**
 * Until when each payout is to be spent, while some of it is not: what is due for paid invoices and what
 * was paid back uses the payouts up in the order in which they came.
 */
function spendBys(grant: GrantFacts, terms: GrantTerms): Deadline[] {
  const { figures, payouts } = grant;
  const used = grantDue(terms, figures.paid, figures.approved).plus(figures.repaid);
  return payouts.flatMap(({ id, number, amount, spendBy, receivedOn }, index) => {
    if (spendBy === null) return [];
    const received = sum(payouts.slice(0, index + 1).map((payout) => payout.amount));
    const unused = smaller(larger(received.minus(used), zero), amount);
    const day = { on: spendBy, origin: spendRuleOf(grant, receivedOn, id) };
    const more = { amount: unused, isDone: unused.isZero(), part: id, detail: String(number) };
    return due(grant, "spend_by", day, more);
  });
}

/** The months come from the terms on the day of the payout or from the programme's rule of that day. */
function spendRuleOf(grant: GrantFacts, receivedOn: Day, payoutId: string): Origin {
  const terms = termsOn(grant.versions, receivedOn);
  if (terms.spendWithinMonths !== null) return noticed(grant, terms, "spendWithinMonths")!.origin;
  const rule = ruleOn(grant.programme.drawdowns, receivedOn);
  if (rule?.spendWithinMonths !== undefined) return byProgramme(grant.programme, rule.sources);
  const documentKind = "payout" as const;
  return { by: "notice", documentKind, documentId: payoutId, notice: null, on: receivedOn };
}

/** An interim proof counts for the day that was laid down before it was submitted. */
function hasInterimProof({ proofs }: GrantFacts, since: Day | undefined): boolean {
  return proofs.some(
    ({ kind, submittedOn }) => kind === "interim" && since !== undefined && submittedOn >= since,
  );
}

function retentionOf(programme: Programme, provedOn: Day | undefined) {
  const rule = provedOn && ruleOn(programme.retentions, provedOn);
  if (!provedOn || !rule) return undefined;
  return {
    on: plusMonths(provedOn, rule.years * 12),
    origin: byProgramme(programme, rule.sources),
  };
}

type Known = { on: Day; origin: Origin };
type Term = "spendUntil" | "drawUntil" | "interimProofDueOn" | "proofDueOn" | "dedicatedUntil";

/** A day by the notice that laid it down, or by the programme's rule. */
function known(
  grant: GrantFacts,
  terms: NoticedTerms,
  term: Term,
  dueDateOf: (terms: GrantTerms, programme: Programme) => DueDate | undefined,
): Known | undefined {
  const dueDate = dueDateOf(terms, grant.programme);
  if (!dueDate) return undefined;
  if (dueDate.by === "notice") return noticed(grant, terms, term);
  return { on: dueDate.on, origin: byProgramme(grant.programme, dueDate.sources) };
}

/** A term with the notice that laid it down: later ones repeat what they do not change. */
function noticed(
  { versions }: GrantFacts,
  terms: NoticedTerms,
  term: Term | "spendWithinMonths",
): (Known & { since: Day }) | undefined {
  if (terms[term] === null) return undefined;
  const upTo = versions.slice(0, versions.indexOf(terms) + 1);
  const changed = upTo.findLastIndex((version) => version[term] !== terms[term]);
  const { documentId, kind, noticeOn, validFrom } = upTo[changed + 1]!;
  const documentKind = kind === "grant" ? "grant" : "notice";
  return {
    on: String(terms[term]),
    origin: { by: "notice", documentKind, documentId, notice: kind, on: noticeOn },
    since: validFrom,
  };
}

type Standing = { amount?: Money; part?: string; detail?: string } & (
  | { isDone: boolean }
  /** Nothing is to be done on it: it is over when its day has passed. */
  | { today: Day }
);

function due(
  { id, fileNumber }: GrantFacts,
  kind: DeadlineKind,
  day: Known | undefined | "",
  { amount, part, detail, ...standing }: Standing,
): Deadline[] {
  if (!day) return [];
  return [
    {
      id: [kind, id, part].filter(Boolean).join("-"),
      kind,
      on: day.on,
      subject: { kind: "grant", id, name: fileNumber },
      detail: detail ?? null,
      amount: amount ?? null,
      origin: day.origin,
      isDone: "isDone" in standing ? standing.isDone : day.on < standing.today,
    },
  ];
}
