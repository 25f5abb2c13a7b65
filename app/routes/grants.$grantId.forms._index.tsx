import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Section, TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { idParam } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { requireGrant } from "#app/records/grants.server.ts";
import { shippedForms } from "#app/records/official-forms.server.ts";

export const meta: MetaFunction = () => [{ title: "Vordrucke – Paktbuch" }];

export const loader = asKnown("read_books", async ({ params }, user) => {
  const grant = await requireGrant(user, idParam(params.grantId));
  const { state } = grant.programme;
  const forms = shippedForms().map(({ key, title, state, explanation }) => {
    return { key, title, state, explanation };
  });
  // Those of the programme's own state first, then those of all.
  const rank = (form: { state: string }) =>
    form.state === state ? 0 : form.state === "DE" ? 1 : 2;
  return { grantId: grant.id, forms: forms.sort((a, b) => rank(a) - rank(b)) };
});

export default function Forms() {
  const { grantId, forms } = useLoaderData<typeof loader>();
  return (
    <Section title="Vordrucke">
      <p className="kern-body">
        Jeder Vordruck zeigt dieselben gebuchten Zahlen, so wie die Bewilligungsbehörde sie haben
        will. Er lässt sich drucken und als Excel-Datei oder PDF herunterladen.
      </p>
      <Table
        caption="Vordrucke"
        isCaptionHidden
        rows={forms}
        keyOf={({ key }) => key}
        columns={[
          {
            label: "Vordruck",
            cell: ({ key, title }) => (
              <TextLink to={`/grants/${grantId}/forms/${key}`}>{title}</TextLink>
            ),
          },
          { label: "Land", cell: ({ state }) => (state === "DE" ? "alle" : state) },
          { label: "Was er zeigt", cell: ({ explanation }) => explanation },
        ]}
      />
    </Section>
  );
}
