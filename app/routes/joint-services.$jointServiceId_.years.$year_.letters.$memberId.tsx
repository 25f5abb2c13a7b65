import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { JointLetterPage } from "#app/components/joint-letter-page.tsx";
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
  return (
    <JointLetterPage
      {...{ text, kind, hasSettlement }}
      here={`${year}/letters/${memberId}`}
      crumbs={[
        { to: "/joint-services", label: "IKZ" },
        { to: year, label: "Jahr der Vereinbarung" },
      ]}
    />
  );
}
