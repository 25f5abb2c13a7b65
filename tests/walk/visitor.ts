/** Who visits the program by HTTP alone, with the headers that a browser sends. */
import { setTimeout as wait } from "node:timers/promises";

type Fields = Record<string, string>;

export class Visitor {
  readonly address: string;
  cookie = "";

  constructor(address: string) {
    this.address = address;
  }

  get(path: string, headers: Fields = {}): Promise<Response> {
    return this.#fetch(path, { headers });
  }

  /** As a form of an own page. */
  post(path: string, fields: Fields): Promise<Response> {
    return this.sendBody(path, new URLSearchParams(fields));
  }

  sendBody(path: string, body: URLSearchParams | FormData): Promise<Response> {
    const headers = { Origin: this.address };
    return this.#fetch(path, { method: "POST", body, headers });
  }

  /** With no header but those given: what a foreign page or a program sends. */
  send(path: string, fields: Fields, headers: Fields): Promise<Response> {
    return this.#fetch(path, { method: "POST", body: new URLSearchParams(fields), headers });
  }

  async signIn(email: string, password = "paktbuch-beispiel"): Promise<void> {
    const answer = await this.post("/login", { email, password });
    this.cookie = answer.headers.get("Set-Cookie")?.split(";")[0] ?? "";
    if (!this.cookie) throw new Error(`${email} can't sign in: ${answer.status}`);
  }

  /** What a page's main form would send as it stands. */
  async formOf(path: string): Promise<Fields> {
    const answer = await this.get(path);
    if (answer.status !== 200) throw new Error(`${path} answers ${answer.status}`);
    return Visitor.fieldsIn(await answer.text());
  }

  static fieldsIn(page: string): Fields {
    const form = page.split("</header>")[1]!.split("</form>")[0]!;
    const fields: Fields = {};
    for (const [tag] of form.matchAll(/<input\b[^>]*>/g)) {
      const name = attribute(tag, "name");
      const isTicked = /type="(checkbox|radio)"/.test(tag);
      if (!name || (isTicked && !/\bchecked\b/.test(tag))) continue;
      fields[name] = attribute(tag, "value") ?? (isTicked ? "on" : "");
    }
    for (const [, tag, options] of form.matchAll(/<select\b([^>]*)>(.*?)<\/select>/gs)) {
      const chosen = /<option\b[^>]*\bselected\b[^>]*>/.exec(options!)?.[0];
      fields[attribute(tag!, "name")!] = (chosen && attribute(chosen, "value")) ?? "";
    }
    return fields;
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    const headers = { ...(init.headers as Fields), ...(this.cookie && { Cookie: this.cookie }) };
    const request = { ...init, headers, redirect: "manual" as const };
    try {
      return await fetch(this.address + path, request);
    } catch {
      // A refused body ends its connection; the next request takes a new one.
      await wait(50);
      return fetch(this.address + path, request);
    }
  }
}

/** The form of a resolution without the row for a second committee. */
export function oneStage(form: Fields): Fields {
  return Object.fromEntries(Object.entries(form).filter(([name]) => !name.startsWith("stages[1]")));
}

function attribute(tag: string, name: string): string | undefined {
  const value = new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];
  return value?.replaceAll("&quot;", '"').replaceAll("&#x27;", "'").replaceAll("&amp;", "&");
}

/** A page's text without the places where a long address may break. */
export function written(page: string): string {
  return page.replace(/<wbr\/?>|<!-- -->/g, "");
}
