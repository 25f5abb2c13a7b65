import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { MunicipalTabs } from "#app/components/municipal-tabs.tsx";
import { ActionLink, Badge, Empty, Page, Section, TextLink } from "#app/components/page.tsx";
import { Table } from "#app/components/table.tsx";
import { offerDays } from "#app/domain/joint-link.ts";
import { mayUser } from "#app/domain/permission.ts";
import { linkStateWords } from "#app/german/joint-words.ts";
import { formatMoment } from "#app/german/notation.ts";
import { idParam, wire } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { requireOffers } from "#app/records/joint-links.server.ts";

export const meta: MetaFunction = () => [{ title: "Einsicht der Mitglieder – Paktbuch" }];

export const loader = asKnown("read_all_books", async ({ params }, user) => {
  const found = await requireOffers(user, idParam(params.jointServiceId));
  const { agreement, members, offers } = found;
  const nameOf = (id: string) => agreement.members.find((one) => one.id === id)?.name ?? "";
  return wire({
    service: { id: agreement.id, name: agreement.name },
    members,
    past: offers
      .filter(({ endedAt }) => endedAt)
      .map((offer) => ({ ...offer, member: nameOf(offer.memberId) })),
    mayOffer: mayUser(user, "coordinate"),
  });
});

export default function Links() {
  const { service, members, past, mayOffer } = useLoaderData<typeof loader>();
  const here = `/joint-services/${service.id}/links`;
  const isOfferable = members.some(({ offer }) => offer?.state !== "in_force");
  return (
    <Page
      title="Einsicht der Mitglieder"
      lead={`${service.name}. Mitglieder, die auch mit diesem Paktbuch arbeiten, können Vereinbarung, Jahrespläne und Abrechnungen lesen: die Anteile aller, Zahlungen nur die eigenen.`}
      crumbs={[
        { to: "/joint-services", label: "IKZ" },
        { to: `/joint-services/${service.id}`, label: "IKZ-Vereinbarung" },
      ]}
      actions={
        mayOffer &&
        isOfferable && (
          <ActionLink to={`${here}/new`} kind="primary">
            Einsicht anbieten
          </ActionLink>
        )
      }
    >
      <MunicipalTabs />
      <Table
        caption="Mitglieder"
        isCaptionHidden
        rows={members}
        keyOf={({ id }) => id}
        columns={[
          { label: "Mitglied", cell: ({ name }) => name },
          { label: "Einsicht", cell: ({ offer }) => <State offer={offer} /> },
          {
            label: "Schulträger",
            cell: ({ offer }) => (isOn(offer) && offer?.authorityName) || "–",
          },
          {
            label: "Was möglich ist",
            cell: ({ offer }) =>
              mayOffer && offer && isOn(offer) ? (
                <TextLink to={`${here}/${offer.id}/end`}>
                  {offer.state === "in_force" ? "Einsicht beenden" : "Angebot zurücknehmen"}
                </TextLink>
              ) : (
                "–"
              ),
          },
        ]}
      />
      <p className="kern-body kern-body--small muted">
        Ein Angebot gilt {offerDays} Tage und wird mit einem Code angenommen, der einmal gezeigt
        wird. Ein neues Angebot an dasselbe Mitglied ersetzt das alte.
      </p>
      <Section title="Frühere Angebote">
        {past.length === 0 ? (
          <Empty>Noch keine.</Empty>
        ) : (
          <Table
            caption="Frühere Angebote"
            isCaptionHidden
            rows={past}
            keyOf={({ id }) => id}
            columns={[
              { label: "Mitglied", cell: ({ member }) => member },
              { label: "Schulträger", cell: ({ authorityName }) => authorityName ?? "–" },
              { label: "angeboten", cell: ({ createdAt }) => formatMoment(createdAt) },
              {
                label: "angenommen",
                cell: ({ acceptedAt }) => (acceptedAt ? formatMoment(acceptedAt) : "–"),
              },
              {
                label: "Ende",
                cell: ({ state, endedAt, endedBy }) =>
                  `${linkStateWords[state]} am ${formatMoment(endedAt ?? "")}${
                    state === "ended" ? (endedBy === "member" ? " vom Mitglied" : " von uns") : ""
                  }`,
              },
              { label: "Grund", cell: ({ endReason }) => endReason || "–" },
            ]}
          />
        )}
      </Section>
    </Page>
  );
}

type Offer = ReturnType<typeof useLoaderData<typeof loader>>["members"][number]["offer"];

/** Whether there is something that can be ended. */
function isOn(offer: Offer) {
  return offer !== null && ["open", "expired", "in_force"].includes(offer.state);
}

function State({ offer }: { offer: Offer }) {
  if (!offer || !isOn(offer)) return "keine";
  const word = linkStateWords[offer.state];
  if (offer.state === "in_force") {
    return (
      <>
        <Badge kind="success">{word}</Badge> seit {formatMoment(offer.acceptedAt ?? "")}
      </>
    );
  }
  return (
    <>
      <Badge kind={offer.state === "open" ? "info" : "warning"}>{word}</Badge>{" "}
      {`${offer.state === "open" ? "gilt bis" : "galt bis"} ${formatMoment(offer.expiresAt)}`}
    </>
  );
}
