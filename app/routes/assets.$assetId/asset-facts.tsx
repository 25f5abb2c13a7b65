/** What is known of an asset, and how its cost comes out. */
import { Euro } from "#app/components/euro.tsx";
import { Facts, TextLink } from "#app/components/page.tsx";
import { assetKindWords } from "#app/german/asset-words.ts";
import { formatDay, formatEuro, formatFactor, formatPercent } from "#app/german/notation.ts";
import type { Wire } from "#app/http.ts";
import type { requireAsset } from "#app/records/assets.server.ts";

type Asset = Wire<Awaited<ReturnType<typeof requireAsset>>>;

export function AssetFacts({ page }: { page: { asset: Asset; ownShare: string; today: string } }) {
  const { asset, ownShare } = page;
  return (
    <Facts
      facts={[
        ["Art", assetKindWords[asset.kind]],
        ["In Betrieb seit", formatDay(asset.inServiceOn)],
        [
          "Nutzungsdauer",
          `${asset.usefulLifeMonths} Monate${asset.lifeReason ? `, weil: ${asset.lifeReason}` : ""}`,
        ],
        [
          "Gekauft mit",
          asset.invoiceId ? (
            <TextLink to={`/invoices/${asset.invoiceId}`}>
              Rechnung {asset.invoiceNumber}, {asset.supplier}
            </TextLink>
          ) : (
            "–"
          ),
        ],
        ...fact("Menge aus der Rechnung", asset.quantity !== "1" && formatFactor(asset.quantity)),
        ...fact(
          "Nebenkosten",
          asset.further.length > 0 && (
            <ul className="plain-list">
              {asset.further.map(({ id, invoiceId, number, description }) => (
                <li key={id}>
                  <TextLink to={`/invoices/${invoiceId}`}>
                    {description}, Rechnung {number}
                  </TextLink>
                </li>
              ))}
            </ul>
          ),
        ),
        ...(asset.stands ? costFacts(asset, ownShare) : []),
        ...fact("Zweckgebunden bis", asset.dedicatedUntil && formatDay(asset.dedicatedUntil)),
        ...fact(
          "Abgang",
          asset.disposedOn && (
            <TextLink to={`/documents/asset_disposal/${asset.disposalId}`}>
              am {formatDay(asset.disposedOn)}: {asset.disposalReason}
            </TextLink>
          ),
        ),
        ["Ersatz", replacementOf(asset)],
      ]}
    />
  );
}

type Fact = [term: string, value: React.ReactNode];

function fact(term: string, value: React.ReactNode): Fact[] {
  return value ? [[term, value]] : [];
}

function costFacts(asset: Asset, ownShare: string): Fact[] {
  return [
    [
      "Anschaffungskosten",
      <span key="cost">
        <Euro amount={asset.cost} />{" "}
        <span className="muted">(ohne Skonto, Gutschriften und abziehbare Steuer)</span>
      </span>,
    ],
    [
      "davon Zuwendung",
      <span key="grant">
        <Euro amount={asset.grantShare} />{" "}
        {asset.grantId && (
          <TextLink to={`/grants/${asset.grantId}`}>{asset.fileNumber || "Zuwendung"}</TextLink>
        )}
      </span>,
    ],
    ["davon eigene Mittel", <Euro key="own" amount={ownShare} />],
    ["Buchwert heute", <Euro key="book" amount={asset.bookValue} />],
    ["Sonderposten heute", <Euro key="item" amount={asset.specialItem} />],
  ];
}

function replacementOf({ isReplaced, replacementPrice, priceChangeRate, pricedOn }: Asset): string {
  if (!isReplaced || !replacementPrice) return "nicht vorgesehen";
  const change =
    priceChangeRate === "0" ? "" : `, Preisänderung ${formatPercent(priceChangeRate)} im Jahr`;
  return `nach der Nutzungsdauer, ${formatEuro(replacementPrice)} zum Stand ${formatDay(pricedOn)}${change}`;
}
