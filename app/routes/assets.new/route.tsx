import { randomUUID } from "node:crypto";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { today } from "#app/clock.server.ts";
import { MunicipalTabs } from "#app/components/municipal-tabs.tsx";
import { Facts, Page, TextLink } from "#app/components/page.tsx";
import { mostAssetsAtOnce } from "#app/domain/asset.ts";
import { partsOf } from "#app/domain/money.ts";
import { readForm, rejected } from "#app/form.ts";
import { formatAmount, formatDay, formatEuro, formatFactor } from "#app/german/notation.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam, notFound, wire } from "#app/http.ts";
import { recordAssets } from "#app/records/asset-recording.server.ts";
import {
  furtherLines,
  type InventoryLine,
  loadInventory,
  uninventoried,
} from "#app/records/assets.server.ts";
import { listSchools } from "#app/records/authorities.server.ts";
import { requireUser } from "#app/session.server.ts";
import { AssetForm } from "./asset-form.tsx";
import { assetForm } from "./asset-schema.ts";

export const handle = { isInteractive: true };

export const meta: MetaFunction = () => [{ title: "Anlage inventarisieren – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "record");
  const lineId = idParam(new URL(request.url).searchParams.get("line") ?? undefined);
  const inventory = await loadInventory(user);
  const line = uninventoried(inventory).find((one) => one.id === lineId) ?? notFound();
  const schools = await listSchools(user);
  return wire({
    id: randomUUID(),
    line,
    further: furtherLines(inventory, line),
    schools: schools.map(({ id, name }) => ({ id, name })),
    proposal: proposalOf(line, schools.find(({ name }) => name === line.school)?.id),
  });
}

/** As much as the invoice says: so many equal assets, or one where things are used together only. */
function proposalOf(line: InventoryLine, schoolId: string | undefined) {
  const { left, quantity, grossAmount, isSet } = line;
  const isCounted = !isSet && left.isInteger() && left.lessThanOrEqualTo(mostAssetsAtOnce);
  const count = isCounted ? Number(left.toFixed()) : 1;
  const each = isCounted ? { count: 1, of: Number(quantity.toFixed()) } : { count: 1, of: 1 };
  return {
    count: String(count),
    quantity: isCounted ? "1" : left.toFixed().replace(".", ","),
    description: line.description,
    schoolId: schoolId ?? "",
    inServiceOn: formatDay(line.invoicedOn <= today() ? line.invoicedOn : today()),
    replacementPrice: formatAmount(partsOf(grossAmount, each)),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const form = await readForm(request, assetForm);
  if (form.status !== "success") return rejected(form);

  const lineId = idParam(new URL(request.url).searchParams.get("line") ?? undefined);
  const { id, ...draft } = form.value;
  const violation = await recordAssets(user, id, lineId, draft);
  if (violation) return rejected(form, problemOf(violation));
  return redirect(draft.count === 1 ? `/assets/${id}` : "/assets");
}

export default function NewAsset() {
  const page = useLoaderData<typeof loader>();
  const { line } = page;
  const lastResult = useActionData<typeof action>();
  return (
    <Page
      title="Anlage inventarisieren"
      lead={`${line.description}, ${line.school}`}
      crumbs={[
        { to: "/municipal-budget", label: "Haushalt" },
        { to: "/assets", label: "Anlagen" },
      ]}
    >
      <MunicipalTabs />
      <Facts
        facts={[
          [
            "Rechnung",
            <TextLink key="i" to={`/invoices/${line.invoiceId}`}>
              {line.number}, {line.supplier}, {formatDay(line.invoicedOn)}
            </TextLink>,
          ],
          ["Anschaffungskosten der Zeile", formatEuro(line.cost)],
          ["Menge noch offen", `${formatFactor(line.left)} von ${formatFactor(line.quantity)}`],
        ]}
      />
      <AssetForm key={page.id} page={page} lastResult={lastResult} />
    </Page>
  );
}
