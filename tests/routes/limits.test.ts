import { once } from "node:events";
import net from "node:net";
import express from "express";
import { expect, test } from "vitest";
import { limitBody, patientServer } from "#app/server/limits.ts";

/** A server that waits for a third of a second, where the program waits for many; it reads each body whole. */
async function impatientServer() {
  const patience = { headers: 300, request: 2_000, piece: 300 };
  const app = express();
  app.use(limitBody(patience), async (request, response) => {
    let length = 0;
    try {
      for await (const piece of request) length += (piece as Buffer).length;
    } catch {
      // Ended by the limits, which have answered already.
      return;
    }
    response.send(`gelesen: ${length}`);
  });
  const server = patientServer(app, patience).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, port: (server.address() as net.AddressInfo).port };
}

/** Sends these parts and then nothing more; gives all that comes back until the connection ends. */
async function answerTo(port: number, ...parts: string[]): Promise<string> {
  const socket = net.connect(port, "127.0.0.1");
  let answer = "";
  socket.on("data", (part) => (answer += part));
  socket.on("error", () => {});
  for (const part of parts) socket.write(part);
  await once(socket, "close");
  return answer;
}

const head = "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n";

test.each([
  { what: "headers that never end", parts: ["GET / HTTP/1.1\r\nHost: a\r\n"], status: 408 },
  { what: "a body that stops", parts: [`${head}Content-Length: 9\r\n\r\n`, "abc"], status: 408 },
  {
    what: "a body that is announced too large",
    parts: [`${head}Content-Length: 9999999\r\n\r\n`],
    status: 413,
  },
  {
    what: "a body that grows too large in pieces",
    parts: [
      `${head}Transfer-Encoding: chunked\r\n\r\n`,
      ...Array<string>(40).fill(`10000\r\n${"x".repeat(65_536)}\r\n`),
    ],
    status: 413,
  },
])("$what is answered with $status and a German sentence", async ({ parts, status }) => {
  const { server, port } = await impatientServer();
  const answer = await answerTo(port, ...parts);
  expect(answer).toMatch(
    new RegExp(`^HTTP/1.1 ${status} .*Die Anfrage .* wird abgelehnt\\.$`, "s"),
  );
  server.close();
});

test("a body that comes in time is read whole", async () => {
  const { server, port } = await impatientServer();
  expect(await answerTo(port, `${head}Content-Length: 3\r\n\r\n`, "abc")).toMatch(/gelesen: 3$/);
  server.close();
});
