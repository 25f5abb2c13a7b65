import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { ButtonKey } from "#app/components/form.tsx";
import { Empty, Page } from "#app/components/page.tsx";
import { typedWords } from "#app/german/sign-in-words.ts";
import { requireUser } from "#app/session.server.ts";
import { forgetTyped, readTyped } from "#app/typed-form.server.ts";

export const meta: MetaFunction = () => [{ title: `${typedWords.title} – Paktbuch` }];

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request, "use_account");
  return { place: readTyped(request, user.id)?.place ?? null };
}

export async function action({ request }: ActionFunctionArgs) {
  await requireUser(request, "use_account");
  return redirect("/", { headers: { "Set-Cookie": forgetTyped() } });
}

export default function Typed() {
  const { place } = useLoaderData<typeof loader>();
  if (place === null) {
    return (
      <Page title={typedWords.title}>
        <Empty>{typedWords.notThere}</Empty>
      </Page>
    );
  }
  return (
    <Page title={typedWords.title} lead={typedWords.lead}>
      <div className="actions">
        {/* A whole new page: the form that it opens may not be one that scripts have loaded. */}
        <Form method="post" action={place} reloadDocument>
          <ButtonKey of="open" />
          <input type="hidden" name="openTyped" value="yes" />
          <button type="submit" className="kern-btn kern-btn--primary">
            <span className="kern-label">{typedWords.open}</span>
          </button>
        </Form>
        <Form method="post">
          <ButtonKey of="discard" />
          <button type="submit" className="kern-btn kern-btn--tertiary">
            <span className="kern-label">{typedWords.discard}</span>
          </button>
        </Form>
      </div>
    </Page>
  );
}
