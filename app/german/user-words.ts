/** What the lists of accounts say. */
import type { UserState } from "../domain/user-state.ts";
import { formatDay } from "./notation.ts";

const words: Record<Exclude<UserState["kind"], "over">, string> = {
  invited: "eingeladen",
  invitation_expired: "Einladung abgelaufen",
  active: "aktiv",
  locked: "gesperrt",
  withdrawn: "zurückgezogen",
};

/** "aktiv", "beendet am 31.12.2026" */
export function userStateWords(state: UserState): string {
  return state.kind === "over" ? `beendet am ${formatDay(state.until)}` : words[state.kind];
}

/** Green is only who comes in; blue waits, yellow needs something. */
export const userStateBadges: Record<UserState["kind"], "info" | "success" | "warning" | "danger"> =
  {
    invited: "info",
    invitation_expired: "warning",
    active: "success",
    locked: "danger",
    withdrawn: "danger",
    over: "danger",
  };

export const userWords = {
  renewInvitation:
    "Noch hat niemand mit diesem Zugang ein Passwort festgelegt. Der neue Link geht an die Adresse; der alte gilt dann nicht mehr.",
  renewPassword:
    "Ein Link für ein neues Passwort geht an die Adresse und gilt eine Stunde; frühere Links enden. Das bisherige Passwort gilt, bis das neue festgelegt ist.",
  nameIsSealed:
    "Name und E-Mail-Adresse stehen unter jeder Buchung dieser Person und sind darum versiegelt. Ist eines falsch oder hat es sich geändert: einen neuen Zugang anlegen und diesen sperren.",
};
