import { type ActionFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { today } from "#app/clock.server.ts";
import { Attachments } from "#app/components/attachments.tsx";
import { MunicipalTabs } from "#app/components/municipal-tabs.tsx";
import { ActionLink, Badge, Page, TextLink } from "#app/components/page.tsx";
import { UnpostedContracts } from "#app/components/unposted-contracts.tsx";
import { unpostedForm } from "#app/contract-form.ts";
import { costOfYear, piecesOfYear } from "#app/domain/accrual.ts";
import { yearOf } from "#app/domain/calendar.ts";
import { yearsShown } from "#app/domain/contract-change.ts";
import { lastDayOf, nextNotice, terminatedTo } from "#app/domain/contract-run.ts";
import { sum, zero } from "#app/domain/money.ts";
import { mayUser } from "#app/domain/permission.ts";
import { readForm, rejected } from "#app/form.ts";
import { contractKindWords, unpostedRow } from "#app/german/contract-words.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam, wire } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { listAccounts } from "#app/records/accounts.server.ts";
import { loadAttachments } from "#app/records/attachments.server.ts";
import { listContractFigures } from "#app/records/contract-figures.server.ts";
import { requireContract } from "#app/records/contracts.server.ts";
import { listUnposted, postAllRecurring } from "#app/records/recurring-posting.server.ts";
import { requireUser } from "#app/session.server.ts";
import { Arithmetic } from "./arithmetic.tsx";
import { ChangeTable, ContractFacts } from "./contract-facts.tsx";
import { PostedYears } from "./posted-years.tsx";

export const handle = { isInteractive: true };

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Vertrag ${data?.contract.number ?? ""} – Paktbuch` },
];

export const loader = asKnown("read_all_books", async ({ params }, user) => {
  const { indexValues, ...contract } = await requireContract(user, idParam(params.contractId));
  const running = { ...contract, indexValues };
  const lines = await listAccounts(user, { kind: "budget_line" });
  const asOf = today();
  const posted = await listContractFigures(user, { contractId: contract.id });
  const unposted = await listUnposted(user, yearOf(asOf), undefined, contract.id);
  const served = lines.find(({ id }) => id === contract.servedLineId);
  return wire({
    contract,
    served: served ? { label: served.label, grantId: served.grantId! } : null,
    lastDay: lastDayOf(running),
    terminatedTo: terminatedTo(running),
    notice: nextNotice(running, asOf),
    thisYear: yearOf(asOf),
    years: yearsShown(running, yearOf(asOf)).map((year) => {
      const pieces = piecesOfYear(running, year);
      return { year, pieces, total: sum(pieces.map(({ amount }) => amount)) };
    }),
    posted: posted.map((figures) => {
      const { fiscalYear, isCarried } = figures;
      const isPlanned = contract.stands && !isCarried;
      return { ...figures, planned: isPlanned ? costOfYear(running, fiscalYear) : zero };
    }),
    unposted: unposted.map(unpostedRow),
    mayChange: mayUser(user, "record") && contract.stands,
    attachments: await loadAttachments(user, { subject: "contract", subjectId: contract.id }),
  });
});

/** Posts what this contract costs in all open years, as far as the budget has it or a reason is given. */
export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const contract = await requireContract(user, idParam(params.contractId));
  const form = await readForm(request, unpostedForm);
  if (form.status !== "success") return rejected(form);

  const violation = await postAllRecurring(user, form.value.reasons, contract.id);
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/contracts/${contract.id}`);
}

export type Shown = ReturnType<typeof useLoaderData<typeof loader>>;

export default function Contract() {
  const shown = useLoaderData<typeof loader>();
  const { contract, mayChange, attachments, unposted } = shown;
  return (
    <Page
      title={`Vertrag ${contract.number}`}
      lead={`${contract.name} (${contractKindWords[contract.kind]}), ${contract.schoolName ?? "ganzer Schulträger"}`}
      crumbs={[
        { to: "/municipal-budget", label: "Haushalt" },
        { to: "/contracts", label: "Verträge" },
      ]}
      actions={
        <>
          {!contract.stands && <Badge kind="danger">storniert</Badge>}
          <TextLink to={`/documents/contract/${contract.id}`}>Beleg und Storno</TextLink>
          {mayChange && (
            <ActionLink to={`/contracts/${contract.id}/changes/new`} kind="primary">
              Ändern oder kündigen
            </ActionLink>
          )}
        </>
      }
    >
      <MunicipalTabs />
      <ContractFacts {...shown} />
      <ChangeTable {...shown} />
      <PostedYears {...shown} />
      <UnpostedContracts open={unposted} mayRecord={mayChange} lastResult={useActionData()} />
      <Arithmetic {...shown} />
      <Attachments {...attachments} hint="Der Vertrag selbst, Preisblätter, Kündigungen." />
    </Page>
  );
}
