/**
 * Signing in by the municipality's own directory: OpenID Connect, authorization code with PKCE, state and nonce
 * (RFC 9700). What a sign-in must remember until it comes back is sealed in a cookie of its own.
 */
import * as client from "openid-client";
import type { SessionBegin } from "./domain/session.ts";
import { isTwoFactor } from "./domain/second-factor.ts";
import { settings } from "./env.server.ts";
import { now } from "./clock.server.ts";
import { endedCookie, readSealedCookie, sealedCookie } from "./sealed-cookie.server.ts";
import { isLoopback } from "./sign-in-settings.ts";

/** So long a sign-in may take at the directory, in seconds. */
const patience = 600;

/** What is remembered of one that is under way, or of one that still asks for which authority. */
type Flow = { state: string; nonce: string; verifier: string; then: string };
export type Recognised = {
  issuer: string;
  subject: string;
  /** Absent where the directory has not verified it. */
  verifiedEmail?: string;
  begunBy: SessionBegin;
  then: string;
};

const [cookie, inFlow, recognised] = ["directory", "flow of sign-in", "recognised person"] as const;

/** Where the directory leads back to; it knows this address. */
export const callbackPath = "/login/directory/callback";

/** Begins a sign-in: where to send the browser, and the cookie that it takes along. */
export async function beginDirectorySignIn(origin: string, then: string) {
  const flow: Flow = {
    state: client.randomState(),
    nonce: client.randomNonce(),
    verifier: client.randomPKCECodeVerifier(),
    then,
  };
  const url = client.buildAuthorizationUrl(await configuration(), {
    redirect_uri: origin + callbackPath,
    scope: "openid email",
    state: flow.state,
    nonce: flow.nonce,
    code_challenge: await client.calculatePKCECodeChallenge(flow.verifier),
    code_challenge_method: "S256",
  });
  return { url: url.href, cookie: sealedCookie(cookie, inFlow, flow, patience) };
}

/**
 * Who came back from the directory. @throws Error for whatever is forged, replayed, or of another directory; undefined
 * where this browser began no sign-in, or too long ago.
 */
export async function finishDirectorySignIn(
  request: Request,
  origin: string,
): Promise<Recognised | undefined> {
  const flow = readSealedCookie<Flow>(request, cookie, inFlow);
  if (!flow) return undefined;
  const { pathname, search } = new URL(request.url);
  const config = await configuration();
  const tokens = await client.authorizationCodeGrant(config, new URL(pathname + search, origin), {
    pkceCodeVerifier: flow.verifier,
    expectedState: flow.state,
    expectedNonce: flow.nonce,
    idTokenExpected: true,
  });
  const claims = tokens.claims()!;
  const told =
    claims.email === undefined && config.serverMetadata().userinfo_endpoint
      ? await client.fetchUserInfo(config, tokens.access_token, claims.sub)
      : claims;
  const hasEmail = told.email_verified === true && typeof told.email === "string";
  const { acr, amr } = claims as { acr?: string; amr?: string[] };
  return {
    issuer: claims.iss,
    subject: claims.sub,
    ...(hasEmail && { verifiedEmail: told.email as string }),
    begunBy: isTwoFactor({ acr, amr }) ? "directory_with_factor" : "directory",
    then: flow.then,
  };
}

/** The cookie by which a person may choose among several authorities. */
export function rememberRecognised(person: Recognised): string {
  return sealedCookie(cookie, recognised, person, patience);
}

export function recallRecognised(request: Request): Recognised | undefined {
  return readSealedCookie<Recognised>(request, cookie, recognised);
}

/** The cookie that ends what was remembered: each sign-in is used once. */
export function forgetSignIn(): string {
  return endedCookie(cookie);
}

/** Where somebody signs out at the directory too; undefined where it offers no such place. */
export async function directorySignOut(origin: string): Promise<string | undefined> {
  if (!settings.directory) return undefined;
  const config = await configuration();
  if (!config.serverMetadata().end_session_endpoint) return undefined;
  return client.buildEndSessionUrl(config, { post_logout_redirect_uri: `${origin}/login` }).href;
}

let found: { issuer: string; until: number; config: Promise<client.Configuration> } | undefined;

/** What the directory says of itself, asked again each hour, and after a failure. */
function configuration(): Promise<client.Configuration> {
  const { issuer, clientId, clientSecret } = settings.directory!;
  const moment = now().getTime();
  if (found?.issuer === issuer && found.until > moment) return found.config;
  const url = new URL(issuer);
  const config = client.discovery(url, clientId, clientSecret, undefined, {
    timeout: 10,
    execute: [
      // The library trusts the connection that an ID token comes by; its signature is asked for besides.
      client.enableNonRepudiationChecks,
      // Only the settings' check lets such an address through: this machine's own.
      ...(isLoopback(url) ? [client.allowInsecureRequests] : []),
    ],
  });
  found = { issuer, until: moment + 3_600_000, config };
  config.catch(() => (found = undefined));
  return config;
}
