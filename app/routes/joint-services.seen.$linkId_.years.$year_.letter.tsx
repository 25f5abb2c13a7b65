import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { JointLetterPage } from "#app/components/joint-letter-page.tsx";
import { letterKinds } from "#app/domain/joint-letter.ts";
import { letterText } from "#app/german/joint-letter-text.ts";
import { idParam, yearParam } from "#app/http.ts";
import { requireSeenLetter } from "#app/records/joint-seen.server.ts";
import { requireUser } from "#app/session.server.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.text.title ?? "IKZ-Abrechnung"} – Paktbuch` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "read_all_books");
  const asked = new URL(request.url).searchParams.get("kind");
  const [linkId, fiscalYear] = [idParam(params.linkId), yearParam(params.year)];
  const wanted = letterKinds.find((kind) => kind === asked);
  const seen = await requireSeenLetter(user, linkId, fiscalYear, wanted);
  const { letter, isExample, hasSettlement } = seen;
  const year = `/joint-services/seen/${linkId}/years/${fiscalYear}`;
  return { text: letterText(letter, isExample), kind: letter.kind, hasSettlement, year };
}

export default function SeenLetter() {
  const { text, kind, hasSettlement, year } = useLoaderData<typeof loader>();
  return (
    <JointLetterPage
      {...{ text, kind, hasSettlement }}
      here={`${year}/letter`}
      crumbs={[
        { to: "/joint-services", label: "IKZ" },
        { to: year, label: "Jahr der Vereinbarung" },
      ]}
    />
  );
}
