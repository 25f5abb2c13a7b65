/** XML as a tree of elements by their local names, every value as the text that it is. */
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { refusal } from "./xml-text.ts";

type Parsed = { "#text"?: string; "@"?: Record<string, string> } & { [name: string]: unknown };

const parser = new XMLParser({
  ignoreAttributes: false,
  attributesGroupName: "@",
  attributeNamePrefix: "",
  removeNSPrefix: true,
  parseTagValue: false, // an amount is never a number
  parseAttributeValue: false,
  alwaysCreateTextNode: true,
  isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute,
  ignoreDeclaration: true,
  ignorePiTags: true,
  htmlEntities: true, // numeric references such as &#228; too
  maxNestedTags: 60,
  jPath: false,
});

/** The root of the document. @throws Refusal */
export function parseXml(text: string): XmlElement {
  const valid = XMLValidator.validate(text);
  if (valid !== true) throw refusal({ rule: "e_invoice_not_well_formed", line: valid.err.line });
  let parsed: Parsed;
  try {
    parsed = parser.parse(text) as Parsed;
  } catch {
    // Too deep, or a name that no invoice has.
    throw refusal({ rule: "e_invoice_not_well_formed", line: null });
  }
  const roots = Object.keys(parsed).filter((name) => name !== "#text" && name !== "@");
  const [name] = roots;
  const elements = name ? (parsed[name] as Parsed[]) : [];
  if (roots.length !== 1 || elements.length !== 1) {
    throw refusal({ rule: "e_invoice_not_well_formed", line: null });
  }
  return new XmlElement(name!, elements[0]!);
}

export class XmlElement {
  constructor(
    readonly name: string,
    private readonly parsed: Parsed,
  ) {}

  /** Its text, without what no book and no database keeps; null where it is empty. */
  get text(): string | null {
    return kept(this.parsed["#text"]);
  }

  attribute(name: string): string | null {
    const attributes = this.parsed["@"];
    return attributes && Object.hasOwn(attributes, name) ? kept(attributes[name]) : null;
  }

  /** All elements at a path such as "Item/Name", in their order. */
  all(path: string): XmlElement[] {
    return path
      .split("/")
      .reduce<XmlElement[]>((found, name) => found.flatMap((one) => one.children(name)), [this]);
  }

  first(path: string): XmlElement | undefined {
    return this.all(path)[0];
  }

  /** The text at the first of the paths that has one. */
  textAt(...paths: string[]): string | null {
    for (const path of paths) {
      const text = this.all(path).find((one) => one.text !== null)?.text;
      if (text) return text;
    }
    return null;
  }

  textsAt(path: string): string[] {
    return this.all(path).flatMap(({ text }) => text ?? []);
  }

  private children(name: string): XmlElement[] {
    const found = Object.hasOwn(this.parsed, name) ? this.parsed[name] : undefined;
    return Array.isArray(found) ? found.map((child) => new XmlElement(name, child as Parsed)) : [];
  }
}

const unkeepable = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]/g;

function kept(text: string | undefined): string | null {
  return text?.replace(unkeepable, "").toWellFormed().trim() || null;
}
