/** A real S3 server on a folder, with one bucket, and the settings by which the program finds it. */
import S3rver from "s3rver";

export async function startS3(directory: string, bucket: string) {
  const server = new S3rver({
    address: "127.0.0.1",
    port: 0,
    silent: true,
    directory,
    configureBuckets: [{ name: bucket, configs: [] }],
  });
  const { port } = await server.run();
  const endpoint = `http://127.0.0.1:${port}`;
  const place = { endpoint, bucket, region: "eu-central-1", keyId: "S3RVER", secret: "S3RVER" };
  return { place, close: () => server.close() };
}
