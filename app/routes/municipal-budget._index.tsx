import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BudgetFigures } from "#app/components/budget-figures.tsx";
import { ClosedYear } from "#app/components/closed-year.tsx";
import { Euro } from "#app/components/euro.tsx";
import { MunicipalTabs } from "#app/components/municipal-tabs.tsx";
import { ActionLink, Badge, Empty, Page, Section, TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { today } from "#app/clock.server.ts";
import { summarize } from "#app/domain/budget.ts";
import { budgetSums, viewYear } from "#app/domain/budget-view.ts";
import { yearOf } from "#app/domain/calendar.ts";
import { mayUser } from "#app/domain/permission.ts";
import { budgetPartWords } from "#app/german/budget-sentences.ts";
import { wire } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { listAccounts } from "#app/records/accounts.server.ts";
import { findYearClosing } from "#app/records/fiscal-years.server.ts";
import { listAccountsToCopy } from "#app/records/year-start.server.ts";

export const meta: MetaFunction = () => [{ title: "Haushalt – Paktbuch" }];

export const loader = asKnown("read_books", async ({ request }, user) => {
  const asked = new URL(request.url).searchParams.get("year") ?? "";
  const year = /^20\d\d$/.test(asked) ? Number(asked) : yearOf(today());
  const [accounts, lines, closing, toCopy] = await Promise.all([
    listAccounts(user, { kind: "appropriation" }),
    listAccounts(user, { kind: "budget_line" }),
    findYearClosing(user, year),
    listAccountsToCopy(user, year),
  ]);
  const own = accounts.filter(({ fiscalYear }) => fiscalYear === year);
  const known = accounts.map(({ fiscalYear }) => fiscalYear!);
  // The next year is planned in this one.
  const years = [...new Set([...known, year, yearOf(today()) + 1])].sort();
  return wire({
    year,
    years,
    closingId: closing?.id ?? null,
    isOver: year < yearOf(today()),
    canCopy: toCopy.length > 0,
    isOutside: Boolean(user.limits && !user.limits.fiscalYears.includes(year)),
    parts: viewYear(own),
    sums: budgetSums(own),
    grants: summarize(lines),
    mayRecord: mayUser(user, "record"),
    mayDecide: mayUser(user, "decide_budget"),
  });
});

export default function MunicipalBudget() {
  const { year, years, parts, closingId, isOver, canCopy, isOutside, mayRecord, mayDecide } =
    useLoaderData<typeof loader>();
  return (
    <Page
      title={`Haushaltsjahr ${year}`}
      lead="Laufende Kosten zahlt kein Förderprogramm: Sie stehen im Gemeindehaushalt, getrennt von den Zuwendungen."
      actions={
        !closingId && (
          <>
            {mayRecord && parts.length > 0 && (
              <>
                <ActionLink to={`/municipal-budget/${year}/orders/new`}>Auftrag buchen</ActionLink>
                <ActionLink to={`/municipal-budget/${year}/invoices/new`}>
                  Rechnung buchen
                </ActionLink>
              </>
            )}
            {mayDecide && (
              <>
                {canCopy && (
                  <ActionLink to={`/municipal-budget/${year}/start`}>
                    {`Haushaltsstellen aus ${year - 1} übernehmen`}
                  </ActionLink>
                )}
                <ActionLink to={`/municipal-budget/new?year=${year}`}>
                  Haushaltsansatz buchen
                </ActionLink>
                <ActionLink to={`/municipal-budget/unplanned?year=${year}`}>
                  Außerplanmäßig bewilligen
                </ActionLink>
                {isOver && (
                  <ActionLink to={`/municipal-budget/${year}/closing`}>Jahr abschließen</ActionLink>
                )}
              </>
            )}
          </>
        )
      }
    >
      <MunicipalTabs />
      <p className="kern-body">
        Haushaltsjahre:{" "}
        {years.map((one) => (
          <span key={one}>
            {one === year ? (
              <strong>{one}</strong>
            ) : (
              <TextLink to={`/municipal-budget?year=${one}`}>{one}</TextLink>
            )}{" "}
          </span>
        ))}
        {closingId && (
          <TextLink to={`/documents/year_closing/${closingId}`}>
            <Badge kind="info">abgeschlossen</Badge>
          </TextLink>
        )}
      </p>
      {closingId && <ClosedYear year={year} />}
      {parts.length > 0 && (
        <p className="kern-body">
          <TextLink to={`/municipal-budget/${year}/orders`}>Aufträge {year}</TextLink>
          {" · "}
          <TextLink to={`/municipal-budget/${year}/invoices`}>Rechnungen {year}</TextLink>
        </p>
      )}
      {parts.length === 0 && (
        <Empty>
          {isOutside
            ? `Ihr Zugang umfasst das Haushaltsjahr ${year} nicht: Ob und was dort veranschlagt ist, zeigt er nicht.`
            : `Für ${year} ist noch nichts veranschlagt.`}
          {mayDecide && " Der erste Haushaltsansatz legt die Haushaltsstelle an."}
        </Empty>
      )}
      {parts.map((part) => (
        <PartOfYear key={part.part} {...part} />
      ))}
      <BothStreams />
    </Page>
  );
}

type Part = ReturnType<typeof useLoaderData<typeof loader>>["parts"][number];

function PartOfYear({ part, products, budgets }: Part) {
  return (
    <Section title={budgetPartWords[part]}>
      {products.map(({ product, accounts, sums }) => (
        <BudgetFigures key={product} caption={`Produkt ${product}`} rows={accounts} total={sums} />
      ))}
      {budgets.length > 0 && (
        <Table
          caption="Budgets: Ihre Haushaltsstellen decken sich gegenseitig"
          rows={budgets}
          keyOf={({ budget }) => budget}
          columns={[
            { label: "Budget", cell: ({ budget }) => budget },
            {
              label: "Ermächtigung",
              isNumeric: true,
              cell: ({ sums }) => <Euro amount={sums.authorized} />,
            },
            {
              label: "gebunden",
              isNumeric: true,
              cell: ({ sums }) => <Euro amount={sums.committed} />,
            },
            {
              label: "in Rechnung",
              isNumeric: true,
              cell: ({ sums }) => <Euro amount={sums.invoiced} />,
            },
            {
              label: "verfügbar",
              isNumeric: true,
              cell: ({ sums }) => (
                <strong>
                  <Euro amount={sums.available} />
                </strong>
              ),
            },
          ]}
        />
      )}
    </Section>
  );
}

function BothStreams() {
  const { year, sums, grants } = useLoaderData<typeof loader>();
  return (
    <Section title="Gemeindehaushalt und Zuwendungen">
      <p className="kern-body">
        Im Gemeindehaushalt sind {year} <Euro amount={sums.authorized} /> ermächtigt, davon{" "}
        <Euro amount={sums.available} /> verfügbar. In den Zuwendungen sind über alle Bescheide und
        Jahre <Euro amount={grants.approved} /> bewilligt, davon <Euro amount={grants.available} />{" "}
        verfügbar. Beides wird getrennt gebucht und nie zusammengezählt.
      </p>
    </Section>
  );
}
