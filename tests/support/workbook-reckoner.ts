/** Reckons the formulas of a workbook once more, exactly: those functions that an audit workbook may use. */
import Decimal from "decimal.js";
import { type Book, type Cell, columnOf, letterOf } from "./workbook-xml.ts";

const Exact = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_UP });
type Scalar = Decimal | string | boolean | null;
type Value = Scalar | Scalar[];

export type Result = Decimal | string;

/** Gives the result of a cell's formula from the values that are stored beside it. @throws Error saying why not */
export function reckoner(book: Book): (sheet: string, formula: string) => Result {
  const ranges = new Map<string, Scalar[]>();
  const cellsOf = new Map(book.sheets.map(({ name, cells }) => [name, cells]));
  const nameOf = new Map(book.names.map(({ name, refersTo }) => [name, refersTo]));

  const read = (reference: string, home: string): Scalar[] => {
    const known = ranges.get(`${home} ${reference}`);
    if (known) return known;
    const found = /^(?:'([^']+)'!)?\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?$/.exec(reference);
    if (!found) throw new Error(`${reference} is no range`);
    const [, sheet = home, from, top, to = from, bottom = top] = found;
    const cells = cellsOf.get(sheet);
    if (!cells) throw new Error(`no sheet ${sheet}`);
    const values: Scalar[] = [];
    for (let row = Number(top); row <= Number(bottom); row += 1) {
      for (let column = columnOf(from!); column <= columnOf(to!); column += 1) {
        values.push(valueOf(cells.get(`${letterOf(column)}${row}`)));
      }
    }
    ranges.set(`${home} ${reference}`, values);
    return values;
  };
  const named = (name: string, home: string): Scalar[] => {
    const reference = nameOf.get(name);
    if (reference === undefined) throw new Error(`no name ${name}`);
    return read(reference, home);
  };
  return (home, formula) => {
    const tokens = formula.match(token) ?? [];
    if (tokens.join("") !== formula) throw new Error(`can't be read: ${formula}`);
    const value = new Reader(tokens, (one) =>
      cellReference.test(one) ? read(one, home) : named(one, home),
    ).whole();
    const single = Array.isArray(value) && value.length === 1 ? value[0]! : value;
    if (single instanceof Decimal || typeof single === "string") return single;
    throw new Error(`gives no value: ${formula}`);
  };
}

function valueOf(cell: Cell | undefined): Scalar {
  const value = cell?.value ?? null;
  return typeof value === "number" ? new Exact(value) : value;
}

const token =
  /"(?:[^"]|"")*"|\d+(?:\.\d+)?|[\p{L}_][\p{L}\p{N}_.]*(?::[A-Z]+\d+)?|<>|<=|>=|[-+*/&=<>(),]/gu;
const cellReference = /^[A-Z]{1,3}\d+(?::[A-Z]{1,3}\d+)?$/;

/** Recursive descent: comparison, joining, sum, product, sign, value. */
class Reader {
  private position = 0;
  constructor(
    private readonly tokens: string[],
    private readonly lookUp: (name: string) => Scalar[],
  ) {}

  whole(): Value {
    const value = this.comparison();
    if (this.position < this.tokens.length) throw new Error(`unexpected ${this.peek()}`);
    return value;
  }

  private peek(): string | undefined {
    return this.tokens[this.position];
  }

  private take(...wanted: string[]): string | undefined {
    const next = this.peek();
    if (next === undefined || !wanted.includes(next)) return undefined;
    this.position += 1;
    return next;
  }

  private comparison(): Value {
    let left = this.joined();
    for (let sign; (sign = this.take("=", "<>", "<=", ">=", "<", ">")); ) {
      const wanted = sign;
      left = each(left, this.joined(), (a, b) => compares(a, wanted, b));
    }
    return left;
  }

  private joined(): Value {
    let left = this.sum();
    while (this.take("&")) left = each(left, this.sum(), (a, b) => textOf(a) + textOf(b));
    return left;
  }

  private sum(): Value {
    let left = this.product();
    for (let sign; (sign = this.take("+", "-")); ) {
      const isPlus = sign === "+";
      left = each(left, this.product(), (a, b) => {
        return isPlus ? numberOf(a).plus(numberOf(b)) : numberOf(a).minus(numberOf(b));
      });
    }
    return left;
  }

  private product(): Value {
    let left = this.signed();
    for (let sign; (sign = this.take("*", "/")); ) {
      const isTimes = sign === "*";
      left = each(left, this.signed(), (a, b) => {
        return isTimes ? numberOf(a).times(numberOf(b)) : numberOf(a).div(numberOf(b));
      });
    }
    return left;
  }

  private signed(): Value {
    if (this.take("-")) return each(this.signed(), null, (a) => numberOf(a).negated());
    return this.value();
  }

  private value(): Value {
    if (this.take("(")) {
      const value = this.comparison();
      if (!this.take(")")) throw new Error("a bracket is open");
      return value;
    }
    const next = this.tokens[this.position++];
    if (next === undefined) throw new Error("the formula ends too early");
    if (next.startsWith('"')) return next.slice(1, -1).replaceAll('""', '"');
    if (/^\d/.test(next)) return new Exact(next);
    if (this.take("(")) return this.call(next);
    const values = this.lookUp(next);
    return values.length === 1 && cellReference.test(next) ? values[0]! : values;
  }

  private call(name: string): Value {
    const given: Value[] = [];
    if (!this.take(")")) {
      do given.push(this.comparison());
      while (this.take(","));
      if (!this.take(")")) throw new Error(`${name} is open`);
    }
    const does = functions[name];
    if (!does) throw new Error(`${name} is no function of an audit workbook`);
    return does(given);
  }
}

const functions: Record<string, (given: Value[]) => Value> = {
  SUM: (given) => total(numbersIn(given)),
  COUNT: (given) => new Exact(numbersIn(given).length),
  MAX: biggest,
  MIN: (given) => {
    const numbers = numbersIn(given);
    return numbers.length === 0 ? new Exact(0) : Exact.min(...numbers);
  },
  ABS: ([value]) => each(value!, null, (one) => numberOf(one).abs()),
  ROUND: ([value, places]) =>
    each(value!, places!, (one, to) => {
      return numberOf(one).toDecimalPlaces(numberOf(to).toNumber(), Decimal.ROUND_HALF_UP);
    }),
  IF: ([condition, yes, no]) => (condition === true ? yes! : no!),
  HYPERLINK: ([, text]) => text!,
  SUMPRODUCT: ([value]) => total(list(value!).map(numberOf)),
  SUMIFS: ([sums, ...criteria]) => {
    const isMet = meeting(criteria);
    return total(numbersIn(list(sums!).filter((_, index) => isMet(index))));
  },
  COUNTIF: (given) => {
    const isMet = meeting(given);
    return new Exact(list(given[0]!).filter((_, index) => isMet(index)).length);
  },
};

function biggest(given: Value[]): Decimal {
  const numbers = numbersIn(given);
  return numbers.length === 0 ? new Exact(0) : Exact.max(...numbers);
}

/** Pairs of a range and a criterion, such as ">0", a word or a number. */
function meeting(pairs: Value[]): (index: number) => boolean {
  const checks: ((index: number) => boolean)[] = [];
  for (let pair = 0; pair < pairs.length; pair += 2) {
    const cells = list(pairs[pair]!);
    const wanted = list(pairs[pair + 1]!)[0]!;
    const compared = typeof wanted === "string" ? /^(>)(-?\d+)$/.exec(wanted) : null;
    if (compared) {
      const limit = new Exact(compared[2]!);
      checks.push((index) => {
        const cell = cells[index];
        return cell instanceof Decimal && cell.greaterThan(limit);
      });
    } else checks.push((index) => cells[index] !== null && compares(cells[index]!, "=", wanted));
  }
  return (index) => checks.every((check) => check(index));
}

function compares(a: Scalar, sign: string, b: Scalar): boolean {
  if (typeof a === "string" || typeof b === "string") {
    const isSame = textOf(a).toLowerCase() === textOf(b).toLowerCase();
    const areTexts = typeof (a ?? "") === "string" && typeof (b ?? "") === "string";
    if (sign === "=") return areTexts && isSame;
    if (sign === "<>") return !(areTexts && isSame);
    throw new Error("texts are not put in order here");
  }
  const order = numberOf(a).comparedTo(numberOf(b));
  if (sign === "=") return order === 0;
  if (sign === "<>") return order !== 0;
  return sign.startsWith("<")
    ? order < 0 || (sign === "<=" && order === 0)
    : order > 0 || (sign === ">=" && order === 0);
}

function each(a: Value, b: Value, of: (a: Scalar, b: Scalar) => Scalar): Value {
  if (!Array.isArray(a) && !Array.isArray(b)) return of(a, b);
  const [left, right] = [list(a), list(b)];
  const length = Math.max(left.length, right.length);
  const at = (values: Scalar[], index: number) => values[values.length === 1 ? 0 : index] ?? null;
  return Array.from({ length }, (_, index) => of(at(left, index), at(right, index)));
}

function list(value: Value): Scalar[] {
  return Array.isArray(value) ? value : [value];
}

function numbersIn(values: Value[]): Decimal[] {
  return values.flatMap(list).filter((one): one is Decimal => one instanceof Decimal);
}

function total(numbers: Decimal[]): Decimal {
  return numbers.reduce((sum, one) => sum.plus(one), new Exact(0));
}

function numberOf(value: Scalar): Decimal {
  if (value instanceof Decimal) return new Exact(value);
  if (value === null) return new Exact(0);
  if (typeof value === "boolean") return new Exact(value ? 1 : 0);
  throw new Error(`no number: ${value}`);
}

function textOf(value: Scalar): string {
  if (value === null) return "";
  return value instanceof Decimal ? value.toFixed() : String(value);
}
