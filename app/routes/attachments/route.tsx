import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { Page } from "#app/components/page.tsx";
import { UploadForm } from "#app/components/upload-form.tsx";
import { requireUser } from "#app/session.server.ts";
import { findPlace, takeUploads } from "./take-uploads.server.ts";

export const handle = { isInteractive: true };

export const meta: MetaFunction = () => [{ title: "Dateien ablegen – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "attach");
  return { ...(await findPlace(user, request)), query: new URL(request.url).search };
}

export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request, "attach");
  const { path, problems } = await takeUploads(user, request);
  return problems.length === 0 ? redirect(path) : data({ problems }, { status: 422 });
}

export default function NewAttachments() {
  const { title, path, query } = useLoaderData<typeof loader>();
  const problems = useActionData<typeof action>()?.problems;
  return (
    <Page title="Dateien ablegen" lead={title} crumbs={[{ to: path, label: "Zurück" }]}>
      <UploadForm query={query} problems={problems} leadsOn />
    </Page>
  );
}
