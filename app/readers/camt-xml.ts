/** The XML of a bank's message as a tree of text, or why it is not read. */
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { mostOfStatement, type StatementViolation } from "#app/domain/bank-statement.ts";
import type { ReadingViolation } from "#app/domain/reading.ts";
import { decodeText } from "./text.ts";

/** Thrown deep inside the reader, caught at its door. */
export class StatementRefusal extends Error {
  constructor(readonly problem: StatementViolation | ReadingViolation) {
    super(problem.rule);
  }
}

/** An element: its text, or its children and attributes ("@Ccy") by name. */
export type Element = string | { [name: string]: Element | Element[] };

/** Text stays text: an amount must not become a float, nor a number lose its leading zeros. */
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  htmlEntities: true, // else it leaves &#228; as it stands
  maxNestedTags: 60,
});

/** The tree, and the tag of its root: the parser drops the names of the namespaces with their prefixes. */
export type Message = { tree: Element; rootTag: string };

/**
 * The message as a tree. Nothing is expanded that a document may define for itself: a DOCTYPE, which no
 * bank's message has, ends the reading.
 * @throws StatementRefusal
 */
export function parseMessage(bytes: Uint8Array): Message {
  if (bytes.length > mostOfStatement.bytes) throw refusal("statement_too_large");
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) throw refusal("statement_zipped");
  const text = decodeText(bytes);
  if (/<!\s*(DOCTYPE|ENTITY)/i.test(text)) throw refusal("statement_with_doctype");
  if (
    !text
      .trimStart()
      .replace(/^\ufeff/, "")
      .startsWith("<")
  ) {
    throw refusal("statement_of_other_kind");
  }
  try {
    if (XMLValidator.validate(text) === true) {
      const rootTag = /<[^?!][^>]*>/.exec(text)?.[0] ?? "";
      return { tree: parser.parse(text) as Element, rootTag };
    }
  } catch {
    // Too deep, or a name that no message has.
  }
  throw new StatementRefusal({ field: "file", rule: "file_unreadable" });
}

type PlainRule = Exclude<
  StatementViolation["rule"],
  "statement_of_other_version" | "statement_not_in_euro" | "statement_recorded_before"
>;

export function refusal(rule: PlainRule): StatementRefusal {
  return new StatementRefusal({ field: "file", rule });
}

/** All elements at the end of a path, in their order. */
export function all(element: Element | undefined, ...path: string[]): Element[] {
  const [name, ...rest] = path;
  if (element === undefined) return [];
  if (name === undefined) return [element];
  if (typeof element === "string" || !Object.hasOwn(element, name)) return [];
  const found = element[name]!;
  return (Array.isArray(found) ? found : [found]).flatMap((one) => all(one, ...rest));
}

export function first(element: Element | undefined, ...path: string[]): Element | undefined {
  return all(element, ...path)[0];
}

/** The text at the end of a path, in one line; empty where there is none. */
export function textAt(element: Element | undefined, ...path: string[]): string {
  return textOf(first(element, ...path));
}

export function textOf(element: Element | undefined): string {
  const text = typeof element === "object" ? element["#text"] : element;
  return typeof text === "string" ? inOneLine(text) : "";
}

/** Without control characters, which neither PostgreSQL nor a spreadsheet keeps. */
function inOneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\0-\x1f\x7f\u2028\u2029\ufffe\uffff]+/g, " ")
    .trim();
}
