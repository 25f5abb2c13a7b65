/** How the office calls a document, as its entries' texts have it. */
import type { StepKind } from "./application-step.ts";
import type { NoticeKind } from "./notice.ts";

export const noticeTitles: Record<NoticeKind, string> = {
  amendment: "Änderungsbescheid",
  reallocation: "Umwidmung",
  final: "Schlussbescheid",
  revocation: "Widerruf",
};

export const stepTitles: Record<StepKind, string> = {
  submitted: "eingereicht",
  returned: "zur Ergänzung zurückgegeben",
  refused: "abgelehnt",
  withdrawn: "zurückgezogen",
};
