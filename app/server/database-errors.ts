/** The German sentence for a database that cannot be used. */
import { OperatorError } from "#app/operator-error.ts";

const unreachable = [
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "CONNECT_TIMEOUT",
  "CONNECTION_CLOSED",
  "57P03", // still starting up, or shutting down
];

/** Gives other errors back as they are. The password never enters a sentence. */
export function explained(error: unknown, url: string): unknown {
  const code = (error as { code?: string }).code ?? "";
  const { host, pathname, username } = new URL(url);
  const user = decodeURIComponent(username);
  const name = decodeURIComponent(pathname.slice(1)) || user;

  if (unreachable.includes(code)) {
    return new OperatorError(`Die Datenbank ist unter ${host} nicht erreichbar (${code}).`);
  }
  if (code === "28P01" || code === "28000") {
    return new OperatorError(`Die Datenbank unter ${host} lehnt die Anmeldung als „${user}“ ab.`);
  }
  if (code === "3D000") {
    return new OperatorError(`Auf ${host} gibt es keine Datenbank namens „${name}“.`);
  }
  if (code === "42501") {
    return new OperatorError(
      `Dem Konto „${user}“ fehlen Rechte, um die Datenbank „${name}“ auf ${host} einzurichten.`,
    );
  }
  if (code === "55P03") {
    return new OperatorError(
      "Ein anderes Programm richtet die Datenbank seit über einer Minute ein; " +
        "bitte später noch einmal starten.",
    );
  }
  return error;
}
