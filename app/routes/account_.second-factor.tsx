import { useForm } from "@conform-to/react";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { TextField } from "#app/components/fields.tsx";
import { EntryForm } from "#app/components/form.tsx";
import { Facts, Notice, Page, Section } from "#app/components/page.tsx";
import { choice, optionalText, readForm, rejected } from "#app/form.ts";
import { formatMoment } from "#app/german/notation.ts";
import { waitSentence } from "#app/german/sign-in-words.ts";
import { problemOf } from "#app/german/words.ts";
import { wire } from "#app/http.ts";
import { recoveryCodesCookie } from "#app/recovery-codes.server.ts";
import {
  beginSecondFactor,
  confirmSecondFactor,
  endSecondFactor,
  findSecondFactor,
  useCode as isUsableCode,
} from "#app/records/second-factors.server.ts";
import { isOwnPassword } from "#app/records/users.server.ts";
import { qrCode, setUpAddress } from "#app/second-factor.server.ts";
import { findSession, requireUser, startSession } from "#app/session.server.ts";
import { ownAddress, tellFactorChanged, thenOf } from "#app/sign-in.server.ts";
import { beginSignIn, beginTry } from "#app/sign-in-limits.server.ts";

export const handle = { isInteractive: true };

const password = z.string().max(512).default("");
const factorForm = z.object({
  step: choice(["begin", "confirm", "end"]),
  currentPassword: password,
  oneTimeCode: optionalText,
});

export const meta: MetaFunction = () => [{ title: "Zweiter Faktor – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "use_account", "second_factor");
  const found = await findSession(request);
  const factor = await findSecondFactor(user);
  const address = factor?.secret && setUpAddress(factor.secret, user.email);
  return wire({
    isDemanded: found?.lacks === "second_factor",
    action: `/account/second-factor${onTheWay(request)}`,
    hasPassword: found?.session.begunBy === "password",
    since: factor?.confirmedAt ?? null,
    recoveryCodes: factor?.recoveryCodes ?? null,
    pending: address ? { secret: factor.secret!, code: qrCode(address) } : null,
  });
}

export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request, "use_account", "second_factor");
  const { session } = (await findSession(request))!;
  const form = await readForm(request, factorForm);
  if (form.status !== "success") return rejected(form);
  const { step, currentPassword, oneTimeCode } = form.value;

  // Who came by the directory may not know a password; the directory asked who it is.
  if (step !== "confirm" && session.begunBy === "password") {
    const heard = await beginSignIn(user.email);
    const field = "currentPassword";
    if ("seconds" in heard) {
      return rejected(form, { field: "", sentence: waitSentence(heard.seconds) });
    }
    if (!(await isOwnPassword(user, currentPassword))) {
      await heard.isWrong();
      return rejected(form, problemOf({ field, rule: "password_wrong" }));
    }
    await heard.isRight();
  }
  if (step === "begin") {
    await beginSecondFactor(user);
    return redirect(`/account/second-factor${onTheWay(request)}`);
  }

  const heard = await beginTry("code", user.id);
  const wrong = { field: "oneTimeCode", rule: "code_wrong" } as const;
  if ("seconds" in heard) {
    return rejected(form, { field: "", sentence: waitSentence(heard.seconds) });
  }
  const headers = new Headers();
  if (step === "confirm") {
    const confirmed = await confirmSecondFactor(user, oneTimeCode);
    if ("violation" in confirmed) {
      await heard.isWrong();
      return rejected(form, problemOf(confirmed.violation));
    }
    headers.append("Set-Cookie", recoveryCodesCookie(user, confirmed.codes));
  } else {
    if (!(await isUsableCode(user, oneTimeCode))) {
      await heard.isWrong();
      return rejected(form, problemOf(wrong));
    }
    await endSecondFactor(user);
  }
  await heard.isRight();
  await tellFactorChanged(user, step === "confirm" ? "set_up" : "ended");
  const { begunBy } = session;
  headers.append("Set-Cookie", await startSession(user.id, { request, begunBy }));
  const next =
    step === "confirm" ? `/account/recovery-codes${onTheWay(request)}` : "/account/second-factor";
  return redirect(next, { headers });
}

/** Who was led here goes on to where they wanted to go. */
function onTheWay(request: Request): string {
  const then = ownAddress(thenOf(request), request.url);
  return then === "/" ? "" : `?${new URLSearchParams({ then })}`;
}

export default function SecondFactor() {
  const { isDemanded, since, recoveryCodes, pending } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Zweiter Faktor"
      lead="Ein Code aus einer App auf Ihrem Telefon oder Rechner, der jede halbe Minute wechselt."
      crumbs={isDemanded ? [] : [{ to: "/account", label: "Mein Zugang" }]}
    >
      {isDemanded && (
        <Notice kind="info" title="Ihr Schulträger verlangt für Ihre Rolle einen zweiten Faktor">
          <p className="kern-body">Danach geht es weiter; bis dahin ist alles andere gesperrt.</p>
          <Form method="post" action="/logout">
            <button type="submit" className="kern-btn kern-btn--tertiary">
              <span className="kern-label">Abmelden</span>
            </button>
          </Form>
        </Notice>
      )}
      {since ? (
        <>
          <Facts
            facts={[
              ["Eingerichtet", `${formatMoment(since)} Uhr`],
              ["Unbenutzte Wiederherstellungscodes", String(recoveryCodes)],
            ]}
          />
          <Section title="Zweiten Faktor beenden">
            <p className="kern-body">
              Für ein neues Telefon oder neue Wiederherstellungscodes: beenden, dann neu einrichten.
            </p>
            <FactorForm step="end" submit="Zweiten Faktor beenden" />
          </Section>
        </>
      ) : pending ? (
        <Pending {...pending} />
      ) : (
        <Section title="Einrichten">
          <p className="kern-body">
            Sie brauchen eine App für Einmalcodes (TOTP), etwa die Ihres Passwort-Managers. Alle
            anderen Sitzungen enden.
          </p>
          <FactorForm step="begin" submit="Einrichten" />
        </Section>
      )}
    </Page>
  );
}

function Pending({ secret, code }: { secret: string; code: { size: number; path: string } }) {
  const edge = 4; // The light margin that readers look for.
  const size = code.size + 2 * edge;
  return (
    <>
      <Section title="1. Mit der App lesen">
        <svg
          className="qr-code"
          viewBox={`${-edge} ${-edge} ${size} ${size}`}
          role="img"
          aria-label="QR-Code mit dem geheimen Schlüssel; darunter steht er als Text"
        >
          <rect x={-edge} y={-edge} width={size} height={size} fill="#fff" />
          <path d={code.path} fill="#000" shapeRendering="crispEdges" />
        </svg>
        <p className="kern-body">
          Oder den Schlüssel abtippen:{" "}
          <code className="spaced">{secret.match(/.{1,4}/g)!.join(" ")}</code>
        </p>
      </Section>
      <Section title="2. Den ersten Code eingeben">
        <FactorForm step="confirm" submit="Bestätigen" />
      </Section>
    </>
  );
}

function FactorForm({ step, submit }: { step: "begin" | "confirm" | "end"; submit: string }) {
  const { hasPassword, action: to } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof factorForm>>({
    id: `second-factor-${step}`,
    lastResult: useActionData<typeof action>(),
  });
  return (
    <EntryForm form={form} action={to} submit={submit}>
      <input type="hidden" name="step" value={step} />
      {step !== "confirm" && hasPassword && (
        <TextField
          field={fields.currentPassword}
          label="Ihr Passwort"
          type="password"
          autoComplete="current-password"
        />
      )}
      {step !== "begin" && (
        <TextField
          field={fields.oneTimeCode}
          label="Code"
          hint={
            step === "end"
              ? "aus der App, oder ein Wiederherstellungscode"
              : "die sechs Ziffern der App"
          }
          autoComplete="one-time-code"
          isShort
        />
      )}
    </EntryForm>
  );
}
