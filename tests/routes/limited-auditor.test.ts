/** An auditor who is invited for one grant walks through every page of the house, with ids of all the rest. */
import { randomUUID } from "node:crypto";
import exceljs from "exceljs";
import { eq, sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { withinAccess } from "#app/audit-access.server.ts";
import { loadDemo } from "#app/demo/load-demo.server.ts";
import { mayUser, type User } from "#app/domain/permission.ts";
import { attachFile } from "#app/records/attachments.server.ts";
import { recordInvitation } from "#app/records/audit-accesses.server.ts";
import { recordSample, requireSample } from "#app/records/audit-samples.server.ts";
import { loadDeadlines } from "#app/records/deadlines.server.ts";
import { createCalendar, findCalendarReader } from "#app/records/calendars.server.ts";
import { findUser } from "#app/session.server.ts";
import { db } from "#db/client.ts";
import { users } from "#db/schema/users.ts";
import { answer, get } from "#tests/support/request.ts";

type Route = { loader?: (args: never) => unknown };
const modules = import.meta.glob<Route>(["/app/routes/*.{ts,tsx}", "/app/routes/*/route.tsx"], {
  eager: true,
});
const routes = Object.entries(modules)
  .map(([path, { loader }]) => {
    return { name: /routes\/(.*?)(?:\/route)?\.tsx?$/.exec(path)![1]!, loader };
  })
  .filter(({ loader }) => loader !== undefined);

const shown = "DP-NI 2020/0417 (Beispiel)";
const hidden = "DP-NI 2021/1288 (Beispiel)";

let limited: User;
let auditor: User;
/** Ids of everything beyond the limits, by the name of the parameter; and of what is within. */
let outside: Record<string, string[]>;
let inside: Record<string, string[]>;

beforeAll(async () => {
  await loadDemo();
  const of = async (name: string) => {
    const [account] = await db
      .select()
      .from(users)
      .where(eq(users.email, `${name}@beispiel.de`));
    return (await withinAccess(account!))!;
  };
  auditor = await of("pruefung");
  const [grant] = await idsOf(sql`select id from grants where file_number = ${shown}`);
  const fileOf = async (number: string) =>
    (
      await idsOf(sql`select i.id from invoices i join grants g on g.id = i.grant_id
      where g.file_number = ${number} limit 1`)
    )[0]!;
  for (const number of [shown, hidden]) {
    const place = { subject: "invoice" as const, subjectId: await fileOf(number) };
    const name = number === shown ? "sichtbar.pdf" : "verborgen.pdf";
    const violation = await attachFile(await of("finanzen"), place, {
      name,
      content: Buffer.from(pdf),
    });
    expect(violation).toBeUndefined();
  }
  const invited = await recordInvitation(await of("verwaltung"), {
    role: "auditor",
    name: "Frau Prüferin",
    email: "pruefung@example.org",
    until: "2027-06-30",
    grantIds: [grant!],
    fiscalYears: [],
  });
  expect(invited).toHaveProperty("secret");
  const [account] = await db.select().from(users).where(eq(users.email, "pruefung@example.org"));
  const { request } = await get({ ...account!, roles: [], schoolIds: [] }, "/");
  limited = (await findUser(request))!;
  expect(limited.limits).toEqual({ grantIds: [grant], fiscalYears: [] });
  outside = await idsBeyond(sql`is distinct from ${grant!}::uuid`);
  inside = await idsBeyond(sql`= ${grant!}::uuid`);
}, 60_000);

const pdf = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

async function idsOf(query: ReturnType<typeof sql>): Promise<string[]> {
  return (await db.execute<{ id: string }>(query)).map(({ id }) => id);
}

/** By parameter: what hangs on grants that match; also what hangs on no grant, where null matches. */
async function idsBeyond(grant: ReturnType<typeof sql>) {
  const invoicesOf = sql`(select id from invoices where grant_id ${grant})`;
  return {
    grantId: await idsOf(sql`select id from grants where id ${grant}`),
    invoiceId: await idsOf(sql`select id from ${invoicesOf} i`),
    orderId: await idsOf(sql`select id from orders where grant_id ${grant}`),
    drawdownId: await idsOf(sql`select id from drawdowns where grant_id ${grant}`),
    proofId: await idsOf(sql`select id from proofs_of_use where grant_id ${grant}`),
    applicationId: await idsOf(sql`select application_id as id from grants where id ${grant}`),
    assetId: await idsOf(sql`select a.id from assets a join invoice_lines l
      on l.id = a.invoice_line_id where l.invoice_id in ${invoicesOf}`),
    attachmentId: await idsOf(sql`select id from attachments where subject_id in ${invoicesOf}`),
    accountId: await idsOf(sql`select id from accounts where fiscal_year is not null`),
    envelopeId: await idsOf(sql`select id from envelopes`),
    contractId: await idsOf(sql`select id from contracts`),
    jointServiceId: await idsOf(sql`select id from joint_services`),
    costShareId: await idsOf(sql`select id from cost_shares`),
    schoolId: await idsOf(sql`select id from schools`),
    resolutionId: await idsOf(sql`select id from resolutions`),
  };
}

const documentKinds = sql`
  select distinct e.document_kind::text as kind, e.document_id as id from entries e
  where not exists (select 1 from entries f join accounts a on a.id = f.account_id
    join grants g on g.id = a.grant_id where f.document_id = e.document_id and g.file_number = ${shown})`;

async function read(user: User, name: string, params: Record<string, string>, search = "") {
  const { loader } = routes.find((route) => route.name === name)!;
  const path = `/${name.replaceAll(/[._]/g, "/")}${search}`;
  return answer(async () => (loader as (args: unknown) => unknown)(await get(user, path, params)));
}

/** Every way to fill the parameters of a route. */
function fillings(name: string, from: Record<string, string[]>): Record<string, string>[] {
  const names = [...name.matchAll(/\$(\w+)/g)].map(([, param]) => param!);
  const values = (param: string) => from[param] ?? (param === "year" ? ["2024"] : [randomUUID()]);
  return names.reduce<Record<string, string>[]>(
    (all, param) =>
      all.flatMap((one) => values(param).map((value) => ({ ...one, [param]: value }))),
    [{}],
  );
}

const yearPages = /^municipal-budget\.\$year|^(programmes|calendar|invitation|reset)/;

test.each(routes.filter(({ name }) => name.includes("$") && !yearPages.test(name)))(
  "$name is not found for what is not of the chosen grant",
  async ({ name }) => {
    for (const params of fillings(name, outside)) {
      const { status, location } = await read(limited, name, { kind: "invoice", ...params });
      // Addresses that take forms only send back to their list.
      const lists = ["/users", "/exports", "/own-school"];
      const isKept = [403, 404].includes(status) || lists.includes(location!);
      expect({ params, isKept }).toEqual({ params, isKept: true });
    }
  },
  120_000,
);

test("every document that moves nothing of the chosen grant is not found, and its own are", async () => {
  const documents = await db.execute<{ kind: string; id: string }>(documentKinds);
  expect(documents.length).toBeGreaterThan(20);
  for (const params of documents) {
    expect((await read(auditor, "documents.$kind.$id", params)).status).toBe(200);
    const { status } = await read(limited, "documents.$kind.$id", params);
    expect({ params, status }).toEqual({ params, status: 404 });
  }
  for (const [kind, param] of [
    ["invoice", "invoiceId"],
    ["grant", "grantId"],
    ["order", "orderId"],
  ] as const) {
    for (const id of inside[param]!) {
      expect((await read(limited, "documents.$kind.$id", { kind, id })).status).toBe(200);
    }
  }
}, 120_000);

test("a certification, which moves nothing, is seen with its invoice only", async () => {
  const rows = await db.execute<{ id: string; number: string | null }>(sql`
    select c.id, g.file_number as number from certifications c
    join invoices i on i.id = c.invoice_id left join grants g on g.id = i.grant_id`);
  expect(new Set(rows.map(({ number }) => number)).size).toBeGreaterThan(1);
  for (const { id, number } of rows) {
    const { status } = await read(limited, "documents.$kind.$id", { kind: "certification", id });
    expect({ number, status }).toEqual({ number, status: number === shown ? 200 : 404 });
  }
});

test("what is of the chosen grant is there", async () => {
  const seen = [
    "grants.$grantId._index",
    "invoices.$invoiceId",
    "orders.$orderId",
    "drawdowns.$drawdownId",
  ];
  for (const name of [...seen, "applications.$applicationId", "attachments_.$attachmentId"]) {
    const params = fillings(name, inside);
    expect(params.length).toBeGreaterThan(0);
    for (const one of params) {
      expect({ name, status: (await read(limited, name, one)).status }).toEqual({
        name,
        status: 200,
      });
    }
  }
});

test.each(routes.filter(({ name }) => !name.includes("$") || yearPages.test(name)))(
  "$name names nothing of the other grant and no paper of the municipal budget",
  async ({ name }) => {
    const numbers = (
      await db.execute<{ number: string }>(sql`
        select i.number from invoices i left join grants g on g.id = i.grant_id
          where g.file_number is distinct from ${shown} and length(i.number) > 5
        union all select a.inventory_number from assets a
          join invoice_lines l on l.id = a.invoice_line_id join invoices i on i.id = l.invoice_id
          left join grants g on g.id = i.grant_id where g.file_number is distinct from ${shown}
        union all select name from contracts union all select name from joint_services`)
    ).map(({ number }) => number);
    expect(numbers.length).toBeGreaterThan(5);
    const found = (text: string) => [hidden, ...numbers].filter((word) => text.includes(word));
    for (const params of fillings(name, { key: ["ni-digitalpakt-2019"], year: ["2024", "2025"] })) {
      const { body } = await read(limited, name, params);
      expect({ name, found: found(await textOf(body)) }).toEqual({ name, found: [] });
    }
  },
  60_000,
);

/** What a loader sends: its data, the cells of a workbook, the text of another file. */
async function textOf(body: unknown): Promise<string> {
  if (!(body instanceof Response)) return JSON.stringify(body) ?? "";
  if (!body.headers.get("Content-Type")?.includes("spreadsheetml")) return body.text();
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.load(await body.arrayBuffer());
  const cells: string[] = [];
  workbook.eachSheet((sheet) =>
    sheet.eachRow((row) => row.eachCell((cell) => cells.push(JSON.stringify(cell.value)))),
  );
  return cells.join("\n");
}

test("the workbook of a limited auditor agrees with itself, and has the chosen grant whole", async () => {
  const { body } = await read(limited, "audit[.]xlsx", {});
  const text = await textOf(body);
  expect(text).toContain(shown);
  expect(text).not.toContain('"result":"NEIN"');
}, 60_000);

test("the calendar and the deadlines are those of the chosen grant", async () => {
  const reader = await findCalendarReader(await createCalendar(limited));
  expect(reader?.limits).toEqual(limited.limits);
  const whole = JSON.stringify(await loadDeadlines(auditor, "2021-01-01"));
  const text = JSON.stringify(await loadDeadlines(reader!, "2021-01-01"));
  const contracts = await idsOf(sql`select name as id from contracts`);
  for (const word of [hidden, ...contracts.filter((name) => whole.includes(name))]) {
    expect(text).not.toContain(word);
  }
  expect(text).toContain(shown);
  expect(contracts.some((name) => whole.includes(name))).toBe(true);
});

test("a sample that holds receipts beyond the limits is not found; one's own is drawn within them", async () => {
  const everything = { grantId: null, fromYear: null, untilYear: null };
  const draft = { method: "random", size: 2, seed: 4711 } as const;
  const [whole, own] = [randomUUID(), randomUUID()];
  expect(await recordSample(auditor, whole, everything, draft)).toBeUndefined();
  await expect(requireSample(limited, whole)).rejects.toMatchObject({ status: 404 });
  expect(await recordSample(limited, own, everything, draft)).toBeUndefined();
  const { units } = await requireSample(limited, own);
  expect(new Set(units.map(({ place }) => place))).toEqual(new Set([shown]));
});

test("an auditor writes marks and nothing else, limited or not", () => {
  for (const permission of ["record", "certify", "pay", "manage_users"] as const) {
    expect(mayUser({ roles: ["auditor"] }, permission)).toBe(false);
  }
});
