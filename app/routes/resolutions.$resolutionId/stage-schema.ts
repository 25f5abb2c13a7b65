import { z } from "zod";
import { choice, key, optionalDay, optionalText, text } from "#app/form.ts";

export const stageForm = z.object({
  id: key,
  committee: text,
  kind: choice(["preliminary", "decision"]),
  heldOn: optionalDay,
  outcome: optionalText,
});
