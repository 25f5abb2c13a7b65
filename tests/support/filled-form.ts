/**
 * Fills a form by the schema by which its own action reads it: whoever asks for foreign ids must get past the fields,
 * or the ids are never looked at. The schema is seen when the action reads a form (`watchReading`). It imports nothing
 * of the program: it is loaded in place of a part that the program's own files wait for.
 */
import { z } from "zod";

type Reading = { schema: z.ZodObject; isGood: boolean };

/** Each form that was read since the list was emptied, and whether its fields were all good. */
export const readings: Reading[] = [];

/** The reader itself; what it was given and found is written down. */
export function watchReading<Given extends [unknown, { schema: unknown }], Read>(
  read: (...given: Given) => Read,
): (...given: Given) => Read {
  return (...given) => {
    const answer = read(...given);
    const { schema } = given[1];
    const { status } = answer as { status?: string };
    if (schema instanceof z.ZodObject) readings.push({ schema, isGood: status === "success" });
    return answer;
  };
}

/** What fields take that are no choice: the first that a field accepts is entered. */
const fitting = [
  ...["Text", "10,00", "10", "1", "2026", "01.06.2026", "on"],
  ...["post@example.org", "DE89370400440532013000", "00000000-0000-4000-8000-000000000000"],
];

/** All fields of a schema filled, with one row in each list; where a name asks for an id, the one given or nobody's. */
export function filled(
  schema: z.ZodObject,
  idOf: (name: string) => string | undefined,
  within = "",
): Record<string, string> {
  const body: Record<string, string> = {};
  for (const [name, field] of Object.entries(schema.shape as Record<string, z.ZodType>)) {
    const rows = rowOf(field);
    if (rows) Object.assign(body, filled(rows, idOf, `${name}[0].`));
    else body[within + name] = idOf(name) ?? valueFor(field);
  }
  return body;
}

function valueFor(field: z.ZodType): string {
  const values = [...choicesOf(field), ...fitting];
  return values.find((value) => field.safeParse(value).success) ?? "Text";
}

/** What stands within an optional field, one with a default, or one that is read further. */
function within(field: z.ZodType): z.ZodType | undefined {
  if (field instanceof z.ZodOptional || field instanceof z.ZodDefault) {
    return field.unwrap() as z.ZodType;
  }
  if (field instanceof z.ZodNullable) return field.unwrap() as z.ZodType;
  return field instanceof z.ZodPipe ? (field.in as z.ZodType) : undefined;
}

function choicesOf(field: z.ZodType): string[] {
  if (field instanceof z.ZodEnum) return field.options.map(String);
  if (field instanceof z.ZodUnion) return (field.options as z.ZodType[]).flatMap(choicesOf);
  const inner = within(field);
  return inner ? choicesOf(inner) : [];
}

function rowOf(field: z.ZodType): z.ZodObject | undefined {
  if (field instanceof z.ZodArray) return rowOf(field.element as z.ZodType);
  if (field instanceof z.ZodObject) return field;
  const inner = within(field);
  return inner && rowOf(inner);
}
