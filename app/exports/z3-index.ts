/** index.xml of a Z3 export: which files there are, and what stands in their columns. */
import type { Z3Column, Z3Head, Z3Kind, Z3Table } from "#app/domain/z3.ts";
import { dtdName } from "./z3-dtd.ts";

export function indexXml({ supplier, location, comment }: Z3Head, tables: Z3Table[]): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<!DOCTYPE DataSet SYSTEM "${dtdName}">`,
    "<DataSet>",
    "<Version>1.0</Version>",
    `<DataSupplier>${element("Name", supplier)}${element("Location", location)}${element("Comment", comment)}</DataSupplier>`,
    `<Media>${element("Name", "Paktbuch")}`,
    ...tables.map((table) => tableXml(table, tables)),
    "</Media>",
    "</DataSet>",
    "",
  ].join("\n");
}

function tableXml({ file, name, note, columns, references }: Z3Table, all: Z3Table[]): string {
  const [key, ...others] = columns;
  return [
    "<Table>",
    element("URL", file) + element("Name", name) + element("Description", note),
    "<UTF8/><DecimalSymbol>,</DecimalSymbol><DigitGroupingSymbol>.</DigitGroupingSymbol>",
    // The first record has the names of the columns.
    "<Range><From>2</From></Range>",
    "<VariableLength>",
    "<ColumnDelimiter>;</ColumnDelimiter><RecordDelimiter>&#13;&#10;</RecordDelimiter>" +
      "<TextEncapsulator>&quot;</TextEncapsulator>",
    columnXml("VariablePrimaryKey", key!),
    ...others.map((column) => columnXml("VariableColumn", column)),
    ...references.map((reference) => foreignKey(reference, all)),
    "</VariableLength>",
    "</Table>",
  ].join("\n");
}

const types: Record<Z3Kind, string> = {
  text: "<AlphaNumeric/>",
  amount: "<Numeric><Accuracy>2</Accuracy></Numeric>",
  whole: "<Numeric/>",
  day: "<Date><Format>DD.MM.YYYY</Format></Date>",
};

function columnXml(tag: string, { name, kind, note }: Z3Column): string {
  const description = note ? element("Description", note) : "";
  return `<${tag}>${element("Name", name)}${description}${types[kind]}</${tag}>`;
}

/** @throws RangeError for a table that is not in the export */
function foreignKey({ column, table }: Z3Table["references"][number], all: Z3Table[]): string {
  const target = all.find(({ name }) => name === table);
  if (!target) throw new RangeError(`no table ${table} in the export`);
  const key = target.columns[0]!.name;
  const alias =
    key === column ? "" : `<Alias>${element("From", column)}${element("To", key)}</Alias>`;
  return `<ForeignKey>${element("Name", column)}${element("References", table)}${alias}</ForeignKey>`;
}

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
/** What XML 1.0 has no way to write. */
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

function element(name: string, text: string): string {
  const readable = text.toWellFormed().replace(unwritable, "\ufffd");
  return `<${name}>${readable.replace(/[&<>]/g, (sign) => escapes[sign]!)}</${name}>`;
}
