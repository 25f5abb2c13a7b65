/** The words of the Z3 export, by what the books call things themselves. */
import type { Z3Words } from "../domain/z3.ts";
import { noticeTitles } from "../domain/titles.ts";
import { accountKindWords, awardKindWords, documentKindWords, figureWords } from "./book-words.ts";
import { deedWords } from "./deeds.ts";
import { drawdownKindWords } from "./drawdown-sentences.ts";
import {
  costKindWords,
  financingKindWords,
  ineligibleReasonWords,
  invoiceKindWords,
  invoiceLineKindWords,
  proofKindWords,
  roleWords,
  schoolKindWords,
} from "./words.ts";

export const z3Words: Z3Words = {
  schoolKinds: schoolKindWords,
  roles: roleWords,
  financingKinds: financingKindWords,
  accountKinds: accountKindWords,
  figures: figureWords,
  documentKinds: documentKindWords,
  deeds: deedWords,
  costKinds: costKindWords,
  awardKinds: awardKindWords,
  invoiceKinds: invoiceKindWords,
  invoiceLineKinds: invoiceLineKindWords,
  ineligibleReasons: ineligibleReasonWords,
  drawdownKinds: drawdownKindWords,
  noticeKinds: noticeTitles,
  proofKinds: proofKindWords,
  attachmentSubjects: {
    ...documentKindWords,
    school: "Schule",
    resolution: "Beschluss",
    bank_statement: "Kontoauszug",
  },
};
