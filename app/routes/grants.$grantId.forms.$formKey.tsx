import type { MetaFunction } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { OfficialFormTables } from "#app/components/official-form.tsx";
import { DownloadLink, Facts, Notice, Section, TextLink } from "#app/components/page.tsx";
import { KeptStand } from "#app/components/past.tsx";
import { formatDay } from "#app/german/notation.ts";
import { formText, paymentKindWords } from "#app/german/official-form-text.ts";
import { idParam } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { askedForm } from "#app/official-form-request.server.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.text.title ?? "Vordruck"} – Paktbuch` },
];

export const loader = asKnown("read_books", async ({ request, params }, user) => {
  const grantId = idParam(params.grantId);
  const asked = await askedForm(user, grantId, params.formKey, request);
  const { form, filled, asOf, registeredUntil, payment, problems } = asked;
  const asksForClaims =
    form.head.includes("registeredUntil") ||
    form.sections.some(({ source }) => source === "investments");
  const { explanation, sources, head } = form;
  return {
    ...{ grantId, formKey: form.key, asOf, registeredUntil, payment, problems, asksForClaims },
    ...{ explanation, sources, asksForPayment: head.includes("paymentKind") },
    text: formText(filled),
  };
});

export default function OfficialForm() {
  const page = useLoaderData<typeof loader>();
  const { text, grantId, formKey, asOf, registeredUntil, payment } = page;
  const query = new URLSearchParams({ asOf: formatDay(asOf), payment });
  if (registeredUntil) query.set("until", formatDay(registeredUntil));
  const file = (ending: string) => `/grants/${grantId}/forms/${formKey}.${ending}?${query}`;
  return (
    <Section
      title={text.title}
      actions={
        <>
          <DownloadLink to={file("pdf")} kind="primary">
            PDF
          </DownloadLink>
          <DownloadLink to={file("xlsx")}>Excel</DownloadLink>
        </>
      }
    >
      <p className="kern-body">
        {page.explanation} <TextLink to={`/grants/${grantId}/forms`}>Alle Vordrucke</TextLink>
      </p>
      <Form method="get" className="actions">
        <KeptStand />
        <DayInput name="asOf" label="Stand" value={formatDay(asOf)} problem={page.problems.asOf} />
        {page.asksForClaims && (
          <DayInput
            name="until"
            label="Bereits angemeldet bis"
            value={registeredUntil ? formatDay(registeredUntil) : ""}
            problem={page.problems.until}
          />
        )}
        {page.asksForPayment && (
          <div className="kern-form-input">
            <label className="kern-label" htmlFor="payment">
              Art der Zahlung
            </label>
            <div className="kern-form-input__select-wrapper">
              <select
                id="payment"
                name="payment"
                defaultValue={payment}
                className="kern-form-input__select"
              >
                {Object.entries(paymentKindWords).map(([kind, word]) => (
                  <option key={kind} value={kind}>
                    {word}
                  </option>
                ))}
              </select>
            </div>
          </div>
        )}
        <button type="submit" className="kern-btn kern-btn--secondary">
          <span className="kern-label">Anzeigen</span>
        </button>
      </Form>
      <Facts facts={text.head} />
      <OfficialFormTables text={text} />
      {text.notes.map((note) => (
        <Notice key={note} kind="info" title={note} />
      ))}
      <p className="kern-body kern-body--small muted">Quelle: {page.sources.join("; ")}</p>
    </Section>
  );
}

function DayInput(props: { name: string; label: string; value: string; problem?: string }) {
  const { name, label, value, problem } = props;
  return (
    <div className="kern-form-input">
      <label className="kern-label" htmlFor={name}>
        {label}
      </label>
      <input
        id={name}
        name={name}
        inputMode="numeric"
        defaultValue={value}
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem ? `${name}-problem` : undefined}
        className="kern-form-input__input short"
      />
      {problem && (
        <p id={`${name}-problem`} className="kern-error" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
