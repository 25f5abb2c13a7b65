/**
 * `npm run create-administrator -- "Schulträger" "Name" adresse@example.de`: founds a school authority with its
 * first administrator, whose password is made here and printed once. Of a name that is there already only with
 * `--second`: typed twice it would make two authorities, of which one stays empty.
 */
import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { withDatabase } from "./with-database.ts";

const { values, positionals } = parseArgs({
  options: { second: { type: "boolean", default: false } },
  allowPositionals: true,
});
const [authority, name, email, ...others] = positionals.map((argument) => argument.trim());

await withDatabase(async () => {
  if (!authority || !name || !email?.includes("@") || others.length > 0) {
    console.error(
      'Aufruf: npm run create-administrator -- "Samtgemeinde Musterstadt" "Vorname Nachname" name@example.de',
    );
    return 1;
  }
  const { authoritiesNamed } = await import("#app/records/operator.server.ts");
  const [same] = await authoritiesNamed(authority);
  if (same && !values.second) {
    console.error(
      `${authority} ist schon eingerichtet und hat ${administratorsWords(same.administrators)}. ` +
        "Weitere Zugänge legt die Verwaltung unter „Zugänge“ an; wer nicht mehr hineinkommt: " +
        "npm run reset-access -- ADRESSE. Für einen zweiten Schulträger desselben Namens: --second.",
    );
    return 1;
  }
  const { foundWithUsers } = await import("#app/records/users.server.ts");
  const password = randomBytes(12).toString("base64url");
  try {
    const draft = { name, email, roles: ["administrator" as const], password };
    await foundWithUsers({ name: authority, isExample: false }, [draft]);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return 1;
  }
  console.log(`${authority} ist eingerichtet. Anmelden mit ${email} und dem Passwort ${password}`);
  return 0;
});

function administratorsWords(count: number): string {
  if (count === 0) return "keinen offenen Zugang der Verwaltung";
  return count === 1 ? "einen Zugang der Verwaltung" : `${count} Zugänge der Verwaltung`;
}
