import type { MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { today } from "#app/clock.server.ts";
import { DayText, Euro } from "#app/components/euro.tsx";
import { MunicipalTabs } from "#app/components/municipal-tabs.tsx";
import { ActionLink, Badge, Empty, Page, Section, TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { yearOf } from "#app/domain/calendar.ts";
import { sum } from "#app/domain/money.ts";
import { mayUser } from "#app/domain/permission.ts";
import { idParam, wire, type Wire } from "#app/http.ts";
import { formatDay, formatFactor } from "#app/german/notation.ts";
import { asKnown } from "#app/known.server.ts";
import {
  type Asset,
  type InventoryLine,
  loadInventory,
  uninventoried,
} from "#app/records/assets.server.ts";

export const meta: MetaFunction = () => [{ title: "Anlagen – Paktbuch" }];

export const loader = asKnown("read_books", async ({ request }, user) => {
  const asked = new URL(request.url).searchParams;
  const chosen = { school: asked.get("school") || null, year: asked.get("year") || null };
  const invoice = asked.get("invoice") || null;
  const invoiceId = invoice === null ? null : idParam(invoice);
  const inventory = await loadInventory(user);
  const all = inventory.assets.filter((one) => invoiceId === null || one.invoiceId === invoiceId);
  const isOfYear = ({ inServiceOn }: Asset) =>
    chosen.year === null || String(yearOf(inServiceOn)) === chosen.year;
  const shown = all.filter(
    (one) => isOfYear(one) && (chosen.school === null || one.school === chosen.school),
  );
  const total = (figure: "cost" | "grantShare" | "depreciated" | "bookValue" | "specialItem") =>
    sum(shown.map((one) => one[figure]));
  return wire({
    asOf: today(),
    chosen: { ...chosen, invoice: invoiceId },
    schools: [...new Set(all.map(({ school }) => school))].sort(),
    years: [...new Set(all.map(({ inServiceOn }) => String(yearOf(inServiceOn))))].sort(),
    assets: shown,
    hasAny: all.length > 0,
    totals: {
      cost: total("cost"),
      grantShare: total("grantShare"),
      depreciated: total("depreciated"),
      bookValue: total("bookValue"),
      specialItem: total("specialItem"),
    },
    open: uninventoried(inventory).filter(
      (line) => invoiceId === null || line.invoiceId === invoiceId,
    ),
    mayRecord: mayUser(user, "record"),
  });
});

export default function Assets() {
  const page = useLoaderData<typeof loader>();
  const { assets, open, chosen, asOf, hasAny } = page;
  return (
    <Page
      title="Anlagen"
      lead={`Was mit Investitionen gekauft wurde, mit Abschreibung und Sonderposten. Stand ${formatDay(asOf)}, Beträge in Euro.`}
      crumbs={[{ to: "/municipal-budget", label: "Haushalt" }]}
      actions={<ActionLink to="/assets/years">Abschreibung und Sonderposten</ActionLink>}
    >
      <MunicipalTabs />
      {chosen.invoice && (
        <p className="kern-body">
          Nur eine Rechnung. <TextLink to={`/invoices/${chosen.invoice}`}>Zur Rechnung</TextLink>{" "}
          oder <TextLink to="/assets">alle Anlagen zeigen</TextLink>
        </p>
      )}
      {open.length > 0 && (
        <Section title="Noch nicht inventarisiert">
          <div className="whole-words">
            <OpenLines lines={open} mayRecord={page.mayRecord} />
          </div>
        </Section>
      )}
      <Section title="Inventar">
        {hasAny && <Filters {...page} />}
        {assets.length === 0 ? (
          <Empty>
            {hasAny
              ? "Zu dieser Auswahl gibt es keine Anlagen."
              : open.length > 0
                ? "Noch ist keine Anlage inventarisiert. Oben steht, was dafür bereit ist."
                : "Noch ist keine Anlage inventarisiert. Sobald eine Rechnung mit einer Investition gebucht ist, steht sie hier bereit."}
          </Empty>
        ) : (
          <div className="whole-words">
            <Register assets={assets} totals={page.totals} />
          </div>
        )}
      </Section>
    </Page>
  );
}

type Chosen = { school: string | null; year: string | null; invoice: string | null };

function Filters({
  chosen,
  schools,
  years,
}: {
  chosen: Chosen;
  schools: string[];
  years: string[];
}) {
  return (
    <>
      <FilterLinks label="Schule" part="school" all="alle" values={schools} chosen={chosen} />
      <FilterLinks label="In Betrieb seit" part="year" all="alle" values={years} chosen={chosen} />
    </>
  );
}

function FilterLinks({
  label,
  part,
  all,
  values,
  chosen,
}: {
  label: string;
  part: "school" | "year";
  all: string;
  values: string[];
  chosen: Chosen;
}) {
  const to = (value: string | null) => {
    const wanted = Object.entries({ ...chosen, [part]: value }).filter(([, one]) => one !== null);
    return `/assets?${new URLSearchParams(wanted as [string, string][])}`;
  };
  return (
    <p className="kern-body filter-links">
      <span className="muted">{label}: </span>
      {[null, ...values].map((value) => (
        <span key={value ?? ""}>
          <Link
            className="kern-link kern-link--no-visited-state"
            to={to(value)}
            aria-current={chosen[part] === value ? "true" : undefined}
          >
            {value ?? all}
          </Link>{" "}
        </span>
      ))}
    </p>
  );
}

function OpenLines({ lines, mayRecord }: { lines: Wire<InventoryLine>[]; mayRecord: boolean }) {
  return (
    <Table
      caption="Investitionen auf Rechnungen, die noch keine Anlage sind"
      isCaptionHidden
      rows={lines}
      keyOf={({ id }) => id}
      columns={[
        {
          label: "Was",
          cell: ({ id, description }) =>
            mayRecord ? (
              <TextLink to={`/assets/new?line=${id}`}>{description} inventarisieren</TextLink>
            ) : (
              description
            ),
        },
        { label: "Schule", cell: ({ school }) => school },
        {
          label: "Rechnung",
          cell: ({ invoiceId, number, supplier }) => (
            <TextLink to={`/invoices/${invoiceId}`}>
              {number}, {supplier}
            </TextLink>
          ),
        },
        { label: "vom", cell: ({ invoicedOn }) => <DayText day={invoicedOn} /> },
        {
          label: "Menge offen",
          isNumeric: true,
          cell: ({ left, quantity }) => `${formatFactor(left)} von ${formatFactor(quantity)}`,
        },
        {
          label: "Anschaffungskosten",
          isNumeric: true,
          cell: ({ cost }) => <Euro amount={cost} />,
        },
      ]}
    />
  );
}

type Totals = Record<"cost" | "grantShare" | "depreciated" | "bookValue" | "specialItem", string>;

function Register({ assets, totals }: { assets: Wire<Asset>[]; totals: Totals }) {
  const figure = (label: string, key: keyof Totals) => ({
    label,
    isNumeric: true,
    cell: (asset: Wire<Asset>) => <Euro amount={asset[key]} />,
  });
  return (
    <Table
      caption="Inventar"
      isCaptionHidden
      rows={assets}
      keyOf={({ id }) => id}
      columns={[
        {
          label: "Inventarnummer",
          cell: ({ id, inventoryNumber, disposedOn }) => (
            <>
              <TextLink to={`/assets/${id}`}>{inventoryNumber}</TextLink>{" "}
              {disposedOn && <Badge kind="warning">abgegangen</Badge>}
            </>
          ),
        },
        { label: "Was", cell: ({ description }) => description },
        {
          label: "Schule",
          cell: ({ school, place }) => (place ? `${school}, ${place}` : school),
        },
        { label: "in Betrieb seit", cell: ({ inServiceOn }) => <DayText day={inServiceOn} /> },
        figure("Anschaffungskosten", "cost"),
        figure("davon Zuwendung", "grantShare"),
        figure("abgeschrieben", "depreciated"),
        figure("Buchwert", "bookValue"),
        figure("Sonderposten", "specialItem"),
      ]}
      footer={[
        `${assets.length} ${assets.length === 1 ? "Anlage" : "Anlagen"}`,
        "",
        "",
        "",
        <Euro key="c" amount={totals.cost} />,
        <Euro key="g" amount={totals.grantShare} />,
        <Euro key="d" amount={totals.depreciated} />,
        <Euro key="b" amount={totals.bookValue} />,
        <Euro key="s" amount={totals.specialItem} />,
      ]}
    />
  );
}
