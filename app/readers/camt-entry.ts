/** One entry (Ntry) of a camt.053 statement as transactions of the account. */
import { type BankTransaction } from "#app/domain/bank-statement.ts";
import { type Day, isDay } from "#app/domain/calendar.ts";
import { euro, sum } from "#app/domain/money.ts";
import { all, type Element, first, StatementRefusal, textAt, textOf } from "./camt-xml.ts";

type Plain = BankTransaction<string>;

/** The transactions of an entry, or why it is none of this account's money in euro yet. */
export function readEntry(entry: Element): Plain[] | "not_booked" | "other_currency" {
  // 001.02 and 001.04 write the state itself, 001.08 its code.
  const state = textAt(entry, "Sts", "Cd") || textAt(entry, "Sts");
  if (state !== "BOOK") return "not_booked";
  if (textAt(entry, "Amt", "@Ccy") !== "EUR") return "other_currency";
  const whole = readWhole(entry);
  const details = all(entry, "NtryDtls", "TxDtls");
  const [only] = details;
  if (only === undefined) return [described(whole, entry, entry)];
  if (details.length === 1) return [described(whole, entry, only)];
  return takenApart(whole, entry, details) ?? [joined(whole, entry, details)];
}

function readWhole(entry: Element): Plain {
  const bookedOn = dayOf(first(entry, "BookgDt"));
  const valuedOn = dayOf(first(entry, "ValDt")) ?? bookedOn;
  if (!valuedOn) throw unreadable();
  return {
    amount: signed(decimalOf(first(entry, "Amt")), textAt(entry, "CdtDbtInd")),
    bookedOn: bookedOn ?? valuedOn,
    valuedOn,
    isReturn: /^(true|1)$/.test(textAt(entry, "RvslInd")),
    counterparty: "",
    counterpartyIban: "",
    remittance: "",
    endToEndId: "",
    mandateId: "",
    bankReference: referenceOf(entry),
  };
}

/** The parts of a collective booking, where each has an amount and they add up to it to the cent. */
function takenApart(whole: Plain, entry: Element, details: Element[]): Plain[] | undefined {
  const amounts = details.map((detail) => amountOfPart(detail, textAt(entry, "CdtDbtInd")));
  if (!amounts.every((amount) => amount !== undefined)) return undefined;
  if (!sum(amounts.map(euro)).eq(euro(whole.amount))) return undefined;
  return details.map((detail, index) => {
    const amount = amounts[index]!;
    return described({ ...whole, amount }, entry, detail);
  });
}

/** 001.04 and 001.08 give a part its own amount and direction, 001.02 an amount among its details. */
function amountOfPart(detail: Element, direction: string): string | undefined {
  const amount = first(detail, "Amt") ?? first(detail, "AmtDtls", "TxAmt", "Amt");
  if (textAt(amount, "@Ccy") !== "EUR") return undefined;
  return signed(decimalOf(amount), textAt(detail, "CdtDbtInd") || direction);
}

/** A collective booking whose parts cannot be told apart stays one transaction with all their texts. */
function joined(whole: Plain, entry: Element, details: Element[]): Plain {
  const parts = details.map((detail) => described(whole, entry, detail));
  const texts = parts.map(({ remittance }) => remittance);
  return { ...whole, remittance: limited(texts.filter(Boolean).join("\n"), mostText) };
}

const mostText = 2_000;

function described(transaction: Plain, entry: Element, detail: Element): Plain {
  const refs = first(detail, "Refs");
  return {
    ...transaction,
    ...partyOf(transaction, first(detail, "RltdPties")),
    remittance: remittanceOf(detail) || limited(textAt(entry, "AddtlNtryInf"), mostText),
    endToEndId: provided(textAt(refs, "EndToEndId")),
    mandateId: provided(textAt(refs, "MndtId")),
    bankReference: provided(textAt(refs, "AcctSvcrRef")) || transaction.bankReference,
  };
}

/** Who was paid, or who paid; what is given back keeps the roles of what it gives back. */
function partyOf({ amount, isReturn }: Plain, parties: Element | undefined) {
  const isPaid = amount.startsWith("-") !== isReturn;
  const role = isPaid ? "Cdtr" : "Dbtr";
  // 001.08 puts a party into "Pty", the others do not.
  const names = [role, `Ultmt${role}`].flatMap((name) => [
    textAt(parties, name, "Pty", "Nm"),
    textAt(parties, name, "Nm"),
  ]);
  return {
    counterparty: limited(names.find(Boolean) ?? "", 200),
    counterpartyIban: textAt(parties, `${role}Acct`, "Id", "IBAN").slice(0, 40),
  };
}

function remittanceOf(detail: Element): string {
  const info = first(detail, "RmtInf");
  const lines = [
    ...all(info, "Ustrd"),
    ...all(info, "Strd", "CdtrRefInf", "Ref"),
    ...all(info, "Strd", "RfrdDocInf", "Nb"),
    ...all(info, "Strd", "AddtlRmtInf"),
  ].map(textOf);
  return limited(lines.filter(Boolean).join("\n"), mostText);
}

function referenceOf(entry: Element): string {
  return provided(textAt(entry, "AcctSvcrRef"));
}

/** Banks fill what they do not know with words of their own. */
function provided(reference: string): string {
  return /^(NOTPROVIDED|NONREF)$/i.test(reference) ? "" : reference.slice(0, 100);
}

/** What was cut says so. */
function limited(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 2).toWellFormed()} …`;
}

export function signed(amount: string, direction: string): string {
  if (direction === "CRDT") return amount;
  if (direction === "DBIT") return /[1-9]/.test(amount) ? `-${amount}` : amount;
  throw unreadable();
}

/** Up to five places are allowed; of euro more than two are noughts. */
export function decimalOf(amount: Element | undefined): string {
  const match = /^(\d{1,12})(?:\.(\d{0,2})0*)?$/.exec(textOf(amount));
  if (!match) throw unreadable();
  return match[2] ? `${match[1]}.${match[2]}` : match[1]!;
}

/** A day, or the day of a moment: as written, but in Berlin where it is written in universal time. */
export function dayOf(element: Element | undefined): Day | undefined {
  const text = textAt(element, "Dt") || textAt(element, "DtTm") || textOf(element);
  const moment = /^[\d-]{10}T[\d:.]+Z$/.test(text) ? Date.parse(text) : NaN;
  const day = Number.isNaN(moment) ? text.slice(0, 10) : berlinDay.format(moment);
  return isDay(day) ? day : undefined;
}

// Swedish writes a day as YYYY-MM-DD.
const berlinDay = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Berlin" });

function unreadable() {
  return new StatementRefusal({ field: "file", rule: "file_unreadable" });
}
