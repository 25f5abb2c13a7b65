import { z } from "zod";
import { laterStepKinds } from "#app/domain/application-step.ts";
import { choice, day, key, text } from "#app/form.ts";

export const stepForm = z.object({
  id: key,
  kind: choice(laterStepKinds),
  takenOn: day,
  reason: text,
});
