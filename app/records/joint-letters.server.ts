/** The letters of a joint service's year (IKZ), from the year as it stands. */
import type { PaymentDetails } from "#app/domain/authority.ts";
import { jointLetterOf, type LetterKind, type LetterYear } from "#app/domain/joint-letter.ts";
import type { User } from "#app/domain/permission.ts";
import { notFound } from "#app/http.ts";
import { requireAuthority } from "./authorities.server.ts";
import { type JointYear, requirePlannedYear } from "./joint-years.server.ts";

/** Which letter is meant; without a kind the settlement, or the plan while there is none. */
export type LetterAddress = {
  jointServiceId: string;
  fiscalYear: number;
  memberId: string;
  kind: LetterKind | undefined;
};

/** @throws Response 404 where the member gets no such letter */
export async function requireJointLetter(
  user: User,
  { jointServiceId, fiscalYear, memberId, kind }: LetterAddress,
) {
  const year = await requirePlannedYear(user, jointServiceId, fiscalYear);
  const chosen = kind ?? (year.settlement ? "settlement" : "plan");
  const { isExample, ...own } = await requireAuthority(user);
  const letter = jointLetterOf(letterYearOf(year, year.plan, own), memberId, chosen) ?? notFound();
  return { letter, isExample, hasSettlement: year.settlement !== null };
}

/** The year as its letters tell it; `own` is where the keeper is paid. */
export function letterYearOf(
  year: JointYear,
  plan: NonNullable<JointYear["plan"]>,
  { iban, bankName, signatory }: PaymentDetails,
): LetterYear {
  const { agreement, settlement, planned, settled } = year;
  const { terms } = agreement;
  return {
    agreement: {
      name: agreement.name,
      legalForm: terms?.legalForm ?? null,
      legalFormNote: terms ? terms.legalFormNote : agreement.legalForm,
      startedOn: agreement.startedOn,
    },
    fiscalYear: year.fiscalYear,
    own: { iban, bankName, signatory },
    reading: plan.reading,
    members: year.members,
    plan: {
      number: plan.number,
      plannedOn: plan.plannedOn,
      amount: plan.amount,
      components: planned.components,
      parts: year.parts,
      instalments: year.instalments,
    },
    payments: year.payments.filter(({ settlementId }) => settlementId === null),
    settlement: settlement
      ? { ...settlement, components: settled.components, parts: year.settlementParts }
      : undefined,
  };
}
