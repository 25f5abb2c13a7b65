/** A small audit book made by hand: two schools, one grant, a joint service. Every figure can be told. */
import type { AuditBook, BookAccount, BookEntry, Receipt } from "#app/domain/audit-book.ts";
import type { AuditSheets } from "#app/domain/audit-sheets.ts";
import { type Balance, emptyBalance, type Figure, figures } from "#app/domain/journal.ts";
import { euro, factor, percent, sum, zero } from "#app/domain/money.ts";

const schools = { north: "GS Nordtal", south: "OBS Südhang" };
const lineNorth = "AZ 12/0034 · GS Nordtal · 2.4";
const lineSouth = "AZ 12/0034 · OBS Südhang · 2.1";
const income = "AZ 12/0034 · Einnahmen";
const pot = "Kontingent · frei verteilbar";
const appropriation = "2021 · 1.1.1.06 · 4455000";

const kinds: Record<string, BookAccount["kind"]> = {
  [pot]: "pot",
  [income]: "income",
  [lineNorth]: "budget_line",
  [lineSouth]: "budget_line",
  [appropriation]: "appropriation",
};

type Movement = [BookEntry["bookedOn"], string, Figure, string, BookEntry["documentKind"], number?];

// prettier-ignore
const movements: Movement[] = [
  ["2020-01-10", pot, "ceiling", "60000.00", "envelope"],
  ["2020-02-01", pot, "applied", "45000.10", "application"],
  ["2020-03-01", pot, "granted", "45000.10", "grant"],
  ["2020-03-01", income, "granted", "45000.10", "grant"],
  ["2020-03-01", lineNorth, "approved", "20000.00", "grant"],
  ["2020-03-01", lineSouth, "approved", "30000.11", "grant"],
  ["2020-04-02", lineNorth, "committed", "10000.00", "order"],
  ["2020-05-03", lineNorth, "committed", "-4000.00", "invoice"],
  ["2020-05-03", lineNorth, "invoiced", "4000.00", "invoice"],
  ["2020-05-20", lineNorth, "invoiced", "-80.00", "payment"],
  ["2020-05-20", lineNorth, "paid", "3920.00", "payment"],
  ["2020-06-01", lineSouth, "invoiced", "1234.55", "invoice"],
  ["2020-06-09", lineSouth, "invoiced", "-1234.55", "reversal", 12],
  ["2020-07-01", lineSouth, "invoiced", "0.15", "invoice"],
  ["2020-08-01", income, "drawn", "3528.00", "drawdown"],
  ["2020-08-15", income, "received", "3528.00", "payout"],
  ["2020-09-01", income, "drawn", "100.10", "drawdown"],
  ["2020-09-02", income, "drawn", "-100.10", "reversal", 17],
  ["2020-09-10", income, "repaid", "28.00", "repayment"],
  ["2020-09-10", income, "interest", "0.07", "repayment"],
  ["2021-01-01", appropriation, "appropriated", "10000.00", "appropriation"],
  ["2021-02-01", appropriation, "invoiced", "3333.34", "cost_share"],
  ["2021-02-20", appropriation, "paid", "3333.34", "cost_share_payment"],
];

export const smallJournal: BookEntry[] = movements.map(
  ([bookedOn, account, figure, amount, documentKind, reversesNumber = null], index) => ({
    number: index + 1,
    bookedOn,
    recordedAt: `${bookedOn}T22:30:00Z`,
    recordedBy: "Frau Beispiel",
    accountId: account,
    account,
    accountKind: kinds[account]!,
    fileNumber: account.startsWith("AZ") ? "0034" : null,
    school: account === lineNorth ? schools.north : account === lineSouth ? schools.south : null,
    code: account === lineNorth ? "2.4" : account === lineSouth ? "2.1" : null,
    figure,
    amount: euro(amount),
    documentKind,
    text: `Buchung ${index + 1}`,
    reversesNumber,
    hash: String(index).padStart(64, "0a1b"),
  }),
);

function balance(of: BookEntry[]): Balance {
  return Object.fromEntries(
    figures.map((figure) => [
      figure,
      sum(of.filter((entry) => entry.figure === figure).map(({ amount }) => amount)),
    ]),
  ) as Balance;
}

const accounts: BookAccount[] = Object.entries(kinds).map(([label, kind]) => {
  const own = smallJournal.filter(({ account }) => account === label);
  return {
    id: label,
    label,
    kind,
    fileNumber: own[0]!.fileNumber,
    school: own[0]!.school,
    code: own[0]!.code,
    fiscalYear: kind === "appropriation" ? 2021 : null,
    figures: balance(own),
  };
});

const receipt: Receipt = {
  standing: "standing",
  invoiceLineId: "",
  budgetLineId: "",
  school: schools.north,
  schoolNumber: "04711",
  fileNumber: "0034",
  code: "2.4",
  category: "Anzeige- und Interaktionsgeräte",
  orderNumber: "007",
  orderedOn: "2020-04-02",
  awardKind: "direct",
  awardReference: "",
  supplier: "=1+1",
  invoiceNumber: "0001",
  invoicedOn: "2020-05-03",
  description: "Tafel _x0041_ mit Stift",
  paidOn: "2020-05-20",
  grossAmount: euro("4200.00"),
  cashDiscount: euro("84.00"),
  paidAmount: euro("4116.00"),
  ineligibleVat: euro("196.00"),
  ineligibleOther: zero,
  cut: zero,
  eligible: euro("3920.00"),
  financing: {
    financingKind: "share",
    fundingRate: percent("90"),
    grantAmount: euro("45000.10"),
    thirdPartyAmount: zero,
    planned: euro("50000.11"),
    federalRate: percent("81"),
  },
  entryNumbers: "8, 9, 10, 11",
  remark: "",
  pairKey: null,
  inventoryNumbers: ["TAF-1", "TAF-2"],
  dedicatedUntil: "2026-12-31",
  files: [
    { fileName: "=Rechnung 0001.pdf", hash: "0123456789abcdef".repeat(4) },
    { fileName: "Lieferschein.jpg", hash: "fedcba9876543210".repeat(4) },
  ],
};

const undone: Receipt = {
  ...receipt,
  standing: "reversed",
  school: schools.south,
  schoolNumber: "00815",
  code: "2.1",
  category: "Vernetzung",
  orderNumber: null,
  orderedOn: null,
  awardKind: null,
  supplier: "Netz & Söhne <GmbH>",
  invoiceNumber: "RE-99",
  invoicedOn: "2020-06-01",
  description: "Kabel\u0000\u0007\ufffe im Flur",
  paidOn: null,
  grossAmount: euro("1234.55"),
  cashDiscount: zero,
  paidAmount: zero,
  ineligibleVat: zero,
  eligible: euro("1234.55"),
  entryNumbers: "12",
  remark: "falsche Schule",
  pairKey: "storno 13",
  inventoryNumbers: [],
  dedicatedUntil: null,
  files: [],
};

const receipts: Receipt[] = [
  undone,
  {
    ...undone,
    standing: "reversal",
    invoicedOn: "2020-06-09",
    grossAmount: euro("-1234.55"),
    eligible: euro("-1234.55"),
    entryNumbers: "13",
  },
  {
    ...undone,
    standing: "standing",
    invoicedOn: "2020-07-01",
    grossAmount: euro("0.15"),
    eligible: euro("0.15"),
    entryNumbers: "14",
    remark: "",
    pairKey: null,
  },
  receipt,
];

const share = {
  standing: "standing",
  jointService: "Gemeinsame IT-Betreuung",
  fiscalYear: 2021,
  number: "0021/7",
  demandedOn: "2021-02-01",
  allocationKey: "equal_parts",
  total: euro("10000.00"),
  member: "Samtgemeinde Beispiel",
  isOwn: false,
  weight: factor("1"),
  amount: euro("3333.33"),
  booked: zero,
  paid: zero,
  paidOn: null,
  appropriation: "",
} as const;

const display = {
  inventoryNumber: "TAF-1",
  description: "Tafel",
  school: schools.north,
  place: "Raum 1",
  fileNumber: "0034",
  invoiceNumber: "0001",
  inServiceOn: "2020-05-03",
  usefulLifeMonths: 48,
  lifeReason: "Herstellerzusage",
  cost: euro("1960.00"),
  grantShare: euro("1680.00"),
  dedicatedUntil: "2026-12-31",
  disposedOn: null,
  disposalReason: null,
};

const kept = { reclaimed: zero, repaid: zero, interest: zero };

/** A member that pays us: its planned part, and what the settlement made of it. */
const jointPart: AuditBook["jointParts"][number] = {
  standing: "standing",
  jointService: "IKZ Medienkonzept",
  fiscalYear: 2021,
  number: "0021",
  plannedOn: "2021-01-15",
  reading: "joint_total",
  member: "Stadt Nachbar",
  isOwn: false,
  planned: euro("5000.01"),
  paid: euro("5000.01"),
  settledOn: null,
  actual: null,
  result: null,
  balancePaid: null,
  booked: zero,
  bookedPaid: zero,
};
const settledPart = {
  actual: euro("4711.11"),
  result: euro("-288.90"),
  balancePaid: euro("-288.90"),
};

const costLine = {
  fileNumber: "0034",
  grantNumber: 1,
  position: "line",
  thirdParty: zero,
  tolerance: percent("20"),
} as const;
const means = {
  ...costLine,
  accountId: null,
  school: null,
  category: null,
  tolerance: null,
};

// prettier-ignore
const sheets: AuditSheets = {
  use: [
    { ...costLine, accountId: lineNorth, school: schools.north, category: "2.4 Anzeigegeräte", planned: euro("20000.00"), actual: euro("3920.00") },
    { ...costLine, accountId: lineSouth, school: schools.south, category: "2.1 Vernetzung", planned: euro("30000.11"), actual: zero },
    { ...means, position: "grant", accountId: income, planned: euro("45000.10"), actual: euro("3528.00") },
    { ...means, position: "own", planned: euro("5000.01"), actual: euro("392.00") },
  ],
  reversals: [
    { documentKind: "invoice", title: "Rechnung RE-99", bookedOn: "2020-06-01", original: { numbers: [12], amount: euro("1234.55"), moved: euro("1234.55") }, reversal: { numbers: [13], amount: euro("-1234.55"), moved: euro("1234.55") }, reversedOn: "2020-06-09", reason: "=falsche Schule", recordedAt: "2020-06-09T22:30:00.123Z", recordedBy: "Frau Beispiel", replacedBy: "Rechnung RE-99" },
    { documentKind: "drawdown", title: "Mittelabruf 2", bookedOn: "2020-09-01", original: { numbers: [17], amount: euro("100.10"), moved: euro("100.10") }, reversal: { numbers: [18], amount: euro("-100.10"), moved: euro("100.10") }, reversedOn: "2020-09-02", reason: "Irrtum", recordedAt: null, recordedBy: "Frau Beispiel", replacedBy: null },
  ],
  reversalEntries: { count: 2, amount: euro("-1334.65") },
  changes: [
    { changedAt: "2020-05-03T22:30:00.123Z", changedBy: "Frau Beispiel", deed: "invoice_recorded", text: "@Rechnung 0001", before: null, after: null, requestId: "00a1", sealNumber: 1, seal: "0a".repeat(32) },
    { changedAt: "2020-05-04T08:00:00.000Z", changedBy: "Herr Amt", deed: "school_changed", text: "GS Nordtal", before: { Name: "=GS Nord", Nummer: "04711" }, after: { Name: "GS Nordtal", Nummer: "04711" }, requestId: null, sealNumber: null, seal: null },
  ],
  jointCosts: [
    { jointService: "IKZ Medienkonzept", fiscalYear: 2021, planNumber: "0021", kind: "staff_hours", incurredOn: "2021-05-01", description: "Beratung", reference: "S 7", invoiceNumber: null, hours: factor("11.5"), rate: euro("409.66"), amount: euro("4711.11"), stands: true, settlementNumber: "A 1", settledOn: "2022-02-01" },
    { jointService: "IKZ Medienkonzept", fiscalYear: 2021, planNumber: "0021", kind: "other", incurredOn: "2021-05-02", description: "doppelt", reference: "S 7", invoiceNumber: null, hours: null, rate: null, amount: euro("4711.11"), stands: false, settlementNumber: "A 1", settledOn: "2022-02-01" },
  ],
  contracts: [
    { number: "007", name: "Lernplattform", kind: "licence", supplier: "=1+1", school: null, account: "1.1.1.06 / 4455000", signedOn: "2020-01-01", startedOn: "2020-02-01", endsOn: null, noticeMonths: 3, noticeBy: "2021-10-31", amount: euro("100.10"), rhythm: "month", stands: true, fiscalYear: 2021, ordered: euro("1201.20"), committed: euro("700.70"), invoiced: euro("500.50"), paid: euro("400.40") },
    { number: "008", name: "Leitung", kind: "line", supplier: "Netz AG", school: schools.north, account: "1.1.1.06 / 4455000", signedOn: "2021-01-01", startedOn: "2022-01-01", endsOn: "2026-12-31", noticeMonths: null, noticeBy: null, amount: euro("10.00"), rhythm: "year", stands: true, fiscalYear: null, ordered: zero, committed: zero, invoiced: zero, paid: zero },
  ],
  categories: [
    { programme: "Beispielprogramm", code: "2.1", name: "Vernetzung" },
    { programme: "Beispielprogramm", code: "2.4", name: "Anzeige- und Interaktionsgeräte" },
  ],
};

export const smallBook: AuditBook = {
  authority: "Samtgemeinde Beispiel & Umland",
  grant: undefined,
  asOf: "2021-06-30",
  knownOn: "2021-06-30T08:15:00.000Z",
  mark: {
    schoolAuthorityId: "00000000-0000-4000-8000-000000000001",
    madeBy: "00000000-0000-4000-8000-000000000002",
    scope: { asOf: "2021-06-30", knownOn: "2021-06-30T08:15:00.000Z" },
  },
  madeBy: "Herr Prüfer",
  programVersion: "0.1.0",
  isExample: true,
  accounts,
  receipts,
  commitments: [
    {
      standing: "standing",
      fileNumber: "0034",
      school: schools.north,
      code: "2.4",
      supplier: "=1+1",
      orderNumber: "007",
      orderedOn: "2020-04-02",
      description: "Tafeln für zwei Räume",
      ordered: euro("10000.00"),
      released: euro("4000.00"),
      freed: zero,
      reversed: zero,
      open: euro("6000.00"),
    },
  ],
  // prettier-ignore
  drawdowns: [
    { deed: "drawdown", fileNumber: "0034", number: 1, on: "2020-08-01", purpose: "Rechnung 0001", drawn: euro("3528.00"), received: zero, ...kept },
    { deed: "payout", fileNumber: "0034", number: 1, on: "2020-08-15", purpose: "", drawn: zero, received: euro("3528.00"), ...kept },
    { deed: "drawdown", fileNumber: "0034", number: 2, on: "2020-09-01", purpose: "irrtümlich", drawn: euro("100.10"), received: zero, ...kept },
    { deed: "drawdown_reversal", fileNumber: "0034", number: 2, on: "2020-09-02", purpose: "Irrtum", drawn: euro("-100.10"), received: zero, ...kept },
    { deed: "repayment", fileNumber: "0034", number: null, on: "2020-09-10", purpose: "nicht verwendet", drawn: zero, received: zero, reclaimed: zero, repaid: euro("28.00"), interest: euro("0.07") },
  ],
  costShares: [
    {
      ...share,
      isOwn: true,
      amount: euro("3333.34"),
      booked: euro("3333.34"),
      paid: euro("3333.34"),
      paidOn: "2021-02-20",
      appropriation,
    },
    { ...share, member: "Stadt Nachbar" },
    { ...share, member: "Gemeinde Ferne" },
  ],
  followUpCosts: {
    years: [2021, 2022, 2023, 2024, 2025],
    rows: [
      {
        id: "contract",
        kind: "licence",
        name: "V-1 Lernplattform",
        schoolName: schools.north,
        amounts: ["100.10", "100.10", "100.10", "100.10", "0.00"].map(euro),
        total: euro("400.40"),
        bound: [euro("100.10"), zero, zero, zero, zero],
      },
    ],
    totals: {
      amounts: ["100.10", "100.10", "100.10", "100.10", "0.00"].map(euro),
      total: euro("400.40"),
    },
  },
  assets: [
    {
      ...display,
      months: 14,
      depreciated: euro("571.67"),
      dissolved: euro("490.00"),
      bookValue: euro("1388.33"),
      specialItem: euro("1190.00"),
    },
    {
      ...display,
      ...{ inventoryNumber: "TAF-2", place: "", disposedOn: "2021-01-07", disposalReason: "Sturz" },
      months: 8,
      depreciated: euro("326.67"),
      dissolved: euro("280.00"),
      bookValue: zero,
      specialItem: zero,
    },
  ],
  jointParts: [
    { ...jointPart, settledOn: "2022-02-01", ...settledPart },
    { ...jointPart, member: "Gemeinde Ferne" },
  ],
  sheets,
  entries: [smallJournal],
  balances: balance(smallJournal),
  proofs: [
    { proof: "balances_equal_entries", checked: 5, findings: [] },
    { proof: "entries_follow_from_documents", checked: 9, findings: [] },
    { proof: "numbers_without_gap", checked: 23, findings: [] },
    { proof: "chain_closes", checked: 23, findings: [] },
  ],
};

export const emptyBook: AuditBook = {
  ...smallBook,
  grant: "0034",
  isExample: false,
  accounts: [],
  receipts: [],
  commitments: [],
  drawdowns: [],
  costShares: [],
  followUpCosts: {
    years: [2021, 2022, 2023, 2024, 2025],
    rows: [],
    totals: { amounts: [zero, zero, zero, zero, zero], total: zero },
  },
  assets: [],
  jointParts: [],
  sheets: {
    use: [],
    reversals: [],
    reversalEntries: { count: 0, amount: zero },
    changes: [],
    jointCosts: [],
    contracts: [],
    categories: [],
  },
  entries: [],
  balances: emptyBalance,
};
