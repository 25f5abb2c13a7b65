/** Whether the program and its database answer; for the surveillance of a server. */
import { sql } from "drizzle-orm";
import { db } from "#db/client.ts";

export async function loader() {
  try {
    await db.execute(sql`select 1`);
    return new Response("ok\n");
  } catch {
    return new Response("Die Datenbank antwortet nicht.\n", { status: 503 });
  }
}
