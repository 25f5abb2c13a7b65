/**
 * `npm run retention -- administrator@example.de`: lists whose name may go and why; changes nothing. With
 * `--act MARK`, the mark under that list, the names give way to pseudonyms. `--person ADDRESS` prints all that
 * is on file about one person as JSON (Art. 15 GDPR).
 */
import { parseArgs } from "node:util";
import { OperatorError } from "#app/operator-error.ts";
import { withDatabase } from "./with-database.ts";

const { values, positionals } = parseArgs({
  options: { act: { type: "string" }, person: { type: "string" } },
  allowPositionals: true,
});

await withDatabase(async () => {
  const { listAdministrators, findPerson } = await import("#app/records/users.server.ts");
  const retention = await import("#app/records/retention.server.ts");
  const { personOnFile } = await import("#app/records/person-file.server.ts");
  const acting = await listAdministrators(positionals[0] ?? "");
  if (acting.length === 0) {
    throw new OperatorError(
      "Aufruf: npm run retention -- verwaltung@example.de; es muss die Adresse einer Verwaltung sein.",
    );
  }
  let found = 0;
  for (const user of acting) {
    if (values.person !== undefined) {
      const id = await findPerson(user, values.person);
      if (id) {
        found++;
        console.log(JSON.stringify(await personOnFile(user, id, "Befehl"), undefined, 2));
      }
      continue;
    }
    if (values.act !== undefined) {
      const done = await retention.pseudonymiseDue(user, values.act);
      if ("rule" in done) {
        throw new OperatorError(
          done.rule === "no_basis"
            ? "Zuerst ist auf der Seite Datenschutz festzulegen, wie lange und auf welcher Grundlage Namen aufbewahrt werden."
            : "Die Liste ist eine andere als die bestätigte; bitte neu ansehen.",
        );
      }
      console.log(`${done.persons.length} Personen haben ein Pseudonym.`);
      continue;
    }
    const { persons, mark } = await retention.listRetention(user);
    for (const { name, email, lastDeedOn, dueOn } of persons) {
      console.log(`  ${name}, ${email}: letzter Vorgang ${lastDeedOn}, aufzubewahren bis ${dueOn}`);
    }
    console.log(
      persons.length === 0
        ? "Es gibt niemanden, dessen Aufbewahrung abgelaufen ist."
        : `Namen und Adressen ersetzen: npm run retention -- ${user.email} --act ${mark}`,
    );
  }
  if (values.person !== undefined && found === 0) {
    throw new OperatorError(`Zu ${values.person} ist bei diesem Schulträger nichts gespeichert.`);
  }
  return 0;
});
