import { z } from "zod";
import { day, key, text } from "#app/form.ts";

export const disposalForm = z.object({ id: key, disposedOn: day, reason: text });
