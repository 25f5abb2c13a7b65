/** The schema `known`: the functions and views that `known-views.ts` lists, as SQL that makes them anew. */
import { type Known, knownTables, ofAuthority } from "./known-views.ts";

/** The functions that say what a transaction may know; each is asked once by a query. */
const settings = `
  create function known.authority() returns uuid language sql stable
    as $$ select current_setting('paktbuch.authority')::uuid $$;
  create function known.moment() returns timestamptz language sql stable
    as $$ select current_setting('paktbuch.known_on')::timestamptz $$;
  create function known.before() returns timestamptz language sql stable
    as $$ select current_setting('paktbuch.known_before')::timestamptz $$;
  create function known.number() returns bigint language sql stable
    as $$ select current_setting('paktbuch.known_number')::bigint $$;
  create function known.is_latest() returns boolean language sql stable
    as $$ select known.before() = 'infinity' $$;`;

/**
 * Whatever was begun up to the moment is known whole: the limit is the beginning of the next deed. Before the
 * first beginning on file, in books of an older program, the moment itself is the limit.
 */
const readAs = `
  create function known.read_as(authority uuid, moment timestamptz) returns void language plpgsql as $$
  declare following public.book_moments;
  begin
    select * into following from public.book_moments
    where school_authority_id = authority and begun_at > moment order by begun_at limit 1;
    if not found then
      following := row(authority, 'infinity'::timestamptz, 9223372036854775807::bigint);
    elsif not exists (
      select 1 from public.book_moments where school_authority_id = authority and begun_at <= moment
    ) then
      following.begun_at := least(following.begun_at, moment + interval '1 microsecond');
      select coalesce(max(number), 0) into following.number
      from public.entries where school_authority_id = authority and recorded_at <= moment;
    end if;
    perform set_config('paktbuch.authority', authority::text, true),
      set_config('paktbuch.known_on', moment::text, true),
      set_config('paktbuch.known_before', following.begun_at::text, true),
      set_config('paktbuch.known_number', following.number::text, true),
      set_config('search_path', 'known, public', true);
  end $$;`;

/** What makes the schema anew. */
export function knownSchema(): string {
  const views = Object.entries(knownTables).map(([table, known]) => viewOf(table, known));
  return ["create schema known;", settings, ...views, readAs].join("\n");
}

function viewOf(table: string, known: Known): string {
  const query = queryOf(table, known);
  // With the rights of who asks, not of its owner: so it stands behind the wall of its table.
  return query ? `create view known.${table} with (security_invoker) as ${query};` : "";
}

function queryOf(table: string, known: Known): string | undefined {
  const all = `select t.* from public.${table} t where ${ofAuthority}`;
  if (known === "stamped") return `${all} and t.created_at < (select known.before())`;
  if ("through" in known) {
    const [column, parent] = known.through;
    return `${all} and t.${column} in (select p.id from known.${parent} p)`;
  }
  if ("edited" in known) return editedQuery(table, known.edited);
  return "query" in known ? known.query : undefined;
}

/** The rows as they stand unless they were replaced since, and those that were, as they were first. */
function editedQuery(table: string, key: string): string {
  // The authority itself was always there: a moment before it has books without an entry.
  const isAuthority = table === "school_authorities";
  const own = `t.${isAuthority ? "id" : "school_authority_id"} = (select known.authority())`;
  const written = (stamp: string) => (isAuthority ? "true" : `${stamp} < (select known.before())`);
  const replaced = `h.school_authority_id = (select known.authority())
      and h.source = '${table}' and h.replaced_at >= (select known.before())`;
  return `select t.* from public.${table} t where ${own} and ${written("t.created_at")}
      and not exists (select 1 from public.earlier_rows h where ${replaced} and h.row_id = t.${key})
    union all select (jsonb_populate_record(null::public.${table}, first.content)).*
    from (select distinct on (h.row_id) h.content from public.earlier_rows h
      where ${replaced} order by h.row_id, h.position) first
    where ${written("(first.content ->> 'created_at')::timestamptz")}`;
}
