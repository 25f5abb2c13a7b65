import { type ActionFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { today } from "#app/clock.server.ts";
import { Euro } from "#app/components/euro.tsx";
import { MunicipalTabs } from "#app/components/municipal-tabs.tsx";
import { ActionLink, Badge, Empty, Page, TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { UnpostedContracts } from "#app/components/unposted-contracts.tsx";
import { unpostedForm } from "#app/contract-form.ts";
import { costOfYear } from "#app/domain/accrual.ts";
import { yearOf } from "#app/domain/calendar.ts";
import { contractKinds } from "#app/domain/contract.ts";
import { lastDayOf, nextNotice } from "#app/domain/contract-run.ts";
import { sum } from "#app/domain/money.ts";
import { mayUser } from "#app/domain/permission.ts";
import { readForm, rejected } from "#app/form.ts";
import { contractKindWords, rhythmWords, unpostedRow } from "#app/german/contract-words.ts";
import { formatDay, formatEuro } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { wire } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { listContracts } from "#app/records/contracts.server.ts";
import { listUnposted, postAllRecurring } from "#app/records/recurring-posting.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

export const meta: MetaFunction = () => [{ title: "Verträge – Paktbuch" }];

export const loader = asKnown("read_all_books", async ({ request }, user) => {
  const { searchParams } = new URL(request.url);
  const kind = contractKinds.find((one) => one === searchParams.get("kind")) ?? null;
  const school = searchParams.get("school");
  const asOf = today();
  const year = yearOf(asOf);
  const [all, unposted] = await Promise.all([listContracts(user), listUnposted(user, year)]);
  const shown = all
    .filter((contract) => kind === null || contract.kind === kind)
    .filter((contract) => school === null || (contract.schoolName ?? "") === school);
  const rows = shown.map((contract) => ({
    id: contract.id,
    number: contract.number,
    name: contract.name,
    kind: contract.kind,
    supplier: contract.supplier,
    schoolName: contract.schoolName,
    amount: contract.amount,
    rhythm: contract.rhythm,
    stands: contract.stands,
    lastDay: lastDayOf(contract),
    notice: nextNotice(contract, asOf),
    thisYear: costOfYear(contract, year),
    nextYear: costOfYear(contract, year + 1),
  }));
  const standing = rows.filter(({ stands }) => stands);
  return wire({
    rows,
    year,
    asOf,
    filter: { kind, school },
    kinds: contractKinds.filter((one) => all.some((contract) => contract.kind === one)),
    schools: [...new Set(all.map(({ schoolName }) => schoolName ?? ""))].sort(),
    sums: {
      thisYear: sum(standing.map((row) => row.thisYear)),
      nextYear: sum(standing.map((row) => row.nextYear)),
    },
    open: unposted.map(unpostedRow),
    mayRecord: mayUser(user, "record"),
  });
});

/** Posts what contracts cost in all open years, as far as the budget has it or a reason is given. */
export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const form = await readForm(request, unpostedForm);
  if (form.status !== "success") return rejected(form);

  const violation = await postAllRecurring(user, form.value.reasons);
  if (violation) return rejected(form, problemOf(violation));
  return redirect("/contracts");
}

export default function Contracts() {
  const { rows, year, asOf, filter, kinds, schools, sums, open, mayRecord } =
    useLoaderData<typeof loader>();
  return (
    <Page
      title="Verträge"
      lead="Kosten, die wiederkehren: Lizenzen, Betreuung, Wartung, Leitungen, Leasing, Personalanteile."
      crumbs={[{ to: "/municipal-budget", label: "Haushalt" }]}
      actions={
        <>
          <TextLink to="/price-indexes">Preisindizes</TextLink>
          {mayRecord && (
            <ActionLink to="/contracts/new" kind="primary">
              Vertrag anlegen
            </ActionLink>
          )}
        </>
      }
    >
      <MunicipalTabs />
      {schools.length > 0 && (
        <nav aria-label="Auswahl" className="choices">
          <Choice to={{}} isChosen={!filter.kind && filter.school === null}>
            alle
          </Choice>
          {kinds.map((kind) => (
            <Choice key={kind} to={{ kind }} isChosen={filter.kind === kind}>
              {contractKindWords[kind]}
            </Choice>
          ))}
          {schools.map((school) => (
            <Choice key={school} to={{ school }} isChosen={filter.school === school}>
              {school || "ganzer Schulträger"}
            </Choice>
          ))}
        </nav>
      )}
      {rows.length === 0 ? (
        <Empty>
          {schools.length === 0
            ? "Noch kein Vertrag. Angelegt wird er mit Betrag, Rhythmus, Laufzeit und Haushaltskonto; was er je Jahr kostet, rechnet Paktbuch."
            : "Dazu gibt es keinen Vertrag."}
        </Empty>
      ) : (
        <Table
          caption={`Verträge, Stand ${formatDay(asOf)}`}
          rows={rows}
          keyOf={({ id }) => id}
          footer={[
            "Summe",
            "",
            "",
            <Euro key="this" amount={sums.thisYear} />,
            <Euro key="next" amount={sums.nextYear} />,
            "",
          ]}
          columns={[
            {
              label: "Vertrag",
              cell: ({ id, number, name, stands }) => (
                <>
                  <TextLink to={`/contracts/${id}`}>
                    {number} {name}
                  </TextLink>{" "}
                  {!stands && <Badge kind="danger">storniert</Badge>}
                </>
              ),
            },
            {
              label: "Art, Partner, Schule",
              cell: ({ kind, supplier, schoolName }) =>
                [contractKindWords[kind], supplier ?? "eigene Leistung", schoolName]
                  .filter(Boolean)
                  .join(", "),
            },
            {
              label: "Preis bei Abschluss",
              isNumeric: true,
              cell: ({ amount, rhythm }) => `${formatEuro(amount)} ${rhythmWords[rhythm]}`,
            },
            {
              label: `kostet ${year}`,
              isNumeric: true,
              cell: ({ thisYear }) => <Euro amount={thisYear} />,
            },
            {
              label: `kostet ${year + 1}`,
              isNumeric: true,
              cell: ({ nextYear }) => <Euro amount={nextYear} />,
            },
            {
              label: "Kündigung",
              cell: ({ notice, lastDay }) =>
                notice
                  ? `kündbar bis ${formatDay(notice.noticeBy)} zum ${formatDay(notice.endsOn)}`
                  : `endet am ${formatDay(lastDay!)}`,
            },
          ]}
        />
      )}
      <UnpostedContracts open={open} mayRecord={mayRecord} lastResult={useActionData()} />
    </Page>
  );
}

function Choice({
  to,
  isChosen,
  children,
}: {
  to: Record<string, string>;
  isChosen: boolean;
  children: string;
}) {
  return (
    <Link
      to={`/contracts?${new URLSearchParams(to)}`}
      aria-current={isChosen ? "true" : undefined}
      className="kern-link kern-link--no-visited-state"
    >
      {children}
    </Link>
  );
}
