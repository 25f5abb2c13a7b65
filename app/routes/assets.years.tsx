import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { today } from "#app/clock.server.ts";
import { DepreciationTable } from "#app/components/depreciation-table.tsx";
import { MunicipalTabs } from "#app/components/municipal-tabs.tsx";
import { Empty, Page } from "#app/components/page.tsx";
import { yearOf } from "#app/domain/calendar.ts";
import { depreciationOfAll } from "#app/domain/depreciation.ts";
import { formatDay } from "#app/german/notation.ts";
import { wire } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { loadInventory } from "#app/records/assets.server.ts";

/** So many fiscal years before and after the current one. */
const span = 5;

export const meta: MetaFunction = () => [{ title: "Abschreibung und Sonderposten – Paktbuch" }];

export const loader = asKnown("read_books", async (_args, user) => {
  const { assets } = await loadInventory(user);
  const current = yearOf(today());
  const years = Array.from({ length: 2 * span + 1 }, (_, index) => current - span + index);
  return wire({
    asOf: today(),
    current,
    count: assets.length,
    years: depreciationOfAll(assets, years),
  });
});

export default function DepreciationYears() {
  const { asOf, current, count, years } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Abschreibung und Sonderposten"
      lead={`Alle Anlagen zusammen, fünf Jahre zurück und fünf voraus. Stand ${formatDay(asOf)}, Beträge in Euro.`}
      crumbs={[
        { to: "/municipal-budget", label: "Haushalt" },
        { to: "/assets", label: "Anlagen" },
      ]}
    >
      <MunicipalTabs />
      {count === 0 ? (
        <Empty>Noch ist keine Anlage inventarisiert.</Empty>
      ) : (
        <>
          <DepreciationTable
            caption={count === 1 ? "Eine Anlage" : `${count} Anlagen`}
            rows={years}
            current={current}
          />
          <p className="kern-body">
            Abgeschrieben wird gleichmäßig ab dem Monat der Anschaffung, nur volle Monate (§ 49
            KomHKVO). Was die Zuwendung bezahlt hat, ist ein Sonderposten und wird in denselben
            Monaten aufgelöst (§ 44 Abs. 5 KomHKVO). Die Belastung ist Abschreibung und Restwert von
            Abgängen, vermindert um den aufgelösten Sonderposten. Künftige Anschaffungen sind nicht
            enthalten.
          </p>
        </>
      )}
    </Page>
  );
}
