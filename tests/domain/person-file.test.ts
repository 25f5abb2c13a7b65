import { expect, test } from "vitest";
import { shownValue } from "#app/german/person-file-words.ts";

test.each([
  { column: "begun_by", value: "password", said: "Passwort" },
  { column: "after", value: '{"Rollen":"Schule GS Nord"}', said: "Rollen: Schule GS Nord" },
  {
    column: "after",
    value: '{"Rollen":["Kasse"],"Bank":null}',
    said: 'Rollen: ["Kasse"]; Bank: null',
  },
  { column: "text", value: "2026-11-27", said: "27.11.2026" },
  { column: "text", value: "{kein JSON}", said: "{kein JSON}" },
  { column: "text", value: undefined, said: "–" },
])("a person reads $column $value as $said", ({ column, value, said }) => {
  expect(shownValue(column, value)).toBe(said);
});
