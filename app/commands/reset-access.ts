/**
 * `npm run reset-access -- ADDRESS [AUTHORITY]`: for whoever has lost password, telephone and recovery codes and has
 * nobody left to ask. Prints a one-time link to a new password, takes the second factor back and ends all sessions;
 * the change log says that it was done at the machine.
 */
import { linkMinutes } from "#app/domain/password-link.ts";
import { settings } from "#app/env.server.ts";
import { OperatorError } from "#app/operator-error.ts";
import { withDatabase } from "./with-database.ts";

const [email, authority, ...others] = process.argv.slice(2).map((argument) => argument.trim());

await withDatabase(async () => {
  if (!email?.includes("@") || others.length > 0) {
    throw new OperatorError(
      'Aufruf: npm run reset-access -- name@example.de ["Samtgemeinde Musterstadt"]',
    );
  }
  const { resetAccess } = await import("#app/records/operator.server.ts");
  const done = await resetAccess(email, authority);
  if ("authorities" in done) {
    throw new OperatorError(
      done.authorities.length === 0
        ? `Zu ${email} gibt es hier keinen offenen Zugang.`
        : `${email} hat mehrere Zugänge; bitte den Schulträger dazu nennen: ${done.authorities.join(", ")}.`,
    );
  }
  const origin = settings.origin ?? `http://localhost:${settings.port}`;
  console.log(
    [
      `${done.authority}: Alle Sitzungen von ${email} sind beendet${done.hadFactor ? ", der zweite Faktor ist zurückgenommen" : ""}.`,
      `Neues Passwort festlegen (einmal, ${linkMinutes.reset} Minuten lang): ${origin}/reset/${done.secret}`,
      "Bitte nur der Person selbst geben. Im Protokoll des Schulträgers steht, dass es am Rechner geschehen ist.",
    ].join("\n"),
  );
  return 0;
});
