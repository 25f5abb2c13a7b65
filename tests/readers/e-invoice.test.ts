/** E-invoices written by another library are read in every syntax; what is none is refused. */
import { deflateSync } from "node:zlib";
import { PDFDocument } from "@cantoo/pdf-lib";
import { describe, expect, test } from "vitest";
import { mostXmlBytes, mostXmlElements, type ReadEInvoice } from "#app/domain/e-invoice.ts";
import { findingsOf } from "#app/domain/e-invoice-findings.ts";
import { invoiceProposalOf } from "#app/domain/e-invoice-proposal.ts";
import { sum } from "#app/domain/money.ts";
import { readEInvoice } from "#app/readers/e-invoice.ts";
import { adjustment, content, formats, line, vat, write } from "#tests/support/e-invoices.ts";

/** All that an invoice may have that we do not need, with a rounded total and a payment on account. */
const rich = content(
  {
    "cbc:Note": "Lieferung an zwei Schulen & frei Haus",
    "cac:OrderReference": { "cbc:ID": "A-2021-5" },
    "cac:ContractDocumentReference": { "cbc:ID": "RV-7" },
    "cac:BillingReference": [
      { "cac:InvoiceDocumentReference": { "cbc:ID": "AR-1", "cbc:IssueDate": "2021-05-03" } },
    ],
    "cac:Delivery": { "cbc:ActualDeliveryDate": "2021-05-28" },
    "cac:AllowanceCharge": [
      adjustment("allowance", "59.85", "Mengenrabatt", "19"),
      adjustment("charge", "25.00", "Fracht", "19"),
    ],
    "cac:TaxTotal": [
      {
        "cbc:TaxAmount": "229.49",
        "cbc:TaxAmount@currencyID": "EUR",
        "cac:TaxSubtotal": [
          vat("19", "1162.15", "220.81"),
          vat("7", "124.00", "8.68"),
          vat("0", "20.00", "0.00"),
        ],
      },
    ],
    "cac:InvoiceLine": [
      line(1, {
        net: "1197.00",
        name: "Tablet",
        quantity: "3",
        price: "400.00",
        adjustments: [
          adjustment("allowance", "10.00", "Vorführgerät"),
          adjustment("charge", "7.00", "Gravur"),
        ],
      }),
      line(2, { net: "124.00", rate: "7", name: "Atlas" }),
      line(3, { net: "20.00", rate: "0", name: "Beigabe" }),
    ],
  },
  {
    lines: "1341.00",
    allowances: "59.85",
    charges: "25.00",
    net: "1306.15",
    tax: "229.49",
    gross: "1535.64",
    prepaid: "500.00",
    rounding: "0.01",
    due: "1035.65",
  },
);

/** Written once: the library takes its time. */
let written: Promise<Buffer> | undefined;
async function plain(): Promise<string> {
  return (await (written ??= write("XRECHNUNG-UBL", content()))).toString();
}

describe.each(formats)("an e-invoice in %s", (format) => {
  test("is read with all that it states", async () => {
    const { invoice } = read(await readEInvoice(await write(format, rich)));
    expect(invoice).toMatchObject({
      syntax: format === "XRECHNUNG-UBL" ? "ubl" : "cii",
      number: "RE-2021/17",
      issuedOn: "2021-06-01",
      dueOn: "2021-07-01",
      typeCode: "380",
      buyerReference: "03151-0001-42",
      orderReference: "A-2021-5",
      contractReference: "RV-7",
      deliveredOn: "2021-05-28",
      notes: ["Lieferung an zwei Schulen & frei Haus"],
      paymentTerms: "Zahlbar in 30 Tagen",
      discounts: [{ days: 14, rate: "2.00", base: null }],
      seller: {
        name: "Netzbau GmbH",
        vatId: "DE123456789",
        address: ["Lindenweg 3", "38518 Gifhorn", "DE"],
        contact: ["Jo Öhler", "05371 123", "buero@netzbau.example"],
      },
      buyer: { name: "Stadt Musterstadt" },
      accounts: [{ iban: "DE12500105170648489890", holder: "Netzbau" }],
      totals: {
        lines: "1341",
        allowances: "59.85",
        charges: "25",
        net: "1306.15",
        vat: "229.49",
        gross: "1535.64",
        prepaid: "500",
        rounding: "0.01",
        due: "1035.65",
      },
    });
    if (invoice.syntax === "ubl") {
      expect(invoice.precedingInvoices).toEqual([{ number: "AR-1", issuedOn: "2021-05-03" }]);
    }
    expect(invoice.vat.map(({ rate, taxable, tax }) => [rate, taxable, tax])).toEqual([
      ["19", "1162.15", "220.81"],
      ["7", "124", "8.68"],
      ["0", "20", "0"],
    ]);
    expect(invoice.adjustments).toMatchObject([
      { kind: "allowance", amount: "59.85", reason: "Mengenrabatt", vat: { rate: "19" } },
      { kind: "charge", amount: "25", reason: "Fracht", vat: { rate: "19" } },
    ]);
    expect(invoice.lines[0]).toMatchObject({
      name: "Tablet",
      quantity: "3",
      unit: "H87",
      price: "400",
      netAmount: "1197",
      vat: { category: "S", rate: "19" },
      adjustments: [
        { kind: "allowance", amount: "10", reason: "Vorführgerät" },
        { kind: "charge", amount: "7", reason: "Gravur" },
      ],
    });
  });

  test("adds up, and is proposed to the cent", async () => {
    const { invoice } = read(await readEInvoice(await write(format, rich)));
    expect(findingsOf(invoice)).toEqual([]);
    const { lines, prepaidAmount } = invoiceProposalOf(invoice);
    const total = sum(lines.map(({ grossAmount }) => grossAmount));
    expect(total.minus(prepaidAmount).toFixed(2)).toBe("1035.65");
  });

  test("may be a credit note or ask for a payment on account", async () => {
    for (const [code, kind] of [
      ["381", "credit_note"],
      ["386", "prepayment"],
    ]) {
      const written = await write(format, content({ "cbc:InvoiceTypeCode": code }));
      const { invoice } = read(await readEInvoice(written));
      expect(invoice.typeCode).toBe(code);
      expect(invoice.lines).toHaveLength(2);
      expect(invoiceProposalOf(invoice).kind).toBe(kind);
    }
  });
});

describe("files in an e-invoice come out byte for byte", () => {
  const list = Buffer.from("Gerät;Nummer\n");
  const base64 = list.toString("base64");
  const expected = [
    {
      reference: "Liste",
      description: "Seriennummern",
      file: { name: "Nummern.csv", mediaType: "text/csv", size: list.length },
    },
    { reference: "Handbuch", address: "https://netzbau.example/h", file: null },
  ];

  test("in UBL", async () => {
    const reference = {
      "cbc:ID": "Liste",
      "cbc:DocumentDescription": "Seriennummern",
      "cac:Attachment": {
        "cbc:EmbeddedDocumentBinaryObject": base64,
        "cbc:EmbeddedDocumentBinaryObject@mimeCode": "text/csv",
        "cbc:EmbeddedDocumentBinaryObject@filename": "../Nummern.csv",
      },
    };
    const link = {
      "cbc:ID": "Handbuch",
      "cac:Attachment": { "cac:ExternalReference": { "cbc:URI": "https://netzbau.example/h" } },
    };
    const about = { "cbc:ID": "Zähler 7", "cbc:DocumentTypeCode": "130" };
    const given = { "cac:AdditionalDocumentReference": [about, reference, link] };
    const written = await write("XRECHNUNG-UBL", content(given));
    const { invoice, files } = read(await readEInvoice(written));
    expect(invoice.attachments).toMatchObject(expected);
    expect(Buffer.from(files[0]!)).toEqual(list);
    expect(files[1]).toBeNull();
  });

  test("in CII, where also the invoices before are named", async () => {
    // The library leaves these out of CII.
    const references = `
      <ram:AdditionalReferencedDocument><ram:IssuerAssignedID>Zähler 7</ram:IssuerAssignedID>
        <ram:TypeCode>130</ram:TypeCode></ram:AdditionalReferencedDocument>
      <ram:AdditionalReferencedDocument><ram:IssuerAssignedID>Liste</ram:IssuerAssignedID>
        <ram:TypeCode>916</ram:TypeCode><ram:Name>Seriennummern</ram:Name>
        <ram:AttachmentBinaryObject mimeCode="text/csv" filename="../Nummern.csv">${base64}</ram:AttachmentBinaryObject>
      </ram:AdditionalReferencedDocument>
      <ram:AdditionalReferencedDocument><ram:IssuerAssignedID>Handbuch</ram:IssuerAssignedID>
        <ram:URIID>https://netzbau.example/h</ram:URIID><ram:TypeCode>916</ram:TypeCode>
      </ram:AdditionalReferencedDocument>`;
    const preceding = `
      <ram:InvoiceReferencedDocument><ram:IssuerAssignedID>AR-1</ram:IssuerAssignedID>
        <ram:FormattedIssueDateTime><qdt:DateTimeString format="102">20210503</qdt:DateTimeString></ram:FormattedIssueDateTime>
      </ram:InvoiceReferencedDocument>`;
    const written = (await write("XRECHNUNG-CII", content())).toString();
    const xml = written
      .replace("</ram:ApplicableHeaderTradeAgreement>", `${references}$&`)
      .replace("</ram:ApplicableHeaderTradeSettlement>", `${preceding}$&`);
    const { invoice, files } = read(await readEInvoice(Buffer.from(xml)));
    expect(invoice.attachments).toMatchObject(expected);
    expect(Buffer.from(files[0]!)).toEqual(list);
    expect(invoice.precedingInvoices).toEqual([{ number: "AR-1", issuedOn: "2021-05-03" }]);
  });
});

// The profiles below EN 16931 state less; what they state is read.
test.each([
  { format: "Factur-X-Extended", lines: 2 },
  { format: "Factur-X-EN16931", lines: 2 },
  { format: "Factur-X-Basic", lines: 2 },
  { format: "Factur-X-BasicWL", lines: 0 },
  { format: "Factur-X-Minimum", lines: 0 },
])("a PDF with $format has $lines lines and its totals", async ({ format, lines }) => {
  const { invoice } = read(await readEInvoice(await write(format, content())));
  expect(invoice.lines).toHaveLength(lines);
  expect(invoice.totals).toMatchObject({ net: "1000", vat: "190", gross: "1190", due: "1190" });
});

describe("an invoice may be written in any encoding that it declares", () => {
  const declared = (encoding: string, text: string) =>
    text.replace(/<\?xml[^>]*\?>/, `<?xml version="1.0" encoding="${encoding}"?>`);

  test.each([
    { encoding: "UTF-8", write: (text: string) => Buffer.from(text) },
    { encoding: "UTF-8", write: (text: string) => Buffer.from(`\ufeff${text}`) },
    { encoding: "UTF-16", write: (text: string) => Buffer.from(`\ufeff${text}`, "utf16le") },
    { encoding: "UTF-16", write: (text: string) => Buffer.from(text, "utf16le") },
    {
      encoding: "UTF-16",
      write: (text: string) => Buffer.from(`\ufeff${text}`, "utf16le").swap16(),
    },
    { encoding: "UTF-16", write: (text: string) => Buffer.from(text) },
    { encoding: "ISO-8859-1", write: (text: string) => Buffer.from(text, "latin1") },
    { encoding: "windows-1252", write: (text: string) => Buffer.from(text, "latin1") },
  ])("$encoding", async ({ encoding, write: encode }) => {
    const xml = declared(encoding, await plain());
    const { invoice } = read(await readEInvoice(encode(xml)));
    expect(invoice.seller.contact[0]).toBe("Jo Öhler");
  });

  test("references to characters are characters, as many as there are", async () => {
    const xml = await plain();
    const many = xml.replace("Tablet", "Gr&#246;&#xdf;e &amp; Farbe ".repeat(5_000));
    const { invoice } = read(await readEInvoice(Buffer.from(many)));
    expect(invoice.lines[0]!.name).toHaveLength(14 * 5_000 - 1);
  });
});

describe("what is no e-invoice is refused, and says why", () => {
  const bomb = `<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><Invoice>&b;</Invoice>`;
  const foreign = `<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><Invoice>&a;</Invoice>`;
  const nested = `${"<Invoice>".repeat(70)}${"</Invoice>".repeat(70)}`;
  const wide = `<Invoice>${"<a/>".repeat(mostXmlElements * 2)}</Invoice>`;
  const utf7 = `<?xml version="1.0" encoding="UTF-7"?><Invoice/>`;
  const broken = `<?xml version="1.0" encoding="UTF-8"?><Invoice>\xe4</Invoice>`;
  // prettier-ignore
  test.each([
    { what: "a bomb of entities",       xml: bomb,                                                 rule: "e_invoice_with_doctype" },
    { what: "an entity of another file", xml: foreign,                                             rule: "e_invoice_with_doctype" },
    { what: "elements too deep",        xml: nested,                                               rule: "e_invoice_not_well_formed" },
    { what: "elements without number",  xml: wide,                                                 rule: "e_invoice_too_many_elements" },
    { what: "an XML too large",         xml: `<Invoice>${" ".repeat(mostXmlBytes)}</Invoice>`,     rule: "e_invoice_xml_too_large" },
    { what: "a name that poisons",      xml: `<Invoice><__proto__><ID>1</ID></__proto__></Invoice>`, rule: "e_invoice_not_well_formed" },
    { what: "an unknown encoding",      xml: utf7,                                                 rule: "e_invoice_encoding_unknown" },
    { what: "another encoding than said", xml: broken,                                             rule: "e_invoice_encoding_wrong" },
    { what: "XML cut off",              xml: `<Invoice><ID>1</ID>`,                                rule: "e_invoice_not_well_formed" },
    { what: "two roots",                xml: `<Invoice/><Invoice/>`,                               rule: "e_invoice_not_well_formed" },
    { what: "plain text",               xml: `Rechnung Nr. 1`,                                     rule: "e_invoice_not_well_formed" },
    { what: "a web page",               xml: `<html><body>Rechnung</body></html>`,                 rule: "e_invoice_unknown_kind" },
    { what: "ZUGFeRD 1",                xml: `<rsm:CrossIndustryDocument xmlns:rsm="urn:x"/>`,     rule: "e_invoice_zugferd_1" },
    { what: "an empty invoice",         xml: `<Invoice/>`,                                         rule: "e_invoice_lacks" },
  ])("$what", async ({ xml, rule }) => {
    const started = performance.now();
    const answer = await readEInvoice(Buffer.from(xml, "latin1"));
    expect(answer).toMatchObject({ problem: { field: "file", rule } });
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  // prettier-ignore
  test.each([
    { what: "no number",         from: /<cbc:ID>RE-2021\/17<\/cbc:ID>/,       to: "",                                    problem: { rule: "e_invoice_lacks", term: "BT-1" } },
    { what: "no seller",         from: /<cbc:RegistrationName>Netzbau GmbH<\/cbc:RegistrationName>/, to: "",             problem: { rule: "e_invoice_lacks", term: "BT-27" } },
    { what: "no amount due",     from: /<cbc:PayableAmount.*?<\/cbc:PayableAmount>/, to: "",                             problem: { rule: "e_invoice_lacks", term: "BT-115" } },
    { what: "a line without amount", from: /<cbc:LineExtensionAmount currencyID="EUR">100.00<\/cbc:LineExtensionAmount>/, to: "", problem: { rule: "e_invoice_lacks", term: "BT-131" } },
    { what: "a German amount",   from: />1190.00</g,                          to: ">1.190,00<",                          problem: { rule: "e_invoice_not_an_amount", term: "BT-112", found: "1.190,00" } },
    { what: "a float",           from: />1190.00</g,                          to: ">1.19e3<",                            problem: { rule: "e_invoice_not_an_amount" } },
    { what: "half a cent",       from: />1190.00</g,                          to: ">1190.005<",                          problem: { rule: "e_invoice_not_an_amount" } },
    { what: "no number at all",  from: />1190.00</g,                          to: ">NaN<",                               problem: { rule: "e_invoice_not_an_amount" } },
    { what: "a huge amount",     from: />1190.00</g,                          to: `>${"9".repeat(30)}<`,                 problem: { rule: "e_invoice_not_an_amount" } },
    { what: "a day that is none", from: /2021-06-01/,                         to: "2021-02-30",                          problem: { rule: "e_invoice_not_a_day", term: "BT-2" } },
    { what: "Swiss francs",      from: /EUR/g,                                to: "CHF",                                 problem: { rule: "e_invoice_other_currency", currency: "CHF" } },
    { what: "no currency",       from: /<cbc:DocumentCurrencyCode>EUR<\/cbc:DocumentCurrencyCode>/, to: "",              problem: { rule: "e_invoice_lacks", term: "BT-5" } },
  ])("an invoice with $what", async ({ from, to, problem }) => {
    const xml = await plain();
    expect(xml).toMatch(from);
    expect(await readEInvoice(Buffer.from(xml.replace(from, to)))).toMatchObject({ problem });
  });

  test("a PDF without an e-invoice, a locked, a broken and swollen ones", async () => {
    const plain = await PDFDocument.create();
    plain.addPage();
    const saved = Buffer.from(await plain.save());
    expect(await readEInvoice(saved)).toMatchObject({ problem: { rule: "pdf_without_e_invoice" } });

    const locked = await PDFDocument.create();
    locked.addPage();
    locked.encrypt({ ownerPassword: "a", userPassword: "b" });
    expect(await readEInvoice(Buffer.from(await locked.save()))).toMatchObject({
      problem: { rule: "pdf_with_password" },
    });

    const cut = saved.subarray(0, saved.length / 2);
    expect(await readEInvoice(cut)).toMatchObject({ problem: { rule: /pdf_/ } });

    for (const type of ["/Type/ObjStm/N 1/First 4", "/Type/Obj#53tm/N 1/First 4", "/Type /XRef"]) {
      const packedObjects = pdfWith(deflateSync(Buffer.alloc(100 * 1024 * 1024, "1 0 ")), type);
      expect(await readEInvoice(packedObjects)).toMatchObject({ problem: { rule: "pdf_broken" } });
    }
    const swollen = pdfWith(deflateSync(Buffer.alloc(100 * 1024 * 1024, " ")));
    expect(await readEInvoice(swollen)).toMatchObject({
      problem: { rule: "e_invoice_xml_too_large" },
    });
  });
});

/** A PDF written by hand whose embedded file, or another stream, unpacks to whatever it likes. */
function pdfWith(packed: Buffer, type = "/Type/EmbeddedFile"): Buffer {
  const head = `%PDF-1.7
1 0 obj<</Type/Catalog/Pages 2 0 R/AF[4 0 R]>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj
4 0 obj<</Type/Filespec/F(factur-x.xml)/EF<</F 5 0 R>>>>endobj
5 0 obj<<${type}/Filter/FlateDecode/Length ${packed.length}>>stream
`;
  const tail = "\nendstream\nendobj\ntrailer<</Root 1 0 R/Size 6>>\n%%EOF\n";
  return Buffer.concat([Buffer.from(head), packed, Buffer.from(tail)]);
}

function read(answer: Awaited<ReturnType<typeof readEInvoice>>): ReadEInvoice {
  if ("problem" in answer) throw new Error(JSON.stringify(answer.problem));
  return answer;
}
