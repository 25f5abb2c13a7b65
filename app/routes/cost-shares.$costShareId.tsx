import { randomUUID } from "node:crypto";
import { useForm } from "@conform-to/react";
import { type ActionFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { Attachments } from "#app/components/attachments.tsx";
import { CostShareReading } from "#app/components/cost-share-reading.tsx";
import { DayField } from "#app/components/fields.tsx";
import { EntryForm, Hidden } from "#app/components/form.tsx";
import { MunicipalTabs } from "#app/components/municipal-tabs.tsx";
import { Badge, Facts, Page, Section, TextLink } from "#app/components/page.tsx";
import { mayUser } from "#app/domain/permission.ts";
import { day, key, readForm, rejected } from "#app/form.ts";
import { formatDay } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam, wire } from "#app/http.ts";
import { asKnown } from "#app/known.server.ts";
import { loadAttachments } from "#app/records/attachments.server.ts";
import { recordCostSharePayment, requireCostShare } from "#app/records/joint-services.server.ts";
import { requireUser } from "#app/session.server.ts";

export const handle = { isInteractive: true };

const paymentForm = z.object({ id: key, paidOn: day });

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Umlage ${data?.share.fiscalYear ?? ""} – Paktbuch` },
];

export const loader = asKnown("read_all_books", async ({ params }, user) => {
  const share = await requireCostShare(user, idParam(params.costShareId));
  const mayPay = mayUser(user, "pay") && share.stands && !share.paymentId;
  const place = { subject: "cost_share" as const, subjectId: share.id };
  const attachments = await loadAttachments(user, place);
  return wire({ id: randomUUID(), share, mayPay, attachments });
});

export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request, "pay");
  const costShareId = idParam(params.costShareId);
  const form = await readForm(request, paymentForm);
  if (form.status !== "success") return rejected(form);

  const { id, ...draft } = form.value;
  const violation = await recordCostSharePayment(user, id, costShareId, draft);
  if (violation) return rejected(form, problemOf(violation));
  return redirect(`/cost-shares/${costShareId}`);
}

export default function CostShare() {
  const { id, share, mayPay, attachments } = useLoaderData<typeof loader>();
  return (
    <Page
      title={`Umlage ${share.fiscalYear}`}
      lead={`Anforderung ${share.number} vom ${formatDay(share.demandedOn)}`}
      crumbs={[
        { to: "/joint-services", label: "IKZ" },
        { to: `/joint-services/${share.jointServiceId}`, label: "IKZ-Vereinbarung" },
      ]}
      actions={
        <>
          {!share.stands && <Badge kind="danger">storniert</Badge>}
          <TextLink to={`/documents/cost_share/${share.id}`}>Beleg und Storno</TextLink>
        </>
      }
    >
      <MunicipalTabs />
      <CostShareReading share={share} />
      <Facts
        facts={[
          ...(share.overBudgetReason
            ? [["Warum über den Haushalt hinaus", share.overBudgetReason] as [string, string]]
            : []),
          [
            "Zahlung",
            share.paymentId && share.paidOn ? (
              <TextLink to={`/documents/cost_share_payment/${share.paymentId}`}>
                am {formatDay(share.paidOn)}
              </TextLink>
            ) : (
              "noch keine"
            ),
          ],
        ]}
      />
      {mayPay && <PaymentForm key={id} />}
      <Attachments {...attachments} hint="Die Anforderung, wie sie gekommen ist." />
    </Page>
  );
}

function PaymentForm() {
  const { id } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof paymentForm>>({
    id: "payment",
    lastResult: useActionData<typeof action>(),
    defaultValue: { id },
  });
  return (
    <Section title="Zahlung buchen">
      <EntryForm form={form} submit="Zahlung buchen">
        <Hidden field={fields.id} />
        <DayField field={fields.paidOn} label="Gezahlt am (Wertstellung)" />
      </EntryForm>
    </Section>
  );
}
