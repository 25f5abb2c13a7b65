import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { today } from "#app/clock.server.ts";
import { BudgetFigures } from "#app/components/budget-figures.tsx";
import { BudgetReasonText } from "#app/components/budget-reason.tsx";
import { ClosedYear } from "#app/components/closed-year.tsx";
import { DayText, Euro } from "#app/components/euro.tsx";
import { MunicipalTabs } from "#app/components/municipal-tabs.tsx";
import {
  ActionLink,
  Badge,
  Empty,
  Facts,
  Notice,
  Page,
  Section,
  TextLink,
} from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { budgetSums } from "#app/domain/budget-view.ts";
import { yearOf } from "#app/domain/calendar.ts";
import { budgetLeft } from "#app/domain/municipal-budget.ts";
import { mayUser, type User } from "#app/domain/permission.ts";
import { documentKindWords } from "#app/german/book-words.ts";
import { budgetPartWords } from "#app/german/budget-sentences.ts";
import { idParam, isId, wire } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { listAccountDocuments, requireBudgetAccount } from "#app/records/budget-changes.server.ts";
import { listBookedAlongside } from "#app/records/booked-alongside.server.ts";
import { listBudgetReasons } from "#app/records/budget-reasons.server.ts";
import { listCarriedTo } from "#app/records/carryovers.server.ts";
import { findYearClosing, listYearAccounts } from "#app/records/fiscal-years.server.ts";
import { listUnposted } from "#app/records/recurring-posting.server.ts";

export const meta: MetaFunction = () => [{ title: "Haushaltsstelle – Paktbuch" }];

export const loader = asKnown("read_books", async ({ params, request }, user) => {
  const account = await requireBudgetAccount(user, idParam(params.accountId));
  const year = account.fiscalYear!;
  const [accounts, documents, closing, carried, reasons] = await Promise.all([
    listYearAccounts(user, year),
    listAccountDocuments(user, account.id),
    findYearClosing(user, year),
    listCarriedTo(user, account.id),
    listBudgetReasons(user, { accountId: account.id }),
  ]);
  const { id, name, product, ledgerAccount, costCentre, budgetPart, budget } = account;
  const booked = new URL(request.url).searchParams.get("booked");
  return wire({
    year,
    alongside: booked && isId(booked) ? await listBookedAlongside(user, booked) : [],
    unbound: mayUser(user, "read_all_books") ? await unboundOf(user, account) : [],
    account: { id, name, product, ledgerAccount, costCentre, budgetPart, budget },
    sums: budgetSums([account]),
    budgetLeft: budgetLeft(account, accounts),
    documents,
    carried,
    reasons,
    isClosed: closing !== undefined,
    mayRecord: mayUser(user, "record"),
    mayDecide: mayUser(user, "decide_budget"),
  });
});

/** What contracts cost in the year and is not committed on the account: it lowers what looks free. */
async function unboundOf(user: User, account: { id: string; fiscalYear: number | null }) {
  const costs = await listUnposted(user, yearOf(today()));
  return costs
    .filter((one) => one.account?.id === account.id && one.fiscalYear === account.fiscalYear)
    .map(({ contract, difference }) => {
      return { id: contract.id, number: contract.number, name: contract.name, difference };
    });
}

export default function BudgetAccountPage() {
  const {
    year,
    alongside,
    unbound,
    account,
    sums,
    budgetLeft,
    documents,
    carried,
    reasons,
    isClosed,
    mayRecord,
    mayDecide,
  } = useLoaderData<typeof loader>();
  const { id, name, product, ledgerAccount, costCentre, budgetPart, budget } = account;
  return (
    <Page
      title={name}
      lead={`Haushaltsstelle ${year}, Produkt ${product}, Sachkonto ${ledgerAccount}`}
      crumbs={[{ to: `/municipal-budget?year=${year}`, label: "Haushalt" }]}
      actions={
        !isClosed && (
          <>
            {mayDecide && (
              <ActionLink to={`/municipal-budget/accounts/${id}/changes/new`}>
                Änderung buchen
              </ActionLink>
            )}
            {mayRecord && (
              <>
                <ActionLink to={`/municipal-budget/${year}/orders/new`}>Auftrag buchen</ActionLink>
                <ActionLink to={`/municipal-budget/${year}/invoices/new`}>
                  Rechnung buchen
                </ActionLink>
              </>
            )}
          </>
        )
      }
    >
      <MunicipalTabs />
      {isClosed && <ClosedYear year={year} />}
      {alongside.length > 0 && (
        <Notice kind="info" title="Mit der Änderung wurde auch gebucht, was auf Geld gewartet hat">
          <ul className="kern-list kern-list--bullet">
            {alongside.map(({ id, text, amount }) => (
              <li key={id}>
                <TextLink to={`/orders/${id}`}>{text}</TextLink>:{" "}
                {amount === null ? (
                  "Auftrag angepasst"
                ) : (
                  <>
                    <Euro amount={amount} /> gebunden
                  </>
                )}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {unbound.length > 0 && (
        <Notice kind="warning" title="Verträge sind hier noch nicht ganz gebunden">
          <p className="kern-body">
            Sobald Geld da ist, werden sie von selbst gebucht; dann ist entsprechend weniger
            verfügbar.
          </p>
          <ul className="kern-list kern-list--bullet">
            {unbound.map(({ id, number, name, difference }) => (
              <li key={id}>
                <TextLink to={`/contracts/${id}`}>
                  {number} {name}
                </TextLink>
                : noch zu binden <Euro amount={difference} />
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <Facts
        facts={[
          ["Teil", budgetPartWords[budgetPart ?? "operating"]],
          ["Kostenstelle", costCentre ?? "–"],
          ["Budget", budget ?? "steht allein"],
          [budget ? "im Budget verfügbar" : "verfügbar", <Euro key="left" amount={budgetLeft} />],
        ]}
      />
      <BudgetFigures
        caption={`Stand der Haushaltsstelle ${year}`}
        rows={[{ account, sums, budgetLeft }]}
        total={sums}
      />
      {carried.length > 0 && (
        <Section title="Aus dem Vorjahr übertragen">
          <Table
            caption="Haushaltsreste dieser Haushaltsstelle"
            isCaptionHidden
            rows={carried}
            keyOf={({ id }) => id}
            columns={[
              {
                label: "Warum",
                cell: ({ id, reason }) => (
                  <TextLink to={`/documents/carryover/${id}`}>{reason}</TextLink>
                ),
              },
              {
                label: "verwendbar bis",
                cell: ({ validUntil }) =>
                  validUntil ? <DayText day={validUntil} /> : "zur letzten Zahlung",
              },
              {
                label: "Betrag",
                isNumeric: true,
                cell: ({ amount }) => <Euro amount={amount} />,
              },
            ]}
          />
        </Section>
      )}
      <Section title="Belege">
        {documents.length === 0 ? (
          <Empty>Noch kein Beleg.</Empty>
        ) : (
          <Table
            caption="Was auf dieser Haushaltsstelle gebucht ist"
            isCaptionHidden
            rows={documents}
            keyOf={({ id }) => id}
            columns={[
              {
                label: "Beleg",
                cell: ({ id, kind, text, stands }) => (
                  <>
                    <TextLink to={`/documents/${kind}/${id}`}>
                      {documentKindWords[kind]}: {text}
                    </TextLink>{" "}
                    {!stands && <Badge kind="danger">storniert</Badge>}
                    <BudgetReasonText
                      reason={reasons.find(({ documentId }) => documentId === id)}
                    />
                  </>
                ),
              },
              { label: "Tag", cell: ({ bookedOn }) => <DayText day={bookedOn} /> },
              {
                label: "Ermächtigung",
                isNumeric: true,
                cell: ({ given }) => <Euro amount={given} />,
              },
              {
                label: "gebunden und in Rechnung",
                isNumeric: true,
                cell: ({ spent }) => <Euro amount={spent} />,
              },
            ]}
          />
        )}
      </Section>
    </Page>
  );
}
