/** `npm run demo`: loads the example into a database that has no users yet. */
import { withDatabase } from "./with-database.ts";

await withDatabase(async () => {
  const { hasUsers } = await import("#app/records/users.server.ts");
  if (await hasUsers()) {
    console.error("Diese Datenbank ist nicht leer; das Beispiel wird nur in eine leere geladen.");
    return 1;
  }
  const { loadDemo } = await import("#app/demo/load-demo.server.ts");
  const { roleWords } = await import("#app/german/words.ts");
  const { logins } = await loadDemo();
  console.log("Das Beispiel ist geladen. Anmelden mit:");
  for (const { email, password, roles } of logins) {
    console.log(`  ${email}  ${password}  (${roles.map((role) => roleWords[role]).join(", ")})`);
  }
  return 0;
});
