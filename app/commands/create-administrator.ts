/**
 * `npm run create-administrator -- "Schulträger" "Name" adresse@example.de`: founds a school authority
 * with its first administrator, whose password is made here and printed once.
 */
import { randomBytes } from "node:crypto";
import { withDatabase } from "./with-database.ts";

const [authority, name, email] = process.argv.slice(2).map((argument) => argument.trim());

await withDatabase(async () => {
  if (!authority || !name || !email?.includes("@")) {
    console.error(
      'Aufruf: npm run create-administrator -- "Samtgemeinde Musterstadt" "Vorname Nachname" name@example.de',
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
