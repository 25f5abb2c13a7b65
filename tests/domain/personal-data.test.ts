/** The register of personal data, compared with every column of the schema and with the page that shows it. */
import page from "../../docs/data-protection.md?raw";
import { is } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { expect, test } from "vitest";
import { personalData } from "#app/domain/personal-data.ts";
import { noPersonalData } from "#tests/support/no-personal-data.ts";

const modules = import.meta.glob<Record<string, unknown>>("../../db/schema/*.ts", { eager: true });
const tables = Object.values(modules)
  .flatMap((one) => Object.values(one))
  .filter((one): one is PgTable => is(one, PgTable));

const inDatabase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Columns that may hold anything, and those that name an account. */
function columnsOf(table: PgTable): string[] {
  const { name, columns, foreignKeys } = getTableConfig(table);
  const persons = new Set(
    foreignKeys.flatMap((key) => {
      const { columns: from, foreignColumns, foreignTable } = key.reference();
      if (getTableConfig(foreignTable).name !== "users") return [];
      return from.filter((_, at) => foreignColumns[at]!.name === "id").map((one) => one.name);
    }),
  );
  return columns
    .filter(
      (column) =>
        persons.has(column.name) ||
        /^(text|jsonb?|bytea|varchar|char|inet)/.test(column.getSQLType()),
    )
    .map((column) => `${name}.${inDatabase(column.name)}`);
}

const registered = personalData.flatMap(({ columns }) => columns);
const others = Object.entries(noPersonalData).flatMap(([table, columns]) =>
  columns.map((column) => `${table}.${column}`),
);

test("every column that may hold something personal stands in the register or in the list of those that do not", () => {
  const all = tables.flatMap(columnsOf);
  expect(all.length).toBeGreaterThan(200);
  const listed = [...registered, ...others];
  expect({
    nowhere: all.filter((column) => !listed.includes(column)),
    twice: listed.filter((column, at) => listed.indexOf(column) < at),
    notThere: listed.filter((column) => !all.includes(column)),
  }).toEqual({ nowhere: [], twice: [], notThere: [] });
});

test("the page on data protection shows the register as it is; what is printed here is pasted there", () => {
  const register = personalData.map(({ key: _key, what, columns, ...said }) => {
    const lines = Object.entries(said).map(([key, words]) => `- ${key}: ${words}`);
    const named = columns.map((column) => `\`${column}\``).join(", ");
    return [`### ${what}`, "", ...lines, `- columns: ${named}`].join("\n");
  });
  const shown = page.split("## The register\n\n")[1]?.trimEnd();
  expect(shown).toBe(register.join("\n\n"));
});
