/** What the form of a school holds. */
import { z } from "zod";
import { mediaConceptStates } from "./domain/media-concept.ts";
import { schoolKinds } from "./domain/programme.ts";
import { checkbox, choice, day, nameText, optionalDay, optionalText, wholeNumber } from "./form.ts";

export const schoolForm = z.object({
  name: nameText,
  number: optionalText,
  kind: choice(schoolKinds),
  pupils: wholeNumber(0, 20_000),
  pupilsCountedOn: day,
  pupilsAreIllustrative: checkbox,
  mediaConceptState: choice(mediaConceptStates).optional(),
  mediaConceptOn: optionalDay,
});
