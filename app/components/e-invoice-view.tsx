/** An e-invoice in readable German: everything that its seller states, and what does not add up. */
import type { EInvoice } from "#app/domain/e-invoice.ts";
import { findingSentence, typeWord } from "#app/german/e-invoice-words.ts";
import { formatDay, formatFactor, formatSize } from "#app/german/notation.ts";
import {
  EInvoiceAdjustments,
  EInvoiceLines,
  EInvoiceTotals,
  EInvoiceVatTable,
} from "./e-invoice-tables.tsx";
import { Facts, Notice } from "./page.tsx";

type Finding = Parameters<typeof findingSentence>[0];

export function EInvoiceView({
  id,
  invoice,
  findings,
}: {
  id: string;
  invoice: EInvoice;
  findings: Finding[];
}) {
  return (
    <>
      {findings.length > 0 && (
        <Notice kind="warning" title="In dieser Rechnung geht nicht alles auf">
          <ul className="kern-list kern-list--bullet">
            {findings.map((finding) => (
              <li key={`${finding.rule} ${finding.of}`}>{findingSentence(finding)}</li>
            ))}
          </ul>
          <p className="kern-body">
            Es gelten die Summen, die in der Rechnung stehen. Ob sie so gezahlt wird, entscheidet
            die rechnerische Prüfung.
          </p>
        </Notice>
      )}
      {invoice.vat.some(({ category }) => category === "AE") && (
        <Notice kind="warning" title="Die Umsatzsteuer schuldet der Empfänger (§ 13b UStG)">
          Sie steht nicht in der Rechnung und kommt zu den Kosten hinzu.
        </Notice>
      )}
      <Facts facts={factsOf(invoice).filter(([, value]) => value)} />
      <EInvoiceLines invoice={invoice} />
      <EInvoiceAdjustments invoice={invoice} />
      <EInvoiceVatTable invoice={invoice} />
      <EInvoiceTotals invoice={invoice} />
      <CarriedFiles id={id} attachments={invoice.attachments} />
    </>
  );
}

function factsOf(invoice: EInvoice): [string, string | null][] {
  const { seller, buyer, dueOn, deliveredOn, periodFrom, periodUntil, paymentTerms } = invoice;
  const { discounts, precedingInvoices, accounts, notes } = invoice;
  const period =
    periodFrom && periodUntil && `${formatDay(periodFrom)} bis ${formatDay(periodUntil)}`;
  return [
    ["Art", typeWord(invoice.typeCode)],
    ["Verkäufer", [seller.name, ...seller.address].join(", ")],
    ["USt-IdNr., Steuernummer", [seller.vatId, seller.taxNumber].filter(Boolean).join(", ")],
    ["Ansprechpartner", seller.contact.join(", ")],
    ["Käufer", [buyer.name, ...buyer.address].join(", ")],
    ["Leitweg-ID oder Zeichen", invoice.buyerReference],
    ["Auftrag", invoice.orderReference],
    ["Vertrag", invoice.contractReference],
    ["Bezieht sich auf", precedingInvoices.map(precedingText).join(", ")],
    ["Geliefert", deliveredOn && formatDay(deliveredOn)],
    ["Zeitraum", period],
    ["Fällig", dueOn && formatDay(dueOn)],
    ["Skonto", discounts.map(discountText).join("; ")],
    ["Zahlungsbedingungen", paymentTerms],
    ["Zahlung an", invoice.payee],
    ["Konto", accounts.map(accountText).join("; ")],
    ["Bemerkung", notes.join("\n")],
  ];
}

function precedingText({ number, issuedOn }: EInvoice["precedingInvoices"][0]): string {
  return issuedOn ? `${number} vom ${formatDay(issuedOn)}` : number;
}

function discountText({ rate, days }: EInvoice["discounts"][0]): string {
  return `${formatFactor(rate)} % bei Zahlung in ${days} Tagen`;
}

function accountText({ iban, holder }: EInvoice["accounts"][0]): string {
  const grouped = iban.replace(/\s/g, "").replace(/(.{4})(?=.)/g, "$1 ");
  return holder ? `${grouped} (${holder})` : grouped;
}

/** An address is shown as text: what a stranger wrote is no link of ours. */
function CarriedFiles({ id, attachments }: { id: string; attachments: EInvoice["attachments"] }) {
  if (attachments.length === 0) return null;
  return (
    <>
      <h3 className="kern-heading-small">Anlagen der Rechnung</h3>
      <ul className="kern-list kern-list--bullet">
        {attachments.map(({ reference, description, address, file }, index) => (
          <li key={index}>
            {file ? (
              <a
                className="kern-link kern-link--no-visited-state"
                href={`/e-invoices/${id}/files/${index}`}
              >
                {file.name}
              </a>
            ) : (
              reference
            )}
            {file && ` (${formatSize(file.size)})`}
            {description && `: ${description}`}
            {address && <span className="muted"> {address}</span>}
          </li>
        ))}
      </ul>
    </>
  );
}
