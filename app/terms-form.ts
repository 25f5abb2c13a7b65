/** The fields of the terms that a notice lays down, first or later. */
import { financingKinds } from "./domain/programme.ts";
import {
  choice,
  day,
  euroAmount,
  optionalDay,
  optionalEuroAmount,
  optionalPercentShare,
  optionalWholeNumber,
  percentShare,
} from "./form.ts";

export const termsFields = {
  grantAmount: euroAmount,
  financingKind: choice(financingKinds),
  fundingRate: percentShare,
  thirdPartyAmount: optionalEuroAmount,
  spendFrom: day,
  spendUntil: day,
  lineTolerance: percentShare,
  drawUntil: optionalDay,
  advanceRate: optionalPercentShare,
  spendWithinMonths: optionalWholeNumber(1, 60),
  interimProofDueOn: optionalDay,
  proofDueOn: optionalDay,
  dedicatedUntil: optionalDay,
};
