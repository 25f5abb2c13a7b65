/** Keeps files in a bucket of any service that speaks S3, addressed by path: works without own DNS names. */
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { AwsClient } from "aws4fetch";
import { type FileStore, pathOf } from "./file-store.ts";

export type BucketSettings = {
  /** Such as "https://s3.example.de". */
  endpoint: string;
  bucket: string;
  region: string;
  keyId: string;
  secret: string;
};

/** For 20 MB over a slow line. */
const patience = 60_000; // milliseconds

export function bucketStore({
  endpoint,
  bucket,
  region,
  keyId,
  secret,
}: BucketSettings): FileStore {
  const client = new AwsClient({
    accessKeyId: keyId,
    secretAccessKey: secret,
    service: "s3",
    region,
    retries: 2,
  });
  const addressOf = (hash: string) => `${endpoint}/${bucket}/${pathOf(hash)}`;
  // Whoever answers in its place can't lead the request on to another machine (ASVS 5.0, 15.3.2).
  const manners = () => ({ redirect: "error" as const, signal: AbortSignal.timeout(patience) });

  return {
    async keep(hash, content) {
      // The service compares what arrives with the hash and refuses what is damaged on the way.
      const headers = { "X-Amz-Content-Sha256": hash, "Content-Type": "application/octet-stream" };
      const body = new Uint8Array(content);
      const answer = await client.fetch(addressOf(hash), {
        method: "PUT",
        headers,
        body,
        ...manners(),
      });
      const said = await answer.text();
      if (!answer.ok) throw refusal(answer, said);
      return null;
    },

    async open({ hash }) {
      const answer = await client.fetch(addressOf(hash), manners());
      if (answer.ok) return Readable.fromWeb(answer.body as ReadableStream<Uint8Array>);
      const said = await answer.text();
      // A bucket that is not there answers 404 too; that is no missing file.
      if (answer.status === 404 && said.includes("<Code>NoSuchKey</Code>")) return undefined;
      throw refusal(answer, said);
    },
  };
}

function refusal({ status }: Response, said: string): Error {
  const code = /<Code>(\w+)<\/Code>/.exec(said)?.[1] ?? "";
  return new Error(`the file store (S3) answered ${status} ${code}`.trim());
}
