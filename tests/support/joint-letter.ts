/** A year of three authorities, one of whom joins on 1 July 2024, as the books would give it. */
import { divideYear, type Key } from "#app/domain/joint-key.ts";
import type { LetterYear } from "#app/domain/joint-letter.ts";
import { instalmentsOf } from "#app/domain/joint-year.ts";
import { euro, factor, percent, sum, zero } from "#app/domain/money.ts";

const names = ["Samtgemeinde Übersee", "Stadt Groß Föhr", "Flecken Ährenfeld"];
const ids = ["a", "b", "c"];
const days = [366, 366, 184];
const source = "Schulstatistik des Landes";
const figures = { fixed_sum: ["1200", "600", "600"], pupils: ["483", "612", "540"] };

const key: Key = {
  components: [
    { basis: "fixed_sum", percent: null, countedOn: null, source: "§ 5 der Vereinbarung" },
    { basis: "pupils", percent: percent("60"), countedOn: "2023-09-01", source },
    { basis: "equal_parts", percent: percent("40"), countedOn: null, source: "" },
  ],
  figures: (["fixed_sum", "pupils"] as const).flatMap((basis) =>
    figures[basis].map((value, index) => {
      return { basis, memberId: ids[index]!, value: factor(value) };
    }),
  ),
};

function divided(total: string) {
  const present = ids.map((memberId, index) => ({ memberId, days: days[index]! }));
  const parts = divideYear(euro(total), key, present, 366, "a");
  if ("problem" in parts) throw new Error(parts.problem.rule);
  return parts;
}

/** Planned 40.000,01 €, really 38.000,03 €; `paid` are the instalments of the second member. */
export function letterYear(paid: string[] = ["4000.00", "4000.00"]): LetterYear {
  const plan = divided("40000.01");
  const actual = divided("38000.03");
  const total = sum(paid.map(euro));
  return {
    agreement: {
      name: "IKZ Medienentwicklung Küste",
      legalForm: "special_purpose_agreement",
      legalFormNote: "",
      startedOn: "2023-01-01",
    },
    fiscalYear: 2024,
    own: { iban: null, bankName: null, signatory: null },
    reading: "joint_total",
    members: names.map((name, index) => ({
      id: ids[index]!,
      name,
      isOwn: index === 0,
      isPerforming: index === 0,
      days: days[index]!,
      address: `Rathausstraße ${index + 1}\n2648${index} Köhlen`,
      resolution: index === 1 ? "Rat, VO/2022/118 vom 12.12.2022" : "",
    })),
    plan: {
      number: "IKZ-2024-01",
      plannedOn: "2024-01-15",
      amount: euro("40000.01"),
      components: plan.components,
      parts: plan.parts,
      instalments: instalmentsOf(plan.parts, ["2024-03-15", "2024-06-15", "2024-09-15"]),
    },
    payments: paid.map((amount, index) => {
      return { memberId: "b", paidOn: `2024-0${3 + 3 * index}-14`, amount: euro(amount) };
    }),
    settlement: {
      number: "IKZ-2024-99",
      settledOn: "2025-02-03",
      dueOn: "2025-03-03",
      total: euro("38000.03"),
      components: actual.components,
      parts: actual.parts.map((part) => ({
        ...part,
        planned: plan.parts.find(({ memberId }) => memberId === part.memberId)!.amount,
        paid: part.memberId === "b" ? total : zero,
      })),
    },
  };
}
