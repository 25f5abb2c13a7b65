/** The page of a letter of a joint service's year (IKZ), with the way to its file and to the other kind. */
import { Link } from "@remix-run/react";
import type { LetterKind } from "#app/domain/joint-letter.ts";
import type { LetterText } from "#app/german/joint-letter-text.ts";
import { JointLetterView } from "./joint-letter.tsx";
import { MunicipalTabs } from "./municipal-tabs.tsx";
import { Page } from "./page.tsx";

export function JointLetterPage({
  text,
  kind,
  hasSettlement,
  here,
  crumbs,
}: {
  text: LetterText;
  kind: LetterKind;
  hasSettlement: boolean;
  /** The address of the letter; its file has ".pdf" behind it. */
  here: string;
  crumbs: { to: string; label: string }[];
}) {
  const isPlan = kind === "plan";
  return (
    <Page
      title={isPlan ? "Anforderung der Abschläge" : "Jahresabrechnung"}
      lead={`Schreiben an ${text.recipient.name}`}
      crumbs={crumbs}
      actions={
        <>
          <a className="kern-btn kern-btn--primary" href={`${here}.pdf?kind=${kind}`}>
            <span className="kern-label">Schreiben als PDF</span>
          </a>
          {hasSettlement && (
            <Link
              className="kern-btn kern-btn--secondary"
              to={`${here}?kind=${isPlan ? "settlement" : "plan"}`}
            >
              <span className="kern-label">
                {isPlan ? "Zur Jahresabrechnung" : "Zur Anforderung der Abschläge"}
              </span>
            </Link>
          )}
        </>
      }
    >
      <MunicipalTabs />
      <JointLetterView text={text} />
    </Page>
  );
}
