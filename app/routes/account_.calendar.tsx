import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { ButtonKey } from "#app/components/form.tsx";
import { Notice, Page, Section } from "#app/components/page.tsx";
import { settings } from "#app/env.server.ts";
import { formatMoment } from "#app/german/notation.ts";
import { createCalendar, findCalendar } from "#app/records/calendars.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

export const meta: MetaFunction = () => [{ title: "Kalender-Adresse – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "read_remaining");
  const feed = await findCalendar(user);
  return { since: feed?.createdAt.toISOString() ?? null };
}

/** Shown in the answer and nowhere else: no address, no log, no page that can be opened again has it. */
export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request, "read_remaining");
  const secret = await createCalendar(user);
  const origin = settings.origin ?? new URL(request.url).origin;
  return { address: `${origin}/calendar/${secret}.ics` };
}

export default function Calendar() {
  const { since } = useLoaderData<typeof loader>();
  const created = useActionData<typeof action>();
  return (
    <Page
      title="Kalender-Adresse"
      lead="Ihre Fristen im Kalender von Outlook, Thunderbird oder auf dem Telefon."
      crumbs={[{ to: "/account", label: "Mein Zugang" }]}
    >
      {created && <Address address={created.address} />}
      {!created && since && (
        <p className="kern-body">
          Eine Adresse gibt es seit {formatMoment(since)} Uhr. Sie wird nicht noch einmal gezeigt;
          wer sie nicht mehr hat, erneuert sie.
        </p>
      )}
      {!created && !since && (
        <p className="kern-body">
          Die Adresse ist geheim: Wer sie kennt, liest die offenen Fristen ohne Anmeldung, so wie
          Ihre Rolle sie sieht. Sie lässt sich jederzeit zurückziehen.
        </p>
      )}
      <div className="actions">
        <Form method="post" action="/account/calendar">
          <ButtonKey />
          <button type="submit" className={`kern-btn kern-btn--${since ? "secondary" : "primary"}`}>
            <span className="kern-label">{since ? "Adresse erneuern" : "Adresse erzeugen"}</span>
          </button>
        </Form>
        {since && (
          <Form method="post" action="/account/calendar/withdrawal">
            <ButtonKey />
            <button type="submit" className="kern-btn kern-btn--secondary">
              <span className="kern-label">Adresse zurückziehen</span>
            </button>
          </Form>
        )}
      </div>
      {since && (
        <p className="kern-body muted">
          Nach dem Erneuern oder Zurückziehen ist die bisherige Adresse sofort ungültig.
        </p>
      )}
      <Section title="So wird der Kalender abonniert">
        <p className="kern-body">
          <strong>Outlook:</strong> Kalender hinzufügen, „Aus dem Internet abonnieren“, die Adresse
          einfügen und „Importieren“ wählen.
        </p>
        <p className="kern-body">
          <strong>Thunderbird:</strong> Neuer Kalender, „Im Netzwerk“, ohne Benutzername, die
          Adresse einfügen und das Format iCalendar (ICS) abonnieren.
        </p>
        <p className="kern-body">
          Erinnert wird 30 und 7 Tage vor jeder Frist. Erledigte Fristen verschwinden von selbst.
        </p>
      </Section>
    </Page>
  );
}

function Address({ address }: { address: string }) {
  return (
    <div role="status">
      <Notice kind="success" title="Die Adresse ist erzeugt">
        <p className="kern-body">
          Bitte jetzt kopieren: Sie wird nur dieses eine Mal gezeigt. Wer sie kennt, liest Ihre
          Fristen ohne Anmeldung.
        </p>
      </Notice>
      <div className="kern-form-input">
        <label className="kern-label" htmlFor="address">
          Geheime Adresse
        </label>
        <input
          id="address"
          readOnly
          value={address}
          autoComplete="off"
          spellCheck={false}
          onFocus={(event) => event.currentTarget.select()}
          className="kern-form-input__input"
        />
      </div>
      <div className="actions">
        <button
          type="button"
          onClick={() => void navigator.clipboard?.writeText(address)}
          className="kern-btn kern-btn--tertiary"
        >
          <span className="kern-label">In die Zwischenablage kopieren</span>
        </button>
      </div>
    </div>
  );
}
