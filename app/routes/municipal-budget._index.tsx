import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { DayText, entriesOf, Euro } from "#app/components/euro.tsx";
import { ActionLink, Badge, Empty, Page, Section, TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { appropriationLeft } from "#app/domain/appropriation.ts";
import { may } from "#app/domain/permission.ts";
import { wire } from "#app/http.ts";
import { listAccounts } from "#app/records/accounts.server.ts";
import { listJointServices } from "#app/records/joint-services.server.ts";
import { listAppropriations } from "#app/records/municipal-budget.server.ts";
import { requireUser } from "#app/session.server.ts";

export const meta: MetaFunction = () => [{ title: "Haushalt und IKZ – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "read_books");
  const [accounts, appropriations, services] = await Promise.all([
    listAccounts(user, { kind: "appropriation" }),
    listAppropriations(user),
    listJointServices(user),
  ]);
  return wire({
    accounts: accounts.map((account) => ({
      ...account,
      available: appropriationLeft(account),
    })),
    appropriations: appropriations.map((appropriation) => ({
      ...appropriation,
      label: accounts.find(({ id }) => id === appropriation.accountId)?.label ?? "",
    })),
    services,
    mayRecord: may(user.role, "record"),
  });
}

const figures = ["appropriated", "invoiced", "paid"] as const;
const headings = { appropriated: "Ansatz", invoiced: "in Rechnung", paid: "bezahlt" };

export default function MunicipalBudget() {
  const { accounts, appropriations, services, mayRecord } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Haushalt und IKZ"
      lead="Laufende Kosten zahlt kein Förderprogramm: Sie stehen im Gemeindehaushalt, getrennt von den Zuwendungen."
    >
      <Section
        title="Interkommunale Zusammenarbeit"
        actions={
          mayRecord && <ActionLink to="/joint-services/new">Vereinbarung anlegen</ActionLink>
        }
      >
        {services.length === 0 ? (
          <Empty>Noch keine Vereinbarung.</Empty>
        ) : (
          <Table
            caption="Vereinbarungen"
            isCaptionHidden
            rows={services}
            keyOf={({ id }) => id}
            columns={[
              {
                label: "Vereinbarung",
                cell: ({ id, name }) => <TextLink to={`/joint-services/${id}`}>{name}</TextLink>,
              },
              { label: "Rechtsform", cell: ({ legalForm }) => legalForm },
              { label: "seit", cell: ({ startedOn }) => <DayText day={startedOn} /> },
              { label: "Beschluss", cell: ({ resolution }) => resolution ?? "–" },
            ]}
          />
        )}
      </Section>

      <Section
        title="Haushaltsansätze"
        actions={
          mayRecord && <ActionLink to="/municipal-budget/new">Haushaltsansatz buchen</ActionLink>
        }
      >
        {accounts.length === 0 ? (
          <Empty>Noch kein Haushaltsansatz. Die Umlage der IKZ wird auf einen gebucht.</Empty>
        ) : (
          <>
            <Table
              caption="Stand je Haushaltsjahr, Produkt und Sachkonto"
              rows={accounts}
              keyOf={({ id }) => id}
              columns={[
                { label: "Haushaltsjahr", cell: ({ fiscalYear }) => fiscalYear },
                {
                  label: "Produkt, Sachkonto",
                  cell: ({ product, ledgerAccount, name }) =>
                    `${product} / ${ledgerAccount} ${name}`,
                },
                ...figures.map((figure) => ({
                  label: headings[figure],
                  isNumeric: true,
                  cell: (account: (typeof accounts)[number]) => (
                    <Euro
                      amount={account[figure]}
                      to={entriesOf({ account: account.id, figure })}
                    />
                  ),
                })),
                {
                  label: "verfügbar",
                  isNumeric: true,
                  cell: ({ id, available }) => (
                    <strong>
                      <Euro amount={available} to={entriesOf({ account: id })} />
                    </strong>
                  ),
                },
              ]}
            />
            <Table
              caption="Wie die Ansätze beschlossen wurden"
              rows={appropriations}
              keyOf={({ id }) => id}
              columns={[
                {
                  label: "Ansatz",
                  cell: ({ id, label, stands }) => (
                    <>
                      <TextLink to={`/documents/appropriation/${id}`}>{label}</TextLink>{" "}
                      {!stands && <Badge kind="danger">storniert</Badge>}
                    </>
                  ),
                },
                { label: "beschlossen am", cell: ({ decidedOn }) => <DayText day={decidedOn} /> },
                { label: "Beschluss", cell: ({ resolution }) => resolution ?? "–" },
                {
                  label: "Betrag",
                  isNumeric: true,
                  cell: ({ amount }) => <Euro amount={amount} />,
                },
              ]}
            />
          </>
        )}
      </Section>
    </Page>
  );
}
