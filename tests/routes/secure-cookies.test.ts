/** Cookies of a program that is reached by https, as browsers are told to keep them. */
import { expect, test } from "vitest";
import { settings } from "#app/env.server.ts";

test("behind https every cookie is of this host alone, enciphered on its way, and not sent from foreign forms", async () => {
  settings.origin = "https://paktbuch.example.de";
  // What the cookies are called is settled when these are loaded.
  const { endSession, startSession } = await import("#app/session.server.ts");
  const { endedCookie, sealedCookie } = await import("#app/sealed-cookie.server.ts");
  const { createOffice } = await import("#tests/support/factories.ts");
  const { get } = await import("#tests/support/request.ts");
  const { clerk } = await createOffice();
  const cookies = [
    await startSession(clerk.id),
    await endSession((await get(undefined, "/")).request),
    sealedCookie("directory", "Zweck", { state: "x" }, 600),
    endedCookie("directory"),
  ];
  for (const cookie of cookies) {
    const [pair, ...attributes] = cookie.split("; ");
    expect(pair).toMatch(/^__Host-(session|directory)=/);
    expect(attributes).toEqual(
      expect.arrayContaining(["Path=/", "HttpOnly", "SameSite=Lax", "Secure"]),
    );
    expect(cookie).not.toMatch(/Domain=/i);
  }
});
