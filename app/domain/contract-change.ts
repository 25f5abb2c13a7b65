/** A change of a contract (Vertragsänderung): a document of its own, undone by its reversal. */
import { type Day, endOfYear } from "./calendar.ts";
import type { ChangeKind, ContractChange, RunningContract } from "./contract.ts";
import { lastDayOf, terminatedTo } from "./contract-run.ts";
import type { Factor, Money } from "./money.ts";

export type ContractChangeDraft = {
  kind: ChangeKind;
  /** The day of the letter or agreement. */
  changedOn: Day;
  /** First day of the new price, or last day of the contract. */
  validFrom: Day;
  /** The new price per period, in euro gross; null where the price stays. */
  amount: Money | null;
  /** The value of the index to which the new price belongs; null where there is none. */
  indexBase: Factor | null;
  reason: string;
};

export type ContractChangeViolation =
  | { field: "changedOn"; rule: "in_the_future" }
  | { field: "changedOn"; rule: "changed_before_signed"; signedOn: Day }
  | { field: "validFrom"; rule: "contract_ends_before_start"; startedOn: Day }
  | { field: "validFrom"; rule: "contract_has_ended"; endedOn: Day }
  | { field: "validFrom"; rule: "price_changed_later"; validFrom: Day }
  | { field: "kind"; rule: "contract_is_terminated"; endedOn: Day }
  | { field: "amount"; rule: "amount_not_positive" }
  | { field: "indexBase"; rule: "index_base_missing" };

/** The first rule that the change breaks; undefined when it may be recorded. */
export function checkContractChange(
  draft: ContractChangeDraft,
  contract: RunningContract & { signedOn: Day },
  today: Day,
): ContractChangeViolation | undefined {
  const { kind, changedOn, validFrom, amount } = draft;
  const { signedOn, startedOn } = contract;
  if (changedOn > today) return { field: "changedOn", rule: "in_the_future" };
  if (changedOn < signedOn) return { field: "changedOn", rule: "changed_before_signed", signedOn };
  if (validFrom < startedOn) {
    return { field: "validFrom", rule: "contract_ends_before_start", startedOn };
  }
  if (kind !== "price") {
    const endedOn = terminatedTo(contract);
    return endedOn === null
      ? undefined
      : { field: "kind", rule: "contract_is_terminated", endedOn };
  }
  const endedOn = lastDayOf(contract);
  if (endedOn !== null && validFrom > endedOn) {
    return { field: "validFrom", rule: "contract_has_ended", endedOn };
  }
  if (!amount?.greaterThan(0)) return { field: "amount", rule: "amount_not_positive" };
  const later = contract.changes.find((one) => one.kind === "price" && one.validFrom >= validFrom);
  if (later) {
    return { field: "validFrom", rule: "price_changed_later", validFrom: later.validFrom };
  }
  if (contract.adjustment === "index" && !draft.indexBase?.greaterThan(0)) {
    return { field: "indexBase", rule: "index_base_missing" };
  }
}

/** As reckoning reads it. */
export function changeOf({ kind, validFrom, amount, indexBase }: StoredChange): ContractChange {
  return kind === "price" ? { kind, validFrom, amount: amount!, indexBase } : { kind, validFrom };
}

type StoredChange = Pick<ContractChangeDraft, "kind" | "validFrom" | "amount" | "indexBase">;

/** The fiscal years whose cost is told on a page: from the start to the last day, or some years ahead. */
export function yearsShown(contract: RunningContract, thisYear: number): number[] {
  const first = Number(contract.startedOn.slice(0, 4));
  const end = lastDayOf(contract) ?? endOfYear(Math.max(thisYear, first) + 4);
  const last = Math.min(Number(end.slice(0, 4)), Math.max(thisYear, first) + 4);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
