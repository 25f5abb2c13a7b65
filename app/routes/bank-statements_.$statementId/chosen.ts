/** The form of a statement's open transactions: which are chosen, and the reading of each. */
import { z } from "zod";
import { checkbox, choice, key, optionalKey } from "#app/form.ts";

export const transactionsForm = z.object({
  id: key,
  deed: choice(["book", "set_aside", "set_aside_rest", "take_back"]),
  /** Only where one is taken back. */
  transactionId: optionalKey,
  lines: z
    .array(
      z.object({
        transactionId: key,
        isChosen: checkbox,
        /** True where the page had a proposal to show. */
        isOffered: checkbox,
        /** The key of the proposal; empty while none of several is chosen. */
        reading: z.string().max(20_000).default(""),
      }),
    )
    .default([]),
});

export type Lines = z.output<typeof transactionsForm>["lines"];

export const nothingChosen = "Bitte mindestens einen Umsatz ankreuzen.";

export function chosenIn(lines: Lines) {
  return lines
    .filter(({ isChosen }) => isChosen)
    .map(({ transactionId, reading }) => ({ transactionId, key: reading }));
}
