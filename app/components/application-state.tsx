/** The state of an application as a badge; of a partial grant both amounts. */
import type { ApplicationStanding } from "#app/domain/application-step.ts";
import { standingWords } from "#app/german/application-sentences.ts";
import { formatEuro } from "#app/german/notation.ts";
import { Badge } from "./page.tsx";

const kinds: Record<ApplicationStanding, "info" | "success" | "warning" | "danger"> = {
  submitted: "info",
  returned: "warning",
  granted: "success",
  partly_granted: "success",
  refused: "danger",
  withdrawn: "warning",
  reversed: "danger",
};

export function ApplicationState({
  application: { state, asked, granted },
}: {
  application: { state: ApplicationStanding; asked: string; granted: string | null };
}) {
  return (
    <>
      <Badge kind={kinds[state]}>{standingWords[state]}</Badge>
      {state === "partly_granted" && granted && (
        <>
          {" "}
          {formatEuro(granted)} von {formatEuro(asked)}
        </>
      )}
    </>
  );
}
