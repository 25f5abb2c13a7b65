/** An e-invoice as a reader gives it: by default one item of 100,00 net at 19 %. */
import type { EInvoice, EInvoiceLine, EInvoiceTotals, VatKind } from "#app/domain/e-invoice.ts";

export function eInvoiceLine(netAmount: string, vat: VatKind): EInvoiceLine {
  return {
    number: "1",
    name: "Tablet",
    description: null,
    note: null,
    articleNumber: null,
    quantity: "1",
    unit: "H87",
    price: netAmount,
    priceQuantity: "1",
    netAmount,
    vat,
    adjustments: [],
    orderLine: null,
  };
}

type Given = Partial<Omit<EInvoice, "totals">> & { totals?: Partial<EInvoiceTotals> };

export function eInvoice({ totals = {}, ...given }: Given): EInvoice {
  const s19 = { category: "S", rate: "19" };
  const party = { name: "", vatId: null, taxNumber: null, address: [], contact: [] };
  const gross = totals.gross ?? "119";
  return {
    syntax: "ubl",
    profile: null,
    number: "RE-1",
    issuedOn: "2021-06-01",
    typeCode: "380",
    dueOn: null,
    buyerReference: null,
    contractReference: null,
    orderReference: null,
    precedingInvoices: [],
    deliveredOn: null,
    periodFrom: null,
    periodUntil: null,
    notes: [],
    paymentTerms: null,
    discounts: [],
    seller: { ...party, name: "Netzbau GmbH" },
    buyer: party,
    payee: null,
    accounts: [],
    lines: [eInvoiceLine("100", s19)],
    adjustments: [],
    vat: [{ ...s19, taxable: "100", tax: "19", exemption: null }],
    attachments: [],
    totals: {
      lines: "100",
      allowances: null,
      charges: null,
      net: "100",
      vat: "19",
      prepaid: null,
      rounding: null,
      due: gross,
      ...totals,
      gross,
    },
    ...given,
  };
}
