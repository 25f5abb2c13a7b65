import { useForm } from "@conform-to/react";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { SelectField, TextArea } from "#app/components/fields.tsx";
import { EntryForm } from "#app/components/form.tsx";
import { Facts, Notice, Page } from "#app/components/page.tsx";
import { wishEndTitles } from "#app/domain/titles.ts";
import { choice, optionalText, readForm, rejected } from "#app/form.ts";
import { formatDay, formatEuro } from "#app/german/notation.ts";
import { costKindWords, problemOf } from "#app/german/words.ts";
import { idParam, wire } from "#app/http.ts";
import { endWish, requireWish } from "#app/records/school-wishes.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const answers = ["taken_up", "declined"] as const;
const answerForm = z.object({ end: choice(answers), reason: optionalText });

export const meta: MetaFunction = () => [{ title: "Bedarfsmeldung – Paktbuch" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request, "record");
  return wire(await requireWish(user, idParam(params.wishId)));
}

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const wishId = idParam(params.wishId);
  await requireWish(user, wishId);
  const form = await readForm(request, answerForm);
  if (form.status !== "success") return rejected(form);

  const violation = await endWish(user, wishId, form.value);
  if (violation) return rejected(form, problemOf(violation));
  return redirect("/wishes");
}

export default function Wish() {
  const wish = useLoaderData<typeof loader>();
  return (
    <Page
      title={`${wish.quantity} × ${wish.what}`}
      lead={wish.school}
      crumbs={[{ to: "/wishes", label: "Bedarfsmeldungen" }]}
    >
      <Facts
        facts={[
          ["Art der Kosten", costKindWords[wish.costKind]],
          ["Geschätzt, brutto", formatEuro(wish.estimatedAmount)],
          ["Gewünscht bis", wish.wantedBy ? formatDay(wish.wantedBy) : "–"],
          ["Grund", wish.reason],
        ]}
      />
      {wish.end ? (
        <Notice kind="info" title={`Diese Meldung ist ${wishEndTitles[wish.end]}.`}>
          {wish.answer}
        </Notice>
      ) : (
        <AnswerForm />
      )}
    </Page>
  );
}

function AnswerForm() {
  const [form, fields] = useForm<z.input<typeof answerForm>>({
    id: "answer",
    lastResult: useActionData<typeof action>(),
  });
  return (
    <EntryForm form={form} submit="Antworten">
      <SelectField
        field={fields.end}
        label="Antwort"
        options={answers.map((value) => ({ value, label: wishEndTitles[value] }))}
      />
      <TextArea
        field={fields.reason}
        label="Grund"
        hint="was die Schule liest; nötig, wenn der Bedarf nicht aufgenommen wird"
        isOptional
      />
    </EntryForm>
  );
}
