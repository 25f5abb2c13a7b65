import { randomUUID } from "node:crypto";
import { type ActionFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { today } from "#app/clock.server.ts";
import { DepreciationTable } from "#app/components/depreciation-table.tsx";
import { MunicipalTabs } from "#app/components/municipal-tabs.tsx";
import { Notice, Page, Section, TextLink } from "#app/components/page.tsx";
import { yearOf } from "#app/domain/calendar.ts";
import { depreciationYears } from "#app/domain/depreciation.ts";
import { sum } from "#app/domain/money.ts";
import { mayUser } from "#app/domain/permission.ts";
import { readForm, rejected } from "#app/form.ts";
import { formatDay } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam, wire } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { disposeOfAsset } from "#app/records/asset-recording.server.ts";
import { requireAsset } from "#app/records/assets.server.ts";
import { requireUser } from "#app/session.server.ts";
import { AssetFacts } from "./asset-facts.tsx";
import { DisposalForm } from "./disposal-form.tsx";
import { disposalForm } from "./disposal-schema.ts";

export const handle = { isInteractive: true };

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Anlage ${data?.asset.inventoryNumber ?? ""} – Paktbuch` },
];

export const loader = asKnown("read_books", async ({ params }, user) => {
  const asset = await requireAsset(user, idParam(params.assetId));
  const years = asset.stands ? depreciationYears(asset) : [];
  const total = (
    figure: "depreciation" | "dissolution" | "disposedValue" | "disposedItem" | "netBurden",
  ) => sum(years.map((year) => year[figure]));
  return wire({
    id: randomUUID(),
    today: today(),
    current: yearOf(today()),
    asset,
    ownShare: asset.cost.minus(asset.grantShare),
    years,
    totals: {
      depreciation: total("depreciation"),
      dissolution: total("dissolution"),
      disposedValue: total("disposedValue"),
      disposedItem: total("disposedItem"),
      netBurden: total("netBurden"),
    },
    mayRecord: mayUser(user, "record") && asset.stands,
  });
});

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const assetId = idParam(params.assetId);
  const form = await readForm(request, disposalForm);
  if (form.status !== "success") return rejected(form);

  const { id, ...draft } = form.value;
  const violation = await disposeOfAsset(user, id, assetId, draft);
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/assets/${assetId}`);
}

export default function AssetPage() {
  const page = useLoaderData<typeof loader>();
  const { asset, years } = page;
  const lastResult = useActionData<typeof action>();
  const isDedicated = asset.dedicatedUntil !== null && page.today <= asset.dedicatedUntil;
  const wentEarly =
    asset.disposedOn !== null &&
    asset.dedicatedUntil !== null &&
    asset.disposedOn <= asset.dedicatedUntil;
  return (
    <Page
      title={`Anlage ${asset.inventoryNumber}`}
      lead={[asset.description, asset.school, asset.place].filter(Boolean).join(", ")}
      crumbs={[
        { to: "/municipal-budget", label: "Haushalt" },
        { to: "/assets", label: "Anlagen" },
      ]}
      actions={<TextLink to={`/documents/asset/${asset.id}`}>Beleg und Storno</TextLink>}
    >
      <MunicipalTabs />
      {!asset.stands && (
        <Notice kind="warning" title="Storniert">
          Diese Inventarisierung gilt nicht mehr; sie hat keine Kosten und keine Abschreibung.
        </Notice>
      )}
      {wentEarly && (
        <Notice kind="warning" title="Während der Zweckbindung abgegangen">
          Die Zweckbindung läuft bis {formatDay(asset.dedicatedUntil!)}. Der Abgang ist der
          Bewilligungsbehörde anzuzeigen; ein Teil der Zuwendung kann zurückgefordert werden.
        </Notice>
      )}
      <AssetFacts page={page} />
      {asset.stands && (
        <Section title="Abschreibung und Sonderposten">
          <DepreciationTable
            caption="Abschreibung, Auflösung des Sonderpostens und was den Ergebnishaushalt belastet, in Euro"
            rows={years}
            current={page.current}
            totals={page.totals}
          />
        </Section>
      )}
      {page.mayRecord && asset.disposedOn === null && (
        <Section title="Abgang buchen">
          {isDedicated && (
            <Notice kind="warning" title={`Zweckgebunden bis ${formatDay(asset.dedicatedUntil!)}`}>
              Wer die Anlage vorher abgibt, verkauft oder anders nutzt, muss das der
              Bewilligungsbehörde anzeigen. Ist sie defekt und wird sie ersetzt, gilt die
              Zweckbindung für den Ersatz.
            </Notice>
          )}
          <DisposalForm key={page.id} id={page.id} today={page.today} lastResult={lastResult} />
        </Section>
      )}
    </Page>
  );
}
