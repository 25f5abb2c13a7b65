import { expect, test } from "vitest";
import { mayGetLink, type UserFacts, userState } from "#app/domain/user-state.ts";

const today = "2026-11-27";
const office: UserFacts = {
  isActive: true,
  hasPassword: true,
  hasOpenInvitation: false,
  access: null,
};
const until = "2026-12-31";
const open = { until, isWithdrawn: false };

// prettier-ignore
test.each([
  { what: "somebody of the office",                        facts: {},                                                          kind: "active" },
  { what: "who has not used the invitation yet",           facts: { hasPassword: false, hasOpenInvitation: true },             kind: "invited" },
  { what: "who let the invitation pass",                   facts: { hasPassword: false },                                      kind: "invitation_expired" },
  { what: "who is invited until a day and came in",        facts: { access: open },                                            kind: "active" },
  { what: "who is invited again and has a password",       facts: { access: open, hasOpenInvitation: true },                   kind: "active" },
  { what: "who is invited on the last day",                facts: { access: { ...open, until: today } },                       kind: "active" },
  { what: "whose day is over",                             facts: { access: { ...open, until: "2026-11-26" } },                kind: "over" },
  { what: "who was withdrawn before the first use",        facts: { hasPassword: false, access: { until, isWithdrawn: true } }, kind: "withdrawn" },
  { what: "who is locked, whatever else",                  facts: { isActive: false, access: { until, isWithdrawn: true } },   kind: "locked" },
])("$what is $kind", ({ facts, kind }) => {
  const state = userState({ ...office, ...facts }, today);
  expect(state.kind).toBe(kind);
  expect(mayGetLink(state)).toBe(!["locked", "withdrawn", "over"].includes(kind));
});
