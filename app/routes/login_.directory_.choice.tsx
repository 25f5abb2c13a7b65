import { useForm } from "@conform-to/react";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { SelectField } from "#app/components/fields.tsx";
import { EntryForm } from "#app/components/form.tsx";
import { Page } from "#app/components/page.tsx";
import { recallRecognised } from "#app/directory.server.ts";
import { key, readForm, rejected } from "#app/form.ts";
import { notFound } from "#app/http.ts";
import { findDirectoryAccounts } from "#app/records/directory-links.server.ts";
import { signInByDirectory } from "#app/sign-in.server.ts";

const choiceForm = z.object({ schoolAuthorityId: key });

export const meta: MetaFunction = () => [{ title: "Schulträger wählen – Paktbuch" }];

/** Who the directory recognised a moment ago, with the accounts of that person. */
async function choosing(request: Request) {
  const recognised = recallRecognised(request);
  if (!recognised) throw redirect("/login?done=refused");
  return { recognised, accounts: await findDirectoryAccounts(recognised) };
}

export async function loader({ request }: LoaderFunctionArgs) {
  const { accounts } = await choosing(request);
  return {
    authorities: accounts.map(({ user, authority }) => {
      return { value: user.schoolAuthorityId, label: authority };
    }),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const { recognised, accounts } = await choosing(request);
  const form = await readForm(request, choiceForm);
  if (form.status !== "success") return rejected(form);
  const { schoolAuthorityId } = form.value;
  const account = accounts.find(({ user }) => user.schoolAuthorityId === schoolAuthorityId);
  return account ? signInByDirectory(request, account, recognised) : notFound();
}

export default function DirectoryChoice() {
  const { authorities } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<z.input<typeof choiceForm>>({
    id: "directory-choice",
    lastResult: useActionData<typeof action>(),
  });
  return (
    <div className="sign-in">
      <Page title="Schulträger wählen" lead="Sie haben Zugänge bei mehreren Schulträgern.">
        <EntryForm form={form} submit="Anmelden" consequence="Die Anmeldung ist nicht gelungen.">
          <SelectField field={fields.schoolAuthorityId} label="Schulträger" options={authorities} />
        </EntryForm>
      </Page>
    </div>
  );
}
