import { expect, test } from "vitest";
import { describeBrowser } from "#app/domain/browser.ts";
import { demandsSecondFactor, isTwoFactor, readCode } from "#app/domain/second-factor.ts";

test("a second factor is demanded where one of several roles demands it", () => {
  expect(demandsSecondFactor(["clerk"], [])).toBe(false);
  expect(demandsSecondFactor(["clerk", "administrator"], ["administrator"])).toBe(true);
  expect(demandsSecondFactor(["board"], ["administrator", "clerk"])).toBe(false);
});

// prettier-ignore
test.each([
  { claims: {},                                                   two: false },
  { claims: { amr: ["pwd"] },                                     two: false },
  { claims: { amr: ["pwd", "pin"] },                              two: false },
  { claims: { amr: ["pwd", "otp"] },                              two: true },
  { claims: { amr: ["hwk", "fpt"] },                              two: true },
  { claims: { amr: ["mfa"] },                                     two: true },
  { claims: { amr: ["constructor", "pwd"] },                      two: false },
  { claims: { acr: "https://refeds.org/profile/mfa" },            two: true },
  { claims: { acr: "urn:mace:incommon:iap:silver" },              two: false },
])("a directory that says $claims asked for two factors: $two", ({ claims, two }) => {
  expect(isTwoFactor(claims)).toBe(two);
});

// prettier-ignore
test.each([
  { typed: " 123 456 ",           read: { kind: "app", code: "123456" } },
  { typed: "ABCD-efgh-ijkl-mn23", read: { kind: "recovery", code: "abcdefghijklmn23" } },
  { typed: "abcd efgh ijkl mnop qrst UV23", read: { kind: "recovery", code: "abcdefghijklmnopqrstuv23" } },
  { typed: "abcd-efgh-ijkl-mnop-qrst", read: undefined },
  { typed: "abcd-efgh-ijkl-mnop-qrst-uvw1", read: undefined },
  { typed: "12345",               read: undefined },
  { typed: "１２３４５６",              read: undefined },
  { typed: "",                    read: undefined },
])("'$typed' is read as $read", ({ typed, read }) => {
  expect(readCode(typed)).toEqual(read);
});

// prettier-ignore
test.each([
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0 Safari/537.36 Edg/124.0", "Edge, Windows"],
  ["Mozilla/5.0 (X11; Linux x86_64; rv:125.0) Gecko/20100101 Firefox/125.0", "Firefox, Linux"],
  ["Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 Version/17.4 Mobile/15E148 Safari/604.1", "Safari, iOS"],
  ["Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/124.0 Mobile Safari/537.36", "Chrome, Android"],
  ["<script>curl</script>", ""],
  [null, ""],
])("%s is %s", (agent, words) => {
  expect(describeBrowser(agent)).toBe(words);
});
