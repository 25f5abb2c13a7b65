/** Answers with 409 that keep what was typed: to a form that was sent otherwise before, or made from an old version. */
import { parseWithZod } from "@conform-to/zod/v4";
import { data } from "@remix-run/node";
import { z } from "zod";
import type { readForm } from "./form.ts";
import { fieldLabel } from "./german/fields.ts";
import { conflictWords } from "./german/conflict-words.ts";

/**
 * A form as it was typed, where its key was used with other content: to be looked at and sent once more, as
 * a form of its own.
 * @param renewedKey takes the place of its key, and of the id of its document
 */
export function keptForm(body: string, renewedKey: string) {
  return shownAgain(body, renewedKey, renewedKey, conflictWords.sentOtherwise);
}

/**
 * A form as it was typed, opened again: still the same form, so that it is done once, whether it was done before or not.
 * @param why it is shown again
 */
export function sameForm(body: string, why: string) {
  const fields = new URLSearchParams(body);
  const [key = ""] = (fields.get("formKey") ?? "").split(".");
  return shownAgain(body, key, fields.get("id") ?? undefined, why);
}

function shownAgain(body: string, renewedKey: string, renewedId: string | undefined, why: string) {
  const form = parseWithZod(new URLSearchParams(body), { schema: z.object({}) });
  const kept = form.reply({ formErrors: [why] });
  const initialValue = { ...kept.initialValue, ...(renewedId && { id: renewedId }) };
  return { ...kept, initialValue, renewedKey, renewedId };
}

type Fields = Record<string, string>;

/** A field in which the kept version and the typed one differ. */
export type Difference = { field: string; label: string; theirs: string; mine: string };

/**
 * The form as it was typed, beside what somebody else has saved since it was opened. Sent again it is saved
 * over that version, which its user has seen then.
 * @param theirs what is kept now, by field, and the version that it is
 * @param say how a value is shown, where it is not as it is typed
 */
export function madeFromOld(
  form: Pick<Awaited<ReturnType<typeof readForm>>, "payload" | "reply">,
  theirs: { version: string; fields: Fields },
  say: (field: string, value: string) => string = (_field, value) => value,
  label: (field: string) => string | undefined = fieldLabel,
) {
  const mine = flat(form.payload);
  const names = Object.keys({ ...theirs.fields, ...mine }).filter((name) => label(name));
  const differences = names
    .map((field): Difference => {
      const [kept, typed] = [theirs.fields[field] ?? "", mine[field] ?? ""];
      return {
        field,
        label: label(field)!,
        theirs: say(field, kept),
        mine: say(field, typed),
      };
    })
    .filter((one) => one.theirs !== one.mine);
  const kept = form.reply({ formErrors: [conflictWords.savedMeanwhile] });
  return data({ ...kept, newer: { version: theirs.version, differences } }, { status: 409 });
}

/** A button that was pressed beside a version that is not kept any more: it did nothing, and the page says so. */
export function overtaken() {
  return data({ isOvertaken: true as const }, { status: 409 });
}

/** "measures[0].amount" for a field of a row, as a form names it. */
export function flat(value: unknown, name = ""): Fields {
  if (value === undefined || value === null) return {};
  if (typeof value !== "object") return { [name]: String(value) };
  const parts = Array.isArray(value)
    ? value.map((one, at) => flat(one, `${name}[${at}]`))
    : Object.entries(value).map(([key, one]) => flat(one, name ? `${name}.${key}` : key));
  return Object.assign({}, ...parts) as Fields;
}
