/**
 * What the form of an application holds: as it is kept while it is a draft (anything that was typed),
 * and as it must be to be submitted. Both read the same fields.
 */
import { parseWithZod } from "@conform-to/zod/v4";
import { z } from "zod";
import type { Day } from "./domain/calendar.ts";
import type { ChecklistDraft } from "./domain/checklist.ts";
import type { Money } from "./domain/money.ts";
import { choice, day, euroAmount, key, optionalText, picked, text } from "./form.ts";
import { amountInput } from "./german/notation.ts";

const typed = optionalText;

export const draftForm = z.object({
  deed: choice(["save", "submit", "discard"]).default("save"),
  /** When the draft was last changed, as its form was opened. */
  version: typed,
  title: typed,
  resolutionId: typed,
  submittedOn: typed,
  profile: typed,
  followUpCosts: typed,
  infrastructure: typed,
  measures: z
    .array(z.object({ schoolId: typed, code: typed, description: typed, amount: typed }))
    .default([]),
});

export type DraftContent = Omit<z.output<typeof draftForm>, "deed" | "version">;

const measure = z.object({ schoolId: key, code: picked, description: text, amount: euroAmount });

/** The same fields as they are submitted; what the checklist asks for it asks itself. */
export const applicationForm = z.object({
  title: text,
  resolutionId: key,
  submittedOn: day,
  profile: typed,
  followUpCosts: typed,
  infrastructure: typed,
  measures: z.array(measure).default([]),
});

/** A field that may be empty, but must be readable where it is not. */
const orEmpty = <Value>(field: z.ZodType<Value>) => field.optional();

const unfinishedForm = z.object({
  ...applicationForm.shape,
  title: orEmpty(text),
  resolutionId: orEmpty(key),
  submittedOn: orEmpty(day),
  measures: z
    .array(
      z.object({
        schoolId: orEmpty(key),
        code: orEmpty(picked),
        description: orEmpty(text),
        amount: orEmpty(euroAmount),
      }),
    )
    .default([]),
});

const none: DraftContent = {
  title: "",
  resolutionId: "",
  submittedOn: "",
  profile: "",
  followUpCosts: "",
  infrastructure: "",
  measures: [],
};

/** What is kept, with every field; an older draft may lack one. */
export function contentOf(kept: Record<string, unknown>): DraftContent {
  const content = draftForm.safeParse(kept);
  if (!content.success) return none;
  const { deed: _, version: __, ...fields } = content.data;
  return fields;
}

/** The kept fields read as if they were submitted now. */
export function readKept(content: DraftContent) {
  return parseWithZod(asForm(content), { schema: applicationForm });
}

/** The kept fields with what cannot be read of them; what is empty may stay so in a draft. */
export function readUnfinished(content: DraftContent) {
  return parseWithZod(asForm(content), { schema: unfinishedForm });
}

function asForm({ measures, ...fields }: DraftContent): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  for (const [index, row] of measures.entries()) {
    for (const [name, value] of Object.entries(row)) {
      form.append(`measures[${index}].${name}`, value);
    }
  }
  return form;
}

/** The key of the resolution that was chosen, if it is one. */
export function chosenResolution({ resolutionId }: DraftContent): string | undefined {
  return key.safeParse(resolutionId).data;
}

/** What the checklist sees of a draft: a day that cannot be read is today. */
export function checklistDraft(content: DraftContent, today: Day): ChecklistDraft {
  const { profile, followUpCosts, infrastructure } = content;
  const submittedOn = day.safeParse(content.submittedOn);
  return {
    profile,
    followUpCosts,
    infrastructure,
    submittedOn: submittedOn.success ? submittedOn.data : today,
    measures: content.measures.map((row) => {
      const whole = measure.safeParse(row);
      return {
        schoolId: row.schoolId || undefined,
        code: row.code || undefined,
        isWhole: whole.success && whole.data.amount.greaterThan(0),
      };
    }),
  };
}

/** A submitted application as the draft of its new version: all but the day. */
export function contentFrom(
  application: {
    title: string;
    resolutionId: string;
    profile: string | null;
    followUpCosts: string | null;
    infrastructure: string | null;
  },
  measures: { schoolId: string; code: string; description: string; amount: Money }[],
): DraftContent {
  return {
    title: application.title,
    resolutionId: application.resolutionId,
    submittedOn: "",
    profile: application.profile ?? "",
    followUpCosts: application.followUpCosts ?? "",
    infrastructure: application.infrastructure ?? "",
    measures: measures.map(({ schoolId, code, description, amount }) => {
      return { schoolId, code, description, amount: amountInput(amount) };
    }),
  };
}
