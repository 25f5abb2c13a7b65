/** The part of a form that gives roles: boxes of roles, and of the schools of the role for schools. */
import { z } from "zod";
import { roles } from "./domain/permission.ts";
import { checkbox, choice, key } from "./form.ts";

const role = choice(roles);

/** One ticked box arrives as a text, several as a list, none not at all. */
export const roleFields = {
  roles: z.union([role.transform((one) => [one]), z.array(role)]).default([]),
  schoolIds: z.union([key.transform((one) => [one]), z.array(key)]).default([]),
  /** Ticked where administration is given beside a role that books. */
  acceptsMix: checkbox,
};
