/** The overview (Übersicht): figures of the journal's accounts, brought together by programme, grant and school. */
import type { Day } from "./calendar.ts";
import type { AccountKind, AccountName, Balance, Figure } from "./journal.ts";
import { type Money, sum, zero } from "./money.ts";

export type OverviewAccount = Balance & {
  kind: AccountKind;
  potKind: AccountName["potKind"];
  envelopeId: string | null;
  grantId: string | null;
  schoolId: string | null;
  school: string | null;
  fileNumber: string | null;
  spendUntil: Day | null;
};

export type OverviewFigures = Record<
  "ceiling" | "applied" | "granted" | "committed" | "invoiced" | "paid" | "drawn" | "received",
  Money
> & {
  /** Of what is approved neither ordered nor invoiced: what can still be spent. */
  available: Money;
  /** Of the ceiling not granted yet: what can still be applied for. */
  notGranted: Money;
};

/** The figures of any set of accounts. `granted` is counted on the pots, or on the income of a grant. */
export function overviewFigures(
  accounts: OverviewAccount[],
  grantedOn: "pot" | "income",
): OverviewFigures {
  const total = (kind: AccountKind, figure: Figure) =>
    sum(accounts.filter((account) => account.kind === kind).map((account) => account[figure]));
  const committed = total("budget_line", "committed");
  const invoiced = total("budget_line", "invoiced");
  const ceiling = total("pot", "ceiling");
  const granted = total(grantedOn, "granted");
  return {
    ceiling,
    applied: total("pot", "applied"),
    granted,
    committed,
    invoiced,
    paid: total("budget_line", "paid"),
    drawn: total("income", "drawn"),
    received: total("income", "received"),
    available: total("budget_line", "approved").minus(committed).minus(invoiced),
    notGranted: ceiling.minus(granted),
  };
}

/** Accounts of an envelope and of the grants under it. */
export function underEnvelope<Account extends OverviewAccount>(
  accounts: Account[],
  envelopeId: string,
  grantIds: string[],
): Account[] {
  return accounts.filter(
    (account) =>
      account.envelopeId === envelopeId ||
      (account.grantId !== null && grantIds.includes(account.grantId)),
  );
}

/** What of a rest can still be spent on a day, and what was left when its deadline had passed. */
export function splitByDeadline(left: Money, until: Day, today: Day) {
  return until < today ? { usable: zero, lapsed: left } : { usable: left, lapsed: zero };
}

export type SchoolShare = {
  schoolId: string;
  school: string;
  /** What can still be spent, and what was left when its deadline passed. */
  usable: Money;
  lapsed: Money;
  /** Both by grant, each with its deadline, the soonest first. */
  parts: { fileNumber: string; until: Day; left: Money }[];
  /** Of the school's own base amount not granted yet. */
  baseNotGranted: Money;
};

/** What is left for each school: the question of the school board. */
export function leftBySchool(
  accounts: OverviewAccount[],
  schools: { id: string; name: string }[],
  today: Day,
) {
  return schools.map(({ id, name }): SchoolShare => {
    const own = accounts.filter(({ schoolId }) => schoolId === id);
    const lines = own.filter(({ kind }) => kind === "budget_line");
    const fileNumbers = [...new Set(lines.map(({ fileNumber }) => fileNumber!))];
    const base = own.filter(({ potKind }) => potKind === "base");
    const parts = fileNumbers
      .map((fileNumber) => {
        const ofGrant = lines.filter((line) => line.fileNumber === fileNumber);
        const until = ofGrant[0]!.spendUntil!;
        return { fileNumber, until, left: overviewFigures(ofGrant, "pot").available };
      })
      .filter(({ left }) => !left.isZero())
      .sort((a, b) => a.until.localeCompare(b.until));
    const split = parts.map(({ left, until }) => splitByDeadline(left, until, today));
    return {
      schoolId: id,
      school: name,
      usable: sum(split.map(({ usable }) => usable)),
      lapsed: sum(split.map(({ lapsed }) => lapsed)),
      parts,
      baseNotGranted: overviewFigures(base, "pot").notGranted,
    };
  });
}
