import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { today } from "#app/clock.server.ts";
import { CostShareTable } from "#app/components/cost-share-table.tsx";
import { DayText, Euro } from "#app/components/euro.tsx";
import { MunicipalTabs } from "#app/components/municipal-tabs.tsx";
import {
  ActionLink,
  Empty,
  Facts,
  Notice,
  Page,
  Section,
  TextLink,
} from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { yearOf } from "#app/domain/calendar.ts";
import { larger, sum, zero } from "#app/domain/money.ts";
import { mayUser } from "#app/domain/permission.ts";
import {
  keyText,
  legalFormText,
  membershipChangeWords,
  readingWords,
} from "#app/german/joint-words.ts";
import { formatDay } from "#app/german/notation.ts";
import { idParam, wire } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { requireAgreement } from "#app/records/joint-agreements.server.ts";
import { listCostShares } from "#app/records/joint-services.server.ts";
import { loadJointYear } from "#app/records/joint-years.server.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.service.name ?? "IKZ"} – Paktbuch` },
];

export const loader = asKnown("read_all_books", async ({ params }, user) => {
  const service = await requireAgreement(user, idParam(params.jointServiceId));
  const shares = await listCostShares(user, service.id);
  const next = yearOf(today()) + 1;
  const last = service.terms?.endsOn ? Math.min(yearOf(service.terms.endsOn), next) : next;
  const years = [];
  for (let fiscalYear = last; fiscalYear >= yearOf(service.startedOn); fiscalYear--) {
    const year = await loadJointYear(user, service.id, fiscalYear);
    const { key, plan, settlement, members, actual } = year;
    const open = members.flatMap((one) => one.open ?? []);
    years.push({
      fiscalYear,
      components: key?.components.map(({ basis, percent }) => ({ basis, percent })) ?? [],
      isFrozen: key !== null && plan?.keyId === key.id,
      reading: plan?.reading ?? null,
      planned: plan?.amount ?? null,
      paid: plan && sum(members.map((one) => one.instalmentsPaid.plus(one.balancePaid))),
      actual: plan && actual,
      isSettled: settlement !== null,
      toPay: sum(open.map((one) => larger(one, zero))),
      toRefund: sum(open.map((one) => larger(one.negated(), zero))),
      isDemanded: shares.some((one) => one.stands && one.fiscalYear === fiscalYear),
      isOver: yearOf(today()) > fiscalYear,
    });
  }
  return wire({ service, shares, years, mayRecord: mayUser(user, "coordinate") });
});

export default function JointService() {
  const { service, shares, years, mayRecord } = useLoaderData<typeof loader>();
  const { terms } = service;
  return (
    <Page
      title={service.name}
      crumbs={[{ to: "/joint-services", label: "IKZ" }]}
      actions={
        mayRecord && (
          <>
            <ActionLink
              to={`/joint-services/new?agreement=${service.id}`}
              kind={terms ? "secondary" : "primary"}
            >
              Vereinbarung ergänzen
            </ActionLink>
            <ActionLink to={`/joint-services/${service.id}/membership`}>
              Beitritt oder Austritt
            </ActionLink>
            <ActionLink to={`/joint-services/${service.id}/links`}>
              Einsicht der Mitglieder
            </ActionLink>
          </>
        )
      }
    >
      <MunicipalTabs />
      {!terms && (
        <Notice kind="warning" title="Diese Vereinbarung ist noch nicht vollständig.">
          Es fehlt, welches Mitglied durchführt. Erst danach kann ein Jahr geplant werden.
        </Notice>
      )}
      <Facts
        facts={[
          [
            "Rechtsform",
            legalFormText(terms ?? { legalForm: null, legalFormNote: service.legalForm }),
          ],
          ["Beginn", formatDay(service.startedOn)],
          ["Ende", terms?.endsOn ? formatDay(terms.endsOn) : "unbefristet"],
          [
            "Kündigungsfrist",
            terms?.noticeMonths != null ? `${terms.noticeMonths} Monate` : "ohne Angabe",
          ],
          ["Eigener Beschluss", service.resolution ?? "–"],
          ["Bemerkung", service.note || "–"],
        ]}
      />
      <Section title="Haushaltsjahre">
        <Table
          caption="Geplant, gezahlt, abgerechnet"
          isCaptionHidden
          rows={years}
          keyOf={({ fiscalYear }) => fiscalYear}
          columns={[
            {
              label: "Jahr",
              cell: ({ fiscalYear }) => (
                <TextLink to={`/joint-services/${service.id}/years/${fiscalYear}`}>
                  {fiscalYear}
                </TextLink>
              ),
            },
            { label: "Schlüssel", cell: (year) => <KeyOf {...year} /> },
            {
              label: "Der Betrag ist",
              cell: ({ reading, isDemanded }) =>
                reading ? readingWords[reading] : isDemanded ? "Festbetrag" : "–",
            },
            { label: "geplant", isNumeric: true, cell: (y) => <Amount amount={y.planned} /> },
            { label: "gezahlt", isNumeric: true, cell: (y) => <Amount amount={y.paid} /> },
            { label: "Istkosten", isNumeric: true, cell: (y) => <Amount amount={y.actual} /> },
            { label: "Was als Nächstes kommt", cell: (year) => nextText(year) },
          ]}
        />
      </Section>
      <Section title="Mitglieder">
        <Table
          caption="Mitglieder"
          isCaptionHidden
          rows={service.members}
          keyOf={({ id }) => id}
          columns={[
            {
              label: "Mitglied",
              cell: ({ name, isOwn, isPerforming }) => (
                <>
                  {isOwn ? <strong>{name}</strong> : name}
                  {isPerforming && " (führt durch)"}
                </>
              ),
            },
            { label: "Anschrift", cell: ({ address }) => address.replaceAll("\n", ", ") || "–" },
            { label: "Beschluss", cell: ({ resolution }) => resolution || "–" },
            { label: "seit", cell: ({ joinedOn }) => <DayText day={joinedOn} /> },
            { label: "bis", cell: ({ leftOn }) => (leftOn ? <DayText day={leftOn} /> : "–") },
          ]}
        />
        {service.changes.filter(({ stands }) => stands).length > 0 && (
          <ul className="kern-list kern-list--bullet">
            {service.changes
              .filter(({ stands }) => stands)
              .map(({ id, kind, memberId, changedOn, reason }) => (
                <li key={id}>
                  <TextLink to={`/documents/joint_membership/${id}`}>
                    {`${membershipChangeWords[kind]} ${formatDay(changedOn)}`}
                  </TextLink>
                  {`: ${service.members.find((one) => one.id === memberId)?.name ?? ""}`}
                  {reason && ` (${reason})`}
                </li>
              ))}
          </ul>
        )}
      </Section>
      <Section title="Aufgaben">
        {service.services.length === 0 ? (
          <Empty>Noch keine Aufgaben eingetragen.</Empty>
        ) : (
          <ol className="kern-list kern-list--number">
            {service.services.map(({ id, title, points }) => (
              <li key={id}>
                {title}
                {points && (
                  <ul className="kern-list kern-list--bullet">
                    {points.split("\n").map((point) => (
                      <li key={point}>{point}</li>
                    ))}
                  </ul>
                )}
              </li>
            ))}
          </ol>
        )}
      </Section>
      <Section
        title="Festbeträge ohne Abrechnung"
        actions={
          mayRecord && (
            <ActionLink to={`/joint-services/${service.id}/cost-shares/new`}>
              Festbetrag buchen
            </ActionLink>
          )
        }
      >
        <CostShareTable shares={shares} />
      </Section>
    </Page>
  );
}

type Year = ReturnType<typeof useLoaderData<typeof loader>>["years"][number];

function Amount({ amount }: { amount: string | null }) {
  return amount === null ? "–" : <Euro amount={amount} />;
}

function KeyOf({ components, isFrozen }: Year) {
  return (keyText(components) || "–") + (isFrozen ? " (fest)" : "");
}

function nextText(year: Year): string {
  if (year.isDemanded) return "als Festbetrag gebucht, ohne Abrechnung";
  if (year.planned === null) {
    return year.components.length > 0 ? "Jahr planen" : "Schlüssel festlegen und planen";
  }
  if (!year.isSettled) {
    return year.isOver
      ? "Istkosten vollständig erfassen und abrechnen"
      : "Abschläge und Istkosten buchen";
  }
  if (year.toPay !== "0") return "Nachzahlungen buchen";
  return year.toRefund === "0" ? "abgeschlossen" : "Erstattungen buchen";
}
