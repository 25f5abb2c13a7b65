import type { MetaFunction } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { today } from "#app/clock.server.ts";
import { DayText, Euro } from "#app/components/euro.tsx";
import { ActionLink, Badge, Facts, Section, TextLink } from "#app/components/page.tsx";
import { KeptStand } from "#app/components/past.tsx";
import { Table } from "#app/components/table.tsx";
import { sum } from "#app/domain/money.ts";
import { mayUser } from "#app/domain/permission.ts";
import { categoryOf } from "#app/domain/programme.ts";
import { termsOn } from "#app/domain/terms.ts";
import { noticeTitles } from "#app/domain/titles.ts";
import { dayParam } from "#app/form.ts";
import { formatDay, formatPercent, parseDay } from "#app/german/notation.ts";
import { termsFacts } from "#app/german/terms-words.ts";
import { idParam, wire } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { requireGrant } from "#app/records/grants.server.ts";
import { listNotices, loadPlan } from "#app/records/notices.server.ts";

export const meta: MetaFunction = () => [{ title: "Bescheide – Paktbuch" }];

export const loader = asKnown("read_books", async ({ request, params }, user) => {
  const grant = await requireGrant(user, idParam(params.grantId));
  const [notices, plan] = await Promise.all([listNotices(user, grant.id), loadPlan(user, grant)]);
  const asked = new URL(request.url).searchParams.get("on");
  const on = dayParam(asked) ?? parseDay(asked ?? "") ?? today();
  const costs = sum(plan.lines.map(({ approved }) => approved));
  const { grantAmount, thirdPartyAmount } = grant;
  return wire({
    on,
    isAskedBadly: asked !== null && asked !== "" && on !== dayParam(asked) && !parseDay(asked),
    inForce: termsOn(grant.versions, on),
    facts: termsFacts(termsOn(grant.versions, on), grant.programme),
    first: { id: grant.id, noticeOn: grant.noticeOn, fileNumber: grant.fileNumber },
    firstTerms: grant.versions[0]!,
    notices,
    lines: plan.lines.map(({ id, school, code, approved, approvedByNotice, ...share }) => {
      const granted = share.fromBase.plus(share.fromShared).plus(share.beyond);
      return {
        id,
        school,
        name: `${code} ${categoryOf(grant.programme, code).name}`,
        approved,
        approvedByNotice,
        moved: approved.minus(approvedByNotice),
        granted,
        rest: approved.minus(granted),
      };
    }),
    financing: {
      costs,
      grantAmount,
      thirdPartyAmount,
      own: costs.minus(grantAmount).minus(thirdPartyAmount),
    },
    mayRecord: mayUser(user, "record_notice") && grant.stands,
    mayReallocate: mayUser(user, "decide_budget"),
    isClosed: grant.isClosed,
  });
});

export default function Notices() {
  const page = useLoaderData<typeof loader>();
  return (
    <>
      <Section
        title="Bescheide"
        actions={
          page.mayRecord && (
            <>
              {!page.isClosed && (
                <>
                  <ActionLink to="new?kind=amendment">Änderungsbescheid</ActionLink>
                  {page.mayReallocate && (
                    <ActionLink to="new?kind=reallocation">Umwidmung</ActionLink>
                  )}
                  <ActionLink to="new?kind=final">Schlussbescheid</ActionLink>
                </>
              )}
              <ActionLink to="new?kind=revocation" kind="tertiary">
                Widerruf
              </ActionLink>
            </>
          )
        }
      >
        <Versions />
      </Section>
      <Section title="Was gilt an einem Tag?">
        <Form method="get" className="actions">
          <KeptStand />
          <div className="kern-form-input">
            <label className="kern-label" htmlFor="on">
              Tag
            </label>
            <input
              id="on"
              name="on"
              defaultValue={formatDay(page.on)}
              className="kern-form-input__input short"
              inputMode="numeric"
            />
          </div>
          <button type="submit" className="kern-btn kern-btn--secondary">
            <span className="kern-label">Anzeigen</span>
          </button>
        </Form>
        {page.isAskedBadly && (
          <p className="warning-text">Bitte ein Datum wie 31.12.2024 eingeben.</p>
        )}
        <h3 className="kern-heading-small">
          Bedingungen am {formatDay(page.on)}:{" "}
          {page.inForce.kind === "grant" ? "Zuwendungsbescheid" : noticeTitles[page.inForce.kind]}{" "}
          vom {formatDay(page.inForce.noticeOn)}
        </h3>
        <Facts facts={page.facts.map(({ term, value }) => [term, value])} />
      </Section>
      <Section title="Kosten- und Finanzierungsplan">
        <Plan />
      </Section>
    </>
  );
}

function Versions() {
  const { first, firstTerms, notices } = useLoaderData<typeof loader>();
  const rows = [
    {
      ...firstTerms,
      id: first.id,
      title: "Zuwendungsbescheid",
      to: `/documents/grant/${first.id}`,
      stands: true,
    },
    ...notices.map((notice) => ({
      ...notice,
      title: noticeTitles[notice.kind],
      to: `/documents/notice/${notice.id}`,
    })),
  ];
  return (
    <Table
      caption="In der Reihenfolge, in der sie gelten"
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        {
          label: "Bescheid",
          cell: ({ title, to, stands }) => (
            <>
              <TextLink to={to}>{title}</TextLink>{" "}
              {!stands && <Badge kind="danger">storniert</Badge>}
            </>
          ),
        },
        { label: "vom", cell: ({ noticeOn }) => <DayText day={noticeOn} /> },
        { label: "gilt ab", cell: ({ validFrom }) => <DayText day={validFrom} /> },
        { label: "Zeichen", cell: ({ reference }) => reference || "–" },
        { label: "Grund", cell: ({ reason }) => reason || "–" },
        {
          label: "Bewilligungszeitraum bis",
          cell: ({ spendUntil }) => <DayText day={spendUntil} />,
        },
        { label: "Satz", isNumeric: true, cell: ({ fundingRate }) => formatPercent(fundingRate) },
        {
          label: "Zuwendung",
          isNumeric: true,
          cell: ({ grantAmount }) => <Euro amount={grantAmount} />,
        },
      ]}
    />
  );
}

function Plan() {
  const { lines, financing } = useLoaderData<typeof loader>();
  return (
    <>
      <Table
        caption="Kosten- und Finanzierungsplan nach Positionen, wie er jetzt gilt"
        rows={lines}
        keyOf={({ id }) => id}
        footer={[
          "Summe",
          "",
          "",
          "",
          <Euro key="costs" amount={financing.costs} />,
          <Euro key="granted" amount={financing.grantAmount} />,
          "",
        ]}
        columns={[
          { label: "Schule", cell: ({ school }) => school },
          { label: "Fördergegenstand", cell: ({ name }) => name },
          {
            label: "nach Bescheid",
            isNumeric: true,
            cell: ({ approvedByNotice }) => <Euro amount={approvedByNotice} />,
          },
          { label: "umgewidmet", isNumeric: true, cell: ({ moved }) => <Euro amount={moved} /> },
          { label: "Ansatz", isNumeric: true, cell: ({ approved }) => <Euro amount={approved} /> },
          {
            label: "davon Zuwendung",
            isNumeric: true,
            cell: ({ granted }) => <Euro amount={granted} />,
          },
          {
            label: "davon Eigen- und Drittmittel",
            isNumeric: true,
            cell: ({ rest }) => <Euro amount={rest} />,
          },
        ]}
      />
      <Table
        caption="Finanzierungsplan"
        rows={[
          { name: "Zuwendung", amount: financing.grantAmount },
          { name: "Drittmittel", amount: financing.thirdPartyAmount },
          { name: "Eigenmittel", amount: financing.own },
        ]}
        keyOf={({ name }) => name}
        footer={["Summe", <Euro key="costs" amount={financing.costs} />]}
        columns={[
          { label: "Mittel", cell: ({ name }) => name },
          { label: "Betrag", isNumeric: true, cell: ({ amount }) => <Euro amount={amount} /> },
        ]}
      />
    </>
  );
}
