/** Sentences for what is refused at accounts, passwords and codes. */
import { longestPassword, shortestPassword } from "../domain/password.ts";
import type { Sentences } from "./violations.ts";

export const signInSentences = {
  email_taken: () =>
    "Mit dieser E-Mail-Adresse gibt es hier schon einen Zugang. Unter „Zugänge“ lassen sich ihm ein neuer Link geben, seine Rollen ändern und eine Sperre aufheben.",
  password_too_short: () => `Das Passwort braucht mindestens ${shortestPassword} Zeichen.`,
  password_too_long: () => `Das Passwort darf höchstens ${longestPassword} Zeichen haben.`,
  password_known: () =>
    "Dieses Passwort steht in Listen gestohlener Passwörter. Bitte ein anderes wählen.",
  password_of_context: () =>
    "Das Passwort besteht fast nur aus Wörtern, die hier jeder raten würde: Namen, Schulträger, Paktbuch. Bitte ein anderes wählen.",
  password_too_plain: () =>
    "Das Passwort besteht aus Wiederholungen oder Reihen wie 1234. Bitte ein anderes wählen.",
  password_unchanged: () => "Das ist das bisherige Passwort. Bitte ein anderes wählen.",
  password_wrong: () => "Dieses Passwort stimmt nicht.",
  code_wrong: () => "Dieser Code stimmt nicht, oder er ist schon benutzt.",
} satisfies Partial<Sentences>;
