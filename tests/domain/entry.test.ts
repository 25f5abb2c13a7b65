/** Invoices that are typed or pasted as rows of a table, or come as a file. */
import { describe, expect, test } from "vitest";
import { entryColumns, type EntryRow } from "#app/domain/entry.ts";
import { type BooksBefore, inTurn } from "#app/domain/entry-check.ts";
import type { NamedLine } from "#app/domain/entry-place.ts";
import { eligible } from "#app/domain/invoice-line.ts";
import { euro, percent, sum, zero } from "#app/domain/money.ts";
import { type EntrySurroundings, readEntries } from "#app/entry-rows.ts";
import {
  entryColumnWords,
  findHeader,
  headerKey,
  missingColumns,
  recogniseColumns,
} from "#app/german/entry-columns.ts";
import { problemOf } from "#app/german/words.ts";

const lines: NamedLine[] = [
  {
    id: "isb-24",
    school: "Grundschule Isenbüttel",
    schoolNumber: "12345",
    code: "2.4",
    category: "Anzeigegeräte",
  },
  {
    id: "isb-22",
    school: "Grundschule Isenbüttel",
    schoolNumber: "12345",
    code: "2.2",
    category: "WLAN",
  },
  {
    id: "ges-24",
    school: "Grundschule Gesende",
    schoolNumber: "",
    code: "2.4",
    category: "Anzeigegeräte",
  },
];
const surroundings: EntrySurroundings = {
  lines,
  orderLines: [
    { id: "order-a", number: "A-2020/1", budgetLineId: "isb-24", costKind: "investment" },
    { id: "order-c", number: "Beratung", budgetLineId: "isb-24", costKind: "accompanying" },
    { id: "order-b", number: "A-2020/1", budgetLineId: "isb-22", costKind: "investment" },
  ],
  usualLines: new Map([["netzgmbh", { budgetLineId: "isb-22", vatRate: "19" }]]),
};

const cells = {
  supplier: "Technik AG",
  number: "RE-1",
  invoicedOn: "02.03.2020",
  school: "Grundschule Isenbüttel",
  position: "2.4",
  description: "Displays",
  grossAmount: "1.190,00",
};

function read(...rows: EntryRow["cells"][]) {
  return readEntries(
    rows.map((row, index) => ({ number: index + 2, cells: row })),
    surroundings,
  );
}

/** What is wrong, as "row column rule". */
function wrongIn(...rows: EntryRow["cells"][]): string[] {
  return read(...rows).problems.map(({ row, column, violation }) => {
    expect(problemOf(violation).sentence).toMatch(/\.$/);
    return `${row} ${column} ${violation.rule}`;
  });
}

describe("columns are recognised by their usual names", () => {
  test("by our own", () => {
    const header = entryColumns.map((column) => entryColumnWords[column]);
    const mapping = recogniseColumns(header);
    expect(entryColumns.map((column) => mapping[column])).toEqual([...header.keys()]);
  });

  test.each([
    { name: "Kreditor", column: "supplier" },
    { name: "RECHNUNGS-NR.", column: "number" },
    { name: "Belegnummer", column: "number" },
    { name: "Datum", column: "invoicedOn" },
    { name: "Fördergegenstand", column: "position" },
    { name: "Verwendungszweck", column: "description" },
    { name: "Betrag (brutto) in €", column: "grossAmount" },
    { name: "MwSt. %", column: "vatRate" },
    { name: "nicht zuwendungsfähig", column: "ineligibleAmount" },
    { name: "Bestell-Nr.", column: "orderNumber" },
    { name: "Menge", column: "quantity" },
  ])("$name is $column", ({ name, column }) => {
    expect(recogniseColumns(["Was auch immer", name])).toEqual({ [column]: 1 });
  });

  test("of two that would do the likelier, and none twice", () => {
    expect(recogniseColumns(["Datum", "Rechnungsdatum", "Betrag", "Brutto"])).toEqual({
      invoicedOn: 1,
      grossAmount: 3,
    });
  });

  test("the header is found below titles, and needs a supplier, a number, a day and an amount", () => {
    const rows = [
      { cells: ["Rechnungen 2020"] },
      { cells: ["Stand", "heute"] },
      { cells: ["Firma", "Beleg", "Datum"] },
    ];
    expect(findHeader(rows)).toBe(rows[2]);
    expect(missingColumns(recogniseColumns(rows[2]!.cells))).toEqual(["grossAmount"]);
    expect(missingColumns({ supplier: 0, number: 1, invoicedOn: 2, netAmount: 3 })).toEqual([]);
  });

  test("a header is the same however it is written", () => {
    expect(headerKey(["Betrag in €", "MwSt. (%)", ""])).toBe(headerKey(["BETRAG", "mwst"]));
  });
});

describe("a row becomes a line of an invoice", () => {
  test("of the kind that was ordered: advice stays advice", () => {
    const kindOf = (row: object) => read({ ...cells, ...row }).entries[0]!.draft.lines[0]!.costKind;
    expect(kindOf({})).toBe("investment");
    expect(kindOf({ orderNumber: "Beratung" })).toBe("accompanying");
  });

  test("with its net amount and rate reckoned from the gross amount", () => {
    const [entry] = read(cells).entries;
    expect(entry).toMatchObject({
      rows: [2],
      draft: { supplier: "Technik AG", number: "RE-1", invoicedOn: "2020-03-02", kind: "invoice" },
    });
    const [line] = entry!.draft.lines;
    expect(line).toMatchObject({ budgetLineId: "isb-24", description: "Displays", kind: "item" });
    expect([line!.netAmount, line!.vatRate, line!.grossAmount].map(String)).toEqual([
      "1000",
      "19",
      "1190",
    ]);
  });

  test.each([
    { net: "100,00", gross: "", rate: "", day: "02.03.2020", amounts: ["100", "19", "119"] },
    { net: "100,00", gross: "", rate: "7 %", day: "02.03.2020", amounts: ["100", "7", "107"] },
    { net: "100,00", gross: "107,00", rate: "", day: "02.03.2020", amounts: ["100", "7", "107"] },
    { net: "100,00", gross: "100,00", rate: "", day: "02.03.2020", amounts: ["100", "0", "100"] },
    { net: "", gross: "116,00", rate: "", day: "02.09.2020", amounts: ["100", "16", "116"] },
    { net: "100,00", gross: "105,00", rate: "", day: "02.09.2020", amounts: ["100", "5", "105"] },
  ])("$net net, $gross gross, $rate on $day are $amounts", ({ net, gross, rate, day, amounts }) => {
    const row = { ...cells, invoicedOn: day, netAmount: net, grossAmount: gross, vatRate: rate };
    const line = read(row).entries[0]!.draft.lines[0]!;
    expect([line.netAmount, line.vatRate, line.grossAmount].map(String)).toEqual(amounts);
  });

  test("rows of one supplier, number and day are one invoice, however they are written", () => {
    const { entries } = read(
      cells,
      { ...cells, number: "RE-2" },
      {
        ...cells,
        supplier: "technik ag",
        number: "re 1",
        description: "Kabel",
        grossAmount: "11,90",
      },
    );
    expect(entries.map(({ rows }) => rows)).toEqual([[2, 4], [3]]);
    expect(entries[0]!.draft.lines.map(({ description }) => description)).toEqual([
      "Displays",
      "Kabel",
    ]);
  });

  test("a row below zero lowers the others of its invoice", () => {
    const [entry] = read(cells, {
      ...cells,
      description: "Nachlass",
      grossAmount: "-119,00",
    }).entries;
    expect(entry!.draft.lines.map(({ kind }) => kind)).toEqual(["item", "discount"]);
  });

  test("what is not eligible keeps its reason, VAT apart from all others", () => {
    const row = { ...cells, ineligibleAmount: "190,00" };
    const reasons = ["Umsatzsteuer, Vorsteuerabzug", "Kabelkanal im Lehrerzimmer"].map(
      (ineligibleReason) => {
        return read({ ...row, ineligibleReason }).entries[0]!.draft.lines[0]!;
      },
    );
    expect(reasons.map((line) => [line.ineligibleReason, line.ineligibleNote])).toEqual([
      ["vat", "Umsatzsteuer, Vorsteuerabzug"],
      ["other", "Kabelkanal im Lehrerzimmer"],
    ]);
  });

  test("an order is found by its number, the line of it by the budget line", () => {
    const row = { ...cells, orderNumber: "a 2020/1" };
    const found = [row, { ...row, number: "2", position: "2.2" }].map(
      (one) => read(one).entries[0]!.draft.lines[0]!.orderLineId,
    );
    expect(found).toEqual(["order-a", "order-b"]);
  });

  test("blank rows are passed over", () => {
    expect(read({ supplier: " " }, cells, {}).entries.map(({ rows }) => rows)).toEqual([[3]]);
  });
});

describe("the budget line is found however the row names it", () => {
  test.each([
    { school: "Grundschule Isenbüttel", position: "2.4" },
    { school: "grundschule isenbüttel", position: "Nr. 2.4" },
    { school: "12345", position: "2.4 Anzeigegeräte" },
    { school: "Isenbüttel", position: "Anzeigegeräte" },
    { school: "", position: "Grundschule Isenbüttel · 2.4 Anzeigegeräte" },
    { school: "", position: "Grundschule Isenbüttel 2.4" },
  ])("$school, $position", ({ school, position }) => {
    expect(read({ ...cells, school, position }).budgetLineOf.get(2)).toBe("isb-24");
  });

  test.each([
    { school: "", position: "2.2", line: "isb-22", because: "only one school has it" },
    { school: "Gesende", position: "", line: "ges-24", because: "the school has one only" },
  ])("$because", ({ school, position, line }) => {
    expect(read({ ...cells, school, position }).budgetLineOf.get(2)).toBe(line);
  });

  test("a supplier's usual line counts where the row names none", () => {
    const row = { ...cells, supplier: "NETZ GmbH", school: "", position: "" };
    expect(read(row).budgetLineOf.get(2)).toBe("isb-22");
    expect(read({ ...row, school: "Gesende" }).budgetLineOf.get(2)).toBe("ges-24");
  });
});

describe("every problem names its row and its column", () => {
  test.each([
    { change: { supplier: "" }, wrong: "2 supplier cell_empty" },
    { change: { number: " " }, wrong: "2 number cell_empty" },
    { change: { invoicedOn: "" }, wrong: "2 invoicedOn cell_empty" },
    { change: { invoicedOn: "31.02.2020" }, wrong: "2 invoicedOn cell_no_day" },
    { change: { grossAmount: "" }, wrong: "2 grossAmount cell_empty" },
    { change: { grossAmount: "1.190" }, wrong: "2 grossAmount cell_no_amount" },
    { change: { netAmount: "1,000.00" }, wrong: "2 netAmount cell_no_amount" },
    { change: { vatRate: "viel" }, wrong: "2 vatRate cell_no_share" },
    { change: { quantity: "ein paar" }, wrong: "2 quantity cell_no_quantity" },
    { change: { ineligibleAmount: "x" }, wrong: "2 ineligibleAmount cell_no_amount" },
    { change: { number: "9".repeat(61) }, wrong: "2 number cell_too_long" },
    { change: { description: "a\u0000b" }, wrong: "2 description cell_unkeepable" },
    { change: { school: "Gymnasium" }, wrong: "2 school school_unknown" },
    { change: { position: "2.7" }, wrong: "2 position position_unknown" },
    { change: { school: "Gesende", position: "2.2" }, wrong: "2 position position_unknown" },
    { change: { school: "" }, wrong: "2 school position_unclear" },
    { change: { position: "" }, wrong: "2 position position_unclear" },
    { change: { school: "", position: "" }, wrong: "2 position cell_empty" },
    { change: { orderNumber: "B-1" }, wrong: "2 orderNumber order_unknown" },
    { change: { grossAmount: "-119,00" }, wrong: "2 grossAmount entry_is_credit_note" },
  ])("$wrong", ({ change, wrong }) => {
    expect(wrongIn({ ...cells, ...change })).toEqual([wrong]);
    expect(read({ ...cells, ...change }).entries).toEqual([]);
  });

  test("a row like one before, and another day for the same invoice", () => {
    expect(wrongIn(cells, cells)).toEqual(["3 number row_twice"]);
    expect(wrongIn(cells, { ...cells, invoicedOn: "03.03.2020" })).toEqual([
      "3 invoicedOn day_of_other_row",
    ]);
  });

  test("an invoice with a problem in one row is no entry, others are", () => {
    const { entries, problems } = read(
      cells,
      { ...cells, description: "Kabel", grossAmount: "x" },
      { ...cells, number: "RE-2" },
    );
    expect(entries.map(({ rows }) => rows)).toEqual([[4]]);
    expect(problems.map(({ row }) => row)).toEqual([3]);
  });
});

describe("invoices are checked one after another", () => {
  const line = (id: string, approved: string) => {
    const { school, code } = lines.find((one) => one.id === id)!;
    return {
      id,
      schoolId: school,
      school,
      code,
      approved: euro(approved),
      committed: zero,
      invoiced: zero,
      paid: zero,
    };
  };
  const books: BooksBefore = {
    budget: [
      { ...line("isb-24", "2300"), committed: euro("300") },
      line("isb-22", "500"),
      line("ges-24", "500"),
    ],
    openOrderLines: [
      {
        id: "order-a",
        orderId: "a",
        budgetLineId: "isb-24",
        supplierId: "technik",
        orderedOn: "2020-02-01",
        open: euro("300"),
      },
    ],
    fourEyes: false,
    inputTaxRate: zero,
    today: "2021-01-01",
    termsOn: () => ({
      spendFrom: "2019-05-17",
      spendUntil: "2024-12-31",
      lineTolerance: percent("20"),
      isClosed: false,
    }),
    supplierIds: new Map([["technikag", "technik"]]),
    recorded: new Set(["technik re9"]),
  };

  /** Each invoice as accepted or refused, and what its row's line has left then. */
  function course(...rows: EntryRow["cells"][]) {
    const turn = inTurn(books);
    const { entries, budgetLineOf } = read(...rows);
    return entries.map((entry) => {
      const checked = turn.check(entry);
      const left = turn.left(budgetLineOf.get(entry.rows[0]!)!)!.toFixed(2);
      if ("problem" in checked) {
        const { row, column, violation } = checked.problem;
        return `${row} ${column} ${violation.rule}, ${left}`;
      }
      return `${sum(checked.lines.map(eligible)).toFixed(2)}, ${left}`;
    });
  }

  test("each has what those before it have left, and a refused one takes nothing", () => {
    expect(
      course(
        { ...cells, number: "1", grossAmount: "1.500,00" },
        { ...cells, number: "2", grossAmount: "1.000,00" },
        { ...cells, number: "3", grossAmount: "960,00" },
        { ...cells, number: "4", grossAmount: "0,01" },
      ),
    ).toEqual([
      "1500.00, 500.00",
      "3 grossAmount exceeds_line, 500.00",
      "960.00, -460.00",
      "5 grossAmount exceeds_line, -460.00",
    ]);
  });

  test("the total of the grant holds over all lines", () => {
    expect(
      course(
        { ...cells, number: "1", grossAmount: "2.400,00" },
        { ...cells, number: "2", position: "2.2", grossAmount: "500,00" },
        { ...cells, number: "3", school: "Gesende", grossAmount: "200,00" },
      ),
    ).toEqual(["2400.00, -400.00", "500.00, 0.00", "4 grossAmount exceeds_approved_total, 500.00"]);
  });

  test("an order is used up by the first that names it", () => {
    const row = { ...cells, orderNumber: "A-2020/1", grossAmount: "300,00" };
    expect(course({ ...row, number: "1" }, { ...row, number: "2" })).toEqual([
      "300.00, 2000.00",
      "3 orderNumber order_line_not_open, 2000.00",
    ]);
  });

  test("what is recorded already, and what lies outside of the approval period, is refused where it stands", () => {
    expect(
      course(
        { ...cells, number: "RE 9" },
        { ...cells, number: "2", invoicedOn: "01.01.2019" },
        { ...cells, number: "3", netAmount: "1.000,00", grossAmount: "1.300,00" },
      ),
    ).toEqual([
      "2 number invoice_recorded_before, 2000.00",
      "3 invoicedOn outside_approval_period, 2000.00",
      "4 grossAmount sums_differ, 2000.00",
    ]);
  });
});
