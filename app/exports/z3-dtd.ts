/**
 * The grammar of index.xml in the Beschreibungsstandard of 1 September 2004: the elements, their order and their
 * number are those of the standard, so that what it accepts is accepted here; the words are our own.
 */
export const dtdName = "gdpdu-01-09-2004.dtd";

const texts = [
  ...["Version", "Location", "Comment", "Length", "References", "From", "To", "AcceptNoTables"],
  ...["MaxLength", "TextEncapsulator", "Accuracy", "ImpliedAccuracy", "Format", "DecimalSymbol"],
  ...["DigitGroupingSymbol", "Command", "URL", "Description", "Name", "Epoch"],
  ...["ColumnDelimiter", "RecordDelimiter", "SkipNumBytes"],
];
const marks = ["AlphaNumeric", "ANSI", "Macintosh", "OEM", "UTF16", "UTF7", "UTF8"];

const column = (type: string, rest = "") => `(Name, Description?, ${type}, Map*${rest})`;
const keysFirst = (kind: string) => `((${kind}PrimaryKey+, ${kind}Column*) | (${kind}Column+))`;
const variable = "(Numeric | (AlphaNumeric, MaxLength?) | Date)";
const fixed = "(Numeric | AlphaNumeric | Date)";

const models: Record<string, string> = {
  DataSet: "(Extension*, Version, DataSupplier?, Command*, Media+, Command*)",
  Extension: "(Name, URL)",
  DataSupplier: "(Name, Location, Comment)",
  // The standard says "Command*, Table*, Command*": the same, but a validator can't tell the two apart.
  Media: "(Name, Command*, (Table+, Command*)?, AcceptNoTables?)",
  Table: `(URL, Name?, Description?, Validity?, (ANSI | Macintosh | OEM | UTF16 | UTF7 | UTF8)?,
  (DecimalSymbol, DigitGroupingSymbol)?, SkipNumBytes?, Range?, Epoch?, (VariableLength | FixedLength))`,
  Validity: "(Range, Format?)",
  Range: "(From, (To | Length)?)",
  FixedRange: "(From, (To | Length))",
  VariableLength: `(ColumnDelimiter?, RecordDelimiter?, TextEncapsulator?,
  ${keysFirst("Variable")}, ForeignKey*)`,
  VariablePrimaryKey: column(variable),
  VariableColumn: column(variable),
  FixedLength: `((Length | RecordDelimiter)?, ${keysFirst("Fixed")}, ForeignKey*)`,
  FixedPrimaryKey: column(fixed, ", FixedRange"),
  FixedColumn: column(fixed, ", FixedRange"),
  ForeignKey: "(Name+, References, Alias*)",
  Alias: "(From, To)",
  Map: "(Description?, From, To)",
  Numeric: "((ImpliedAccuracy | Accuracy)?)",
  Date: "(Format?)",
};

export const dtd = [
  '<?xml version="1.0" encoding="UTF-8"?>',
  "<!-- Beschreibungsstandard für die Datenträgerüberlassung, Fassung vom 01.09.2004 -->",
  ...Object.entries(models).map(([name, model]) => `<!ELEMENT ${name} ${model}>`),
  ...texts.map((name) => `<!ELEMENT ${name} (#PCDATA)>`),
  ...marks.map((name) => `<!ELEMENT ${name} EMPTY>`),
  "",
].join("\n");
