import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { UploadForm } from "#app/components/attachments.tsx";
import { Page } from "#app/components/page.tsx";
import { attachmentSubjects } from "#app/domain/attachment.ts";
import { problemOf } from "#app/german/words.ts";
import { idParam, notFound } from "#app/http.ts";
import { attachFile, requirePlace } from "#app/records/attachments.server.ts";
import { requireUser } from "#app/session.server.ts";
import { readUpload } from "#app/upload-form.ts";

export const meta: MetaFunction = () => [{ title: "Datei ablegen – Paktbuch" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "record");
  const place = placeOf(request);
  return { place, path: await requirePlace(user, place) };
}

export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request, "record");
  const place = placeOf(request);
  const path = await requirePlace(user, place);
  const upload = await readUpload(request);
  const violation =
    "violation" in upload ? upload.violation : await attachFile(user, place, upload.file);
  if (violation) return data({ problem: problemOf(violation).sentence }, { status: 422 });
  return redirect(path);
}

/** What the file belongs to stands in the address: the body is only the file. */
function placeOf(request: Request) {
  const query = new URL(request.url).searchParams;
  const subject = attachmentSubjects.find((one) => one === query.get("subject")) ?? notFound();
  return { subject, subjectId: idParam(query.get("subjectId") ?? undefined) };
}

export default function NewAttachment() {
  const { place, path } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  return (
    <Page title="Datei ablegen" crumbs={[{ to: path, label: "Zurück" }]}>
      <UploadForm place={place} problem={problem} />
    </Page>
  );
}
