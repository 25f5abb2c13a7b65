/** Bank statements as banks write them, in each version of camt.053 that is read. */

export type Version = "001.02" | "001.04" | "001.08";
export const versions: Version[] = ["001.02", "001.04", "001.08"];

export type EntryGiven = {
  /** As in XML, without sign. */
  amount?: string;
  direction?: "DBIT" | "CRDT";
  currency?: string;
  state?: string;
  bookedOn?: string;
  /** Content of ValDt, when it is no plain day. */
  valued?: string;
  isReversal?: boolean;
  reference?: string;
  info?: string;
  parts?: PartGiven[];
};

export type PartGiven = {
  /** Only in collective bookings. */
  amount?: string;
  currency?: string;
  name?: string;
  iban?: string;
  lines?: string[];
  structured?: string;
  endToEndId?: string;
  mandateId?: string;
  reference?: string;
};

export type StatementGiven = {
  version?: Version;
  id?: string;
  iban?: string;
  opening?: string;
  closing?: string;
  currency?: string;
  entries: EntryGiven[];
};

export const ownIban = "DE02120300000000202051";

export function statementXml(...given: StatementGiven[]): string {
  const version = given[0]?.version ?? "001.08";
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.${version}"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><BkToCstmrStmt>
<GrpHdr><MsgId>M-1</MsgId><CreDtTm>2021-07-02T06:00:00+02:00</CreDtTm></GrpHdr>
${given.map(statement).join("\n")}
</BkToCstmrStmt></Document>`;
}

export function statementFile(...given: StatementGiven[]): Buffer {
  return Buffer.from(statementXml(...given));
}

function statement(given: StatementGiven): string {
  const { version = "001.08", id = "2021-123", iban = ownIban, currency = "EUR" } = given;
  const { opening = "10000.00", closing } = given;
  return `<Stmt><Id>${id}</Id><ElctrncSeqNb>123</ElctrncSeqNb><CreDtTm>2021-07-02T06:00:00+02:00</CreDtTm>
<FrToDt><FrDtTm>2021-07-01T00:00:00+02:00</FrDtTm><ToDtTm>2021-07-02T00:00:00+02:00</ToDtTm></FrToDt>
<Acct><Id><IBAN>${iban}</IBAN></Id><Ccy>${currency}</Ccy></Acct>
${balance("PRCD", opening, "2021-06-30", currency)}
${closing === undefined ? "" : balance("CLBD", closing, "2021-07-01", currency)}
${given.entries.map((one) => entry(one, version)).join("\n")}
</Stmt>`;
}

/** A debit balance is written without sign, too. */
function balance(kind: string, amount: string, on: string, currency: string): string {
  const direction = amount.startsWith("-") ? "DBIT" : "CRDT";
  return `<Bal><Tp><CdOrPrtry><Cd>${kind}</Cd></CdOrPrtry></Tp>
<Amt Ccy="${currency}">${amount.replace("-", "")}</Amt><CdtDbtInd>${direction}</CdtDbtInd><Dt><Dt>${on}</Dt></Dt></Bal>`;
}

function entry(given: EntryGiven, version: Version): string {
  const { amount = "100.00", direction = "DBIT", currency = "EUR", state = "BOOK" } = given;
  const { bookedOn = "2021-07-01", reference, info, parts = [{}] } = given;
  return `<Ntry><Amt Ccy="${currency}">${amount}</Amt><CdtDbtInd>${direction}</CdtDbtInd>
${given.isReversal ? "<RvslInd>true</RvslInd>" : ""}
<Sts>${version === "001.08" ? `<Cd>${state}</Cd>` : state}</Sts>
<BookgDt><Dt>${bookedOn}</Dt></BookgDt><ValDt>${given.valued ?? `<Dt>${bookedOn}</Dt>`}</ValDt>
${reference ? `<AcctSvcrRef>${reference}</AcctSvcrRef>` : ""}
<BkTxCd/>
<NtryDtls>${parts.map((one) => part(one, given, version)).join("\n")}</NtryDtls>
${info ? `<AddtlNtryInf>${info}</AddtlNtryInf>` : ""}</Ntry>`;
}

function part(given: PartGiven, whole: EntryGiven, version: Version): string {
  const direction = whole.direction ?? "DBIT";
  const role = (direction === "DBIT") !== Boolean(whole.isReversal) ? "Cdtr" : "Dbtr";
  const { name, iban, lines = [], structured, currency = "EUR" } = given;
  const inner = `<Nm>${name}</Nm>`;
  const amount = given.amount && `<Amt Ccy="${currency}">${given.amount}</Amt>`;
  return `<TxDtls><Refs>
${given.reference ? `<AcctSvcrRef>${given.reference}</AcctSvcrRef>` : ""}
<EndToEndId>${given.endToEndId ?? "NOTPROVIDED"}</EndToEndId>
${given.mandateId ? `<MndtId>${given.mandateId}</MndtId>` : ""}</Refs>
${!amount ? "" : version === "001.02" ? `<AmtDtls><TxAmt>${amount}</TxAmt></AmtDtls>` : `${amount}<CdtDbtInd>${direction}</CdtDbtInd>`}
<RltdPties>
${name ? `<${role}>${version === "001.08" ? `<Pty>${inner}</Pty>` : inner}</${role}>` : ""}
${iban ? `<${role}Acct><Id><IBAN>${iban}</IBAN></Id></${role}Acct>` : ""}</RltdPties>
<RmtInf>${lines.map((line) => `<Ustrd>${line}</Ustrd>`).join("")}
${structured ? `<Strd><RfrdDocInf><Nb>${structured}</Nb></RfrdDocInf><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd>` : ""}</RmtInf>
</TxDtls>`;
}
