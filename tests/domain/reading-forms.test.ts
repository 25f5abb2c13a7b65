/** How a submitted form is read: once, as it was typed, and nothing that its page does not ask for. */
import { expect, test } from "vitest";
import { z } from "zod";
import { readForm, text } from "#app/form.ts";

const schema = z.object({ title: text });

function sent(...pairs: [string, string][]) {
  const body = new URLSearchParams(pairs);
  return readForm(new Request("http://127.0.0.1/", { method: "POST", body }), schema);
}

test("what was typed is decoded once: signs that look encoded stay as they are", async () => {
  const title = "%2541 %3Cb%3E &lt;b&gt; \\u0041 =?utf-8?Q?A?=";
  expect(await sent(["title", title])).toMatchObject({ status: "success", value: { title } });
});

test("a field that comes twice is refused, not one of the two chosen", async () => {
  expect(await sent(["title", "eins"], ["title", "zwei"])).toMatchObject({ status: "error" });
});

test("a field that the form does not have is not handed on", async () => {
  const form = await sent(["title", "eins"], ["role", "administrator"]);
  expect(form.status === "success" && form.value).toEqual({ title: "eins" });
});

test.each(["__proto__.isPoor", "constructor.prototype.isPoor", "title.__proto__.isPoor"])(
  "a field called %s is refused and changes no other object",
  async (name) => {
    await expect(sent(["title", "eins"], [name, "ja"])).rejects.toMatchObject({
      init: { status: 400 },
    });
    expect({}).not.toHaveProperty("isPoor");
  },
);
