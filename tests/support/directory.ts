/** A real OpenID provider on this machine, whose people sign in without being asked anything. */
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";

export type Person = {
  subject: string;
  email: string;
  isVerified?: boolean;
  amr?: string[];
};

/** What a forger makes of an ID token's claims, and with which key it is signed: the directory's, or another. */
export type Forgery = { claims?: Record<string, unknown>; isOwnKey: boolean };

const [ownKey, otherKey] = [1, 2].map(() => generateKeyPairSync("rsa", { modulusLength: 2048 }));

export async function startDirectory(redirectUris: string[], clientId = "paktbuch") {
  const server = http.createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const people = new Map<string, Person>();
  let present: Person | undefined;
  let forgery: Forgery | undefined;
  const jwk = { ...ownKey!.privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256" };
  const keyId = createHash("sha256").update(String(jwk.n)).digest("base64url");
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: "ein Geheimnis des Verzeichnisses",
        redirect_uris: redirectUris,
        post_logout_redirect_uris: redirectUris.map((one) => new URL("/login", one).href),
      },
    ],
    jwks: { keys: [{ ...jwk, kid: keyId }] },
    claims: { openid: ["sub", "amr"], email: ["email", "email_verified"] },
    findAccount: (_, accountId) => ({
      accountId,
      claims: () => {
        const person = people.get(accountId)!;
        const { subject, email, isVerified = true } = person;
        return { sub: subject, email, email_verified: isVerified };
      },
    }),
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    cookies: { keys: ["ein Schlüssel der Tests"] },
    async loadExistingGrant(context) {
      const grant = new context.oidc.provider.Grant({
        clientId: context.oidc.client!.clientId,
        accountId: context.oidc.session!.accountId!,
      });
      grant.addOIDCScope("openid email");
      await grant.save();
      return grant;
    },
  });
  provider.use(async (context, next) => {
    await next();
    const answer = context.body as { id_token?: string } | undefined;
    if (forgery && answer?.id_token) answer.id_token = forged(answer.id_token, forgery);
  });
  const callback = provider.callback();
  server.on("request", (request, response) => {
    if (!request.url!.startsWith("/interaction/")) return void callback(request, response);
    const { subject: accountId, amr } = present!;
    const login = { accountId, remember: false, ...(amr && { amr }) };
    void provider.interactionFinished(request, response, { login });
  });
  return {
    issuer,
    /** Who sits before the browser from now on. */
    seat(person: Person) {
      people.set(person.subject, person);
      present = person;
    },
    /** From now on ID tokens are forged on their way; undefined for as they are. */
    forge(given: Forgery | undefined) {
      forgery = given;
    },
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function forged(token: string, { claims, isOwnKey }: Forgery): string {
  const [head, body] = token.split(".") as [string, string];
  const told = JSON.parse(Buffer.from(body, "base64url").toString()) as object;
  const signed = `${head}.${Buffer.from(JSON.stringify({ ...told, ...claims })).toString("base64url")}`;
  const { privateKey } = (isOwnKey ? ownKey : otherKey)!;
  return `${signed}.${sign("RSA-SHA256", Buffer.from(signed), privateKey).toString("base64url")}`;
}

/** Follows the directory's own pages as a browser does; gives the address at which it leads back. */
export async function walkThrough(address: string, cookies = new Map<string, string>()) {
  const { origin } = new URL(address);
  let next = address;
  while (next.startsWith(origin)) {
    const headers = { Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") };
    const answer = await fetch(next, { redirect: "manual", headers });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      cookies.set(name!, value!);
    }
    const location = answer.headers.get("Location");
    if (!location) throw new Error(`${answer.status} ${await answer.text()}`);
    next = new URL(location, next).href;
  }
  return new URL(next);
}
