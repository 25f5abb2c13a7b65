/** Forms of granting authorities (Vordrucke): their descriptions, and the figures of a grant that fill them. */
import fs from "node:fs";
import path from "node:path";
import type { DrawdownRow, Receipt } from "#app/domain/audit-book.ts";
import type { Day } from "#app/domain/calendar.ts";
import type { FactRow, FormFacts, OfficialForm, ReceiptFact } from "#app/domain/official-form.ts";
import type { User } from "#app/domain/permission.ts";
import { financingOf, percentOfPlan } from "#app/domain/proof-paper.ts";
import type { PaidReceipt, ProofFigures } from "#app/domain/proof-of-use.ts";
import type { FinancingKind } from "#app/domain/programme.ts";
import { notFound, wire } from "#app/http.ts";
import { readOfficialForm } from "#app/official-form-file.ts";
import { db, type Reader } from "#db/client.ts";
import { loadDrawdownRows } from "./audit-income.server.ts";
import { requireAuthority } from "./authorities.server.ts";
import { type Grant, requireGrant } from "./grants.server.ts";
import { loadProofFigures } from "./proofs.server.ts";

const folder = path.resolve("app/forms");

/** All forms of the folder in the order of their titles, read once. @throws Error for a file with a mistake */
export function shippedForms(): OfficialForm[] {
  shipped ??= readForms(
    fs
      .readdirSync(folder)
      .filter((name) => name.endsWith(".yaml"))
      .map((name) => [name, fs.readFileSync(path.join(folder, name), "utf8")]),
  );
  return shipped;
}
let shipped: OfficialForm[] | undefined;

/** Forms by name of file and content. @throws Error naming the file and all that is wrong with it */
export function readForms(files: [name: string, content: string][]): OfficialForm[] {
  const forms = files.map(([name, content]) => {
    const file = readOfficialForm(content);
    if ("problems" in file) throw new Error(`Vordruck ${name}: ${file.problems.join(" ")}`);
    return file.form;
  });
  const keys = forms.map(({ key }) => key);
  const twice = keys.find((key, index) => keys.indexOf(key) < index);
  if (twice) throw new Error(`Vordruck ${twice}: Diese Kennung steht in zwei Dateien.`);
  return forms.sort((a, b) => a.title.localeCompare(b.title, "de"));
}

/** @throws Response 404 */
export function requireForm(key: string | undefined): OfficialForm {
  return shippedForms().find((form) => form.key === key) ?? notFound();
}

/** As a form is asked for: figures of a day, claimed before up to another, as a part or the last payment. */
export type FormQuestion = {
  asOf: Day;
  /** Undefined takes the day of the last drawdown. */
  registeredUntil?: Day | undefined;
  /** How kinds of payment and of financing are called. */
  words: { paymentKind: string; financing: Record<FinancingKind, string> };
};

/** The facts that any form is filled with. @throws Response 404 for a grant of nobody */
export async function loadFormFacts(
  user: User,
  grantId: string,
  question: FormQuestion,
  reader: Reader = db,
): Promise<FormFacts> {
  const { asOf } = question;
  const grant = await requireGrant(user, grantId, reader);
  const authority = await requireAuthority(user, reader);
  const figures = await loadProofFigures(user, grant, asOf, reader);
  const money = await loadDrawdownRows(reader, user, { grantId, asOf });
  const registeredUntil = question.registeredUntil ?? lastDrawdown(money);
  const places = new Map(figures.lines.map(({ budgetLineId }, index) => [budgetLineId, index]));
  return {
    programmeKey: grant.programme.key,
    head: headOf(grant, authority.name, figures, { ...question, registeredUntil }),
    registeredUntil,
    receipts: figures.receipts.map((receipt) =>
      receiptFact(receipt, places.get(receipt.budgetLineId)!),
    ),
    income: money
      .filter(({ deed }) => /^(payout|repayment)/.test(deed))
      .map((row) => incomeFact(row, grant)),
    plan: figures.lines.map(({ school, code, category, approved, paid, difference }) => ({
      ...{ school, code, category, position: `${code} ${category}, ${school}` },
      ...{ planned: approved, actual: paid, difference },
      percent: percentOfPlan(paid, approved),
    })),
    financing: financingOf(wire(figures)).map(({ source, planned, actual }) => ({
      source: { grant: "Zuwendung", third_party: "Drittmittel", own: "Eigenmittel" }[source],
      ...{ planned, actual, difference: planned.minus(actual) },
      percent: percentOfPlan(actual, planned),
    })),
  };
}

/** The day of the last drawdown that stands; null without one. */
function lastDrawdown(rows: DrawdownRow[]): Day | null {
  const undone = new Set(
    rows.filter(({ deed }) => deed === "drawdown_reversal").map(({ number }) => number),
  );
  const days = rows
    .filter(({ deed, number }) => deed === "drawdown" && !undone.has(number))
    .map(({ on }) => on);
  return days.sort().at(-1) ?? null;
}

function headOf(
  grant: Grant,
  authority: string,
  figures: ProofFigures,
  {
    asOf,
    registeredUntil,
    words,
  }: Omit<FormQuestion, "registeredUntil"> & { registeredUntil: Day | null },
): FormFacts["head"] {
  const { fileNumber, grantingAuthority, noticeOn, spendFrom, spendUntil } = grant;
  const { drawn, received, repaid, own, spent, grantDue, terms } = figures;
  return {
    ...{ authority, grantingAuthority, fileNumber, noticeOn, spendFrom, spendUntil },
    ...{ asOf, registeredUntil, paymentKind: words.paymentKind },
    financing: words.financing[terms.financingKind],
    ...{ drawn, received, repaid, own, spent, grantDue },
    programme: grant.programme.name,
    purpose: grant.application,
    grantAmount: terms.grantAmount,
    thirdParty: terms.thirdPartyAmount,
  };
}

type BookedReceipt = ProofFigures<Receipt & PaidReceipt>["receipts"][number];

function receiptFact(receipt: BookedReceipt, planPlace: number): ReceiptFact {
  const { school, code, category, description, supplier, invoiceNumber, paidOn } = receipt;
  const { grossAmount, cashDiscount, paidAmount, ineligibleVat, ineligibleOther } = receipt;
  const { cut, eligible, grant, own, schoolNumber, fileNumber, orderedOn, invoicedOn } = receipt;
  const remark = { standing: "", reversed: "storniert: ", reversal: "Storno: " }[receipt.standing];
  return {
    ...{ school, schoolNumber, fileNumber, code, category, description, invoiceNumber, planPlace },
    ...{ orderedOn, invoicedOn, paidOn, ineligibleVat, ineligibleOther, cut, eligible, grant, own },
    position: `${code} ${category}, ${school}`,
    orderNumber: receipt.orderNumber,
    recipient: supplier,
    month: `${paidOn.slice(5, 7)}.${paidOn.slice(0, 4)}`,
    reason: `${description} (Rechnung ${invoiceNumber})`,
    gross: grossAmount,
    discount: cashDiscount,
    paid: paidAmount,
    claimed: eligible.plus(cut),
    files: receipt.files.map(({ fileName }) => fileName).join(", "),
    remark: `${remark}${receipt.remark}`,
    blank: null,
  };
}

/** Money that came, and with a minus what was given back. */
function incomeFact(row: DrawdownRow, { grantingAuthority }: Grant): FactRow {
  const deeds: Record<string, string> = {
    payout: "Auszahlung",
    payout_reversal: "Storno der Auszahlung",
    repayment: "Rückzahlung",
    repayment_reversal: "Storno der Rückzahlung",
  };
  const number = row.number === null ? "" : ` zu Mittelabruf ${row.number}`;
  const purpose = row.purpose ? `: ${row.purpose}` : "";
  return {
    on: row.on,
    payer: grantingAuthority,
    reason: `${deeds[row.deed]}${number}${purpose}`,
    amount: row.received.minus(row.repaid),
  };
}
