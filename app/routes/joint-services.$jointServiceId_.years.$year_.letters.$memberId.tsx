import type { MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { JointLetterView } from "#app/components/joint-letter.tsx";
import { MunicipalTabs } from "#app/components/municipal-tabs.tsx";
import { Page } from "#app/components/page.tsx";
import { letterKinds } from "#app/domain/joint-letter.ts";
import { letterText } from "#app/german/joint-letter-text.ts";
import { idParam, yearParam } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { requireJointLetter } from "#app/records/joint-letters.server.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.text.title ?? "IKZ-Abrechnung"} – Paktbuch` },
];

export const loader = asKnown("read_all_books", async ({ request, params }, user) => {
  const asked = new URL(request.url).searchParams.get("kind");
  const address = {
    jointServiceId: idParam(params.jointServiceId),
    fiscalYear: yearParam(params.year),
    memberId: idParam(params.memberId),
    kind: letterKinds.find((kind) => kind === asked),
  };
  const { letter, isExample, hasSettlement } = await requireJointLetter(user, address);
  const { jointServiceId, fiscalYear, memberId } = address;
  const year = `/joint-services/${jointServiceId}/years/${fiscalYear}`;
  const { kind } = letter;
  return { text: letterText(letter, isExample), kind, hasSettlement, year, memberId };
});

export default function JointLetter() {
  const { text, kind, hasSettlement, year, memberId } = useLoaderData<typeof loader>();
  const here = `${year}/letters/${memberId}`;
  return (
    <Page
      title={kind === "plan" ? "Anforderung der Abschläge" : "Jahresabrechnung"}
      lead={`Schreiben an ${text.recipient.name}`}
      crumbs={[
        { to: "/joint-services", label: "IKZ" },
        { to: year, label: "Jahr der Vereinbarung" },
      ]}
      actions={
        <>
          <a className="kern-btn kern-btn--primary" href={`${here}.pdf?kind=${kind}`}>
            <span className="kern-label">Schreiben als PDF</span>
          </a>
          {hasSettlement && (
            <Link
              className="kern-btn kern-btn--secondary"
              to={`${here}?kind=${kind === "plan" ? "settlement" : "plan"}`}
            >
              <span className="kern-label">
                {kind === "plan" ? "Zur Jahresabrechnung" : "Zur Anforderung der Abschläge"}
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
