import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Badge, Page, TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { listProgrammes, shippedProgrammes } from "#app/records/programmes.server.ts";
import { listProgrammeUses } from "#app/records/programme-changes.server.ts";
import { requireUser } from "#app/session.server.ts";

export const meta: MetaFunction = () => [{ title: "Förderprogramme – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "read_books");
  const [known, uses] = await Promise.all([listProgrammes(user), listProgrammeUses(user)]);
  return {
    programmes: known.map(({ programme, version, isShipped }) => {
      const { key, name, state, isDraft } = programme;
      const own = uses.filter((use) => use.key === key);
      const count = (what: "envelopes" | "grants") => own.reduce((sum, use) => sum + use[what], 0);
      return {
        key,
        name,
        state,
        isDraft,
        version,
        origin: originOf(key, isShipped),
        envelopes: count("envelopes"),
        grants: count("grants"),
      };
    }),
  };
}

function originOf(key: string, isShipped: boolean): string {
  if (isShipped) return "mitgeliefert";
  return shippedProgrammes().has(key) ? "mitgeliefert, geändert" : "eigenes";
}

export default function Programmes() {
  const { programmes } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Förderprogramme"
      lead="Die Regeln jedes Programms, mit ihren Quellen. Sie lassen sich ändern und kopieren; was gebucht ist, behält die Fassung, unter der es gebucht wurde."
    >
      <Table
        caption="Förderprogramme"
        isCaptionHidden
        rows={programmes}
        keyOf={({ key }) => key}
        columns={[
          {
            label: "Förderprogramm",
            cell: ({ key, name, isDraft }) => (
              <>
                <TextLink to={`/programmes/${key}`}>{name}</TextLink>{" "}
                {isDraft && <Badge kind="warning">Entwurf</Badge>}
              </>
            ),
          },
          { label: "Land", cell: ({ state }) => (state === "DE" ? "Bund" : state) },
          { label: "Herkunft", cell: ({ origin }) => origin },
          { label: "Fassung", isNumeric: true, cell: ({ version }) => version || "–" },
          { label: "Höchstbeträge", isNumeric: true, cell: ({ envelopes }) => envelopes },
          { label: "Bescheide", isNumeric: true, cell: ({ grants }) => grants },
        ]}
      />
      <p className="kern-body kern-body--small muted">
        Eine Fassung entsteht, sobald unter einem Programm etwas gebucht oder an ihm etwas geändert
        wird.
      </p>
    </Page>
  );
}
