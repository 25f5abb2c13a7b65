import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { AskedStep } from "#app/components/asked-step.tsx";
import { Done } from "#app/components/done.tsx";
import { ActionLink, Badge, Facts, Page, Section } from "#app/components/page.tsx";
import { mayGetLink } from "#app/domain/user-state.ts";
import { userStateBadges, userStateWords, userWords } from "#app/german/user-words.ts";
import { roleWords } from "#app/german/words.ts";
import { idParam } from "#app/http.ts";
import { listAuditAccesses } from "#app/records/audit-accesses.server.ts";
import { requirePerson } from "#app/records/roles.server.ts";
import { loadUserStates } from "#app/records/user-states.server.ts";
import { listUsers } from "#app/records/users.server.ts";
import { requireUser } from "#app/session.server.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Zugang von ${data?.name ?? ""} – Paktbuch` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "manage_users");
  const person = await requirePerson(user, idParam(params.userId));
  const { id, name, email, assignments, isInvited } = person;
  const { state, hasPassword } = (await loadUserStates(user))(id);
  const listed = (await listUsers(user)).find((one) => one.id === id)!;
  const access = (await listAuditAccesses(user)).find((one) => one.userId === id);
  return {
    ...{ id, name, email, isInvited, state, hasPassword },
    roles: [...new Set(assignments.map(({ role }) => role))],
    hasSecondFactor: listed.hasSecondFactor,
    openAccessId: isInvited && access?.state === "open" ? access.id : null,
    isOwn: id === user.id,
  };
}

export default function Person() {
  const { id, name, email, roles, state, isOwn, isInvited, hasPassword, hasSecondFactor } =
    useLoaderData<typeof loader>();
  return (
    <Page
      title={`Zugang von ${name}`}
      crumbs={[{ to: "/users", label: "Zugänge" }]}
      actions={
        !isOwn && !isInvited && <ActionLink to={`/users/${id}/roles`}>Rollen ändern</ActionLink>
      }
    >
      <Done who={name} />
      <Facts
        facts={[
          ["Name", name],
          ["E-Mail-Adresse", email],
          ["Rollen", roles.map((role) => roleWords[role]).join(", ") || "keine"],
          [
            "Stand",
            <Badge kind={userStateBadges[state.kind]} key="state">
              {userStateWords(state)}
            </Badge>,
          ],
          ["Zweiter Faktor", hasSecondFactor ? "ja" : "nein"],
        ]}
      />
      <p className="kern-body muted">{userWords.nameIsSealed}</p>
      {isOwn ? (
        <p className="kern-body">
          Das ist Ihr eigener Zugang. Seine Rollen ändert und ihn sperrt eine zweite Person, die
          Zugänge verwaltet; alles andere steht unter „Mein Zugang“.
        </p>
      ) : (
        <Section title="Was sich tun lässt">
          {mayGetLink(state) && (
            <AskedStep title="Neuen Link geben" action={`/users/${id}/link`} button="Link geben">
              {hasPassword ? userWords.renewPassword : userWords.renewInvitation}
            </AskedStep>
          )}
          <Steps />
        </Section>
      )}
    </Page>
  );
}

/** What is done about the account; each leads back here and says what was done. */
function Steps() {
  const { id, name, state, hasSecondFactor, openAccessId } = useLoaderData<typeof loader>();
  const isLocked = state.kind === "locked";
  return (
    <>
      <AskedStep
        title="Sitzungen beenden"
        action={`/users/${id}/sessions`}
        button="Sitzungen jetzt beenden"
      >
        {name} wird überall abgemeldet und kann sich gleich wieder anmelden: für ein verlorenes
        Gerät. Was gerade nicht gespeichert ist, geht verloren.
      </AskedStep>
      {hasSecondFactor && (
        <AskedStep
          title="Zweiten Faktor zurücksetzen"
          action={`/users/${id}/second-factor`}
          button="Faktor jetzt zurücksetzen"
        >
          {name} meldet sich danach nur mit dem Passwort an, bis ein neuer Faktor eingerichtet ist,
          und erfährt davon durch eine Mail: nur, wenn Sie sicher sind, wer Sie darum bittet.
        </AskedStep>
      )}
      {openAccessId && (
        <AskedStep
          title="Zugang zurückziehen"
          action={`/users/accesses/${openAccessId}/withdrawal`}
          button="Zugang jetzt zurückziehen"
        >
          Der Zugang endet sofort, ein offener Link mit ihm. Zurücknehmen lässt sich das nicht:{" "}
          {name} müsste neu eingeladen werden.
        </AskedStep>
      )}
      <AskedStep
        title={isLocked ? "Entsperren" : "Sperren"}
        action={`/users/${id}/access`}
        button={isLocked ? "Jetzt entsperren" : "Jetzt sperren"}
        fields={{ isActive: isLocked ? "yes" : "no" }}
      >
        {isLocked
          ? `${name} kann sich danach wieder anmelden, mit den bisherigen Rollen.`
          : `${name} wird abgemeldet und kommt nicht mehr hinein, bis jemand entsperrt. Alles Gebuchte bleibt.`}
      </AskedStep>
    </>
  );
}
