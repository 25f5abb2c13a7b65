/** What the page of a form (Vordruck) is asked: its day, what was claimed before, which payment; and its answer. */
import { today } from "./clock.server.ts";
import { type FilledForm, fillForm } from "./domain/filled-form.ts";
import type { Day } from "./domain/calendar.ts";
import type { OfficialForm } from "./domain/official-form.ts";
import type { User } from "./domain/permission.ts";
import { parseDay } from "./german/notation.ts";
import { type PaymentKind, paymentKindWords } from "./german/official-form-text.ts";
import { financingKindWords } from "./german/words.ts";
import { loadFormFacts, requireForm } from "./records/official-forms.server.ts";

export type AskedForm = {
  form: OfficialForm;
  filled: FilledForm;
  asOf: Day;
  registeredUntil: Day | null;
  payment: PaymentKind;
  /** What could not be read of the address. */
  problems: Partial<Record<"asOf" | "until", string>>;
};

/** Fills the form of an address with the figures of a grant. @throws Response 404 */
export async function askedForm(
  user: User,
  grantId: string,
  formKey: string | undefined,
  request: Request,
): Promise<AskedForm> {
  const form = requireForm(formKey);
  const { searchParams } = new URL(request.url);
  const problems: AskedForm["problems"] = {};
  const dayOf = (name: "asOf" | "until") => {
    const text = searchParams.get(name)?.trim() ?? "";
    const day = parseDay(text);
    if (text && !day) problems[name] = "Bitte einen Tag wie 31.12.2024 angeben.";
    return day;
  };
  const asOf = dayOf("asOf") ?? today();
  const payment: PaymentKind = searchParams.get("payment") === "final" ? "final" : "part";
  const facts = await loadFormFacts(user, grantId, {
    asOf,
    registeredUntil: dayOf("until"),
    words: { paymentKind: paymentKindWords[payment], financing: financingKindWords },
  });
  const { registeredUntil } = facts;
  return { form, filled: fillForm(form, facts), asOf, registeredUntil, payment, problems };
}

/** What the file of a form is called. */
export function formFileName({ form, asOf }: AskedForm, fileNumber: string): string {
  return `${form.title} ${fileNumber} Stand ${asOf}`;
}
