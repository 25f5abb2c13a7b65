/** Finds the budget line and the order that a row of a table speaks of, however it names them. */
import type { CellViolation } from "./entry.ts";
import { grouped } from "./groups.ts";
import { comparable } from "./invoice.ts";
import type { CostKind } from "./order.ts";

/** A budget line by all that an office may call it. */
export type NamedLine = {
  id: string;
  school: string;
  schoolNumber: string;
  code: string;
  /** What the directive calls the object of funding. */
  category: string;
};

export type NamedOrderLine = {
  id: string;
  number: string;
  budgetLineId: string;
  costKind: CostKind;
};

/** What a supplier's last invoice says about the next one. */
export type UsualLine = { budgetLineId: string; vatRate: string | null };

export type Place = { budgetLineId: string } | { violation: CellViolation };

export function lineName({ school, code, category }: NamedLine): string {
  return `${school} · ${code} ${category}`;
}

/** Made once for a table: looks up what thousands of rows ask for. */
export function placeFinder(lines: NamedLine[]) {
  const bySchool = index(lines, ({ school, schoolNumber }) => [school, schoolNumber]);
  const byPosition = index(lines, (line) => [
    line.code,
    line.category,
    `${line.code} ${line.category}`,
    `${line.school} ${line.code}`,
    lineName(line),
  ]);

  function atSchool(text: string): NamedLine[] {
    const exact = bySchool.get(comparable(text));
    if (exact) return exact;
    const partial = lines.filter(({ school }) => comparable(school).includes(comparable(text)));
    return new Set(partial.map(({ school }) => school)).size === 1 ? partial : [];
  }

  function atPosition(text: string): NamedLine[] {
    const exact = byPosition.get(comparable(text));
    if (exact) return exact;
    const code = /^(?:nr\.?\s*)?(\d+(?:\.\d+)*)\b/i.exec(text.trim())?.[1];
    return (code && byPosition.get(comparable(code))) || [];
  }

  /** `usual` counts where the row names no place. */
  return (row: { school: string; position: string }, usual: UsualLine | undefined): Place => {
    const school = row.school.trim();
    const position = row.position.trim();
    if (!school && !position && usual && lines.some(({ id }) => id === usual.budgetLineId)) {
      return { budgetLineId: usual.budgetLineId };
    }
    const there = school ? atSchool(school) : lines;
    if (there.length === 0) return refuse({ field: "school", rule: "school_unknown" });
    const named = position ? atPosition(position) : lines;
    const found = there.filter((line) => named.includes(line));
    if (found.length === 1) return { budgetLineId: found[0]!.id };
    if (found.length === 0) return refuse({ field: "position", rule: "position_unknown" });
    if (!school && !position) return refuse({ field: "position", rule: "cell_empty" });
    return refuse({
      field: position ? "school" : "position",
      rule: "position_unclear",
      choices: found.map((line) => (position ? line.school : `${line.code} ${line.category}`)),
    });
  };
}

type FoundOrder = { orderLineId: string | undefined; costKind: CostKind | undefined };

/** The line of an order by the order's number; of several lines the one of the same budget line. */
export function orderFinder(lines: NamedOrderLine[]) {
  const byNumber = index(lines, ({ number }) => [number]);
  return (text: string, budgetLineId: string): FoundOrder | { violation: CellViolation } => {
    if (text.trim() === "") return { orderLineId: undefined, costKind: undefined };
    const found = byNumber.get(comparable(text)) ?? [];
    if (found.length === 0) return refuse({ field: "orderNumber", rule: "order_unknown" });
    const fitting = found.filter((line) => line.budgetLineId === budgetLineId);
    if (fitting.length > 1) return refuse({ field: "orderNumber", rule: "order_unclear" });
    // One of another budget line is named all the same: the check of the invoice says what is wrong.
    const { id: orderLineId, costKind } = fitting[0] ?? found[0]!;
    return { orderLineId, costKind };
  };
}

function refuse(violation: CellViolation) {
  return { violation };
}

function index<Row>(rows: Row[], namesOf: (row: Row) => string[]): Map<string, Row[]> {
  const named = rows.flatMap((row) =>
    [...new Set(namesOf(row).filter(Boolean).map(comparable))].map((name) => ({ name, row })),
  );
  return new Map(
    [...grouped(named, ({ name }) => name)].map(([name, all]) => [name, all.map(({ row }) => row)]),
  );
}
