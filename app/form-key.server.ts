/**
 * The key of a form (`FormKey`): random, with a mark of the user for whom its page was made. By the mark a form is
 * known as theirs when their session has ended meanwhile and the request no longer says who asks.
 */
import { randomBytes, timingSafeEqual } from "node:crypto";
import { markOf } from "./secret-box.server.ts";

/** A UUID of version 8 (RFC 9562, 5.8): half of it random, half the mark. */
export function makeFormKey(userId: string): string {
  const random = randomBytes(8);
  random[6] = (random[6]! & 0x0f) | 0x80;
  return written(random, userId);
}

/** Whether the key was made for this user. */
export function isFormKeyOf(userId: string, key: string): boolean {
  const random = Buffer.from(key.replaceAll("-", "").slice(0, 16), "hex");
  if (random.length !== 8) return false;
  const [own, given] = [Buffer.from(written(random, userId)), Buffer.from(key)];
  return own.length === given.length && timingSafeEqual(own, given);
}

function written(random: Buffer, userId: string): string {
  const mark = markOf(`${random.toString("hex")} ${userId}`, "form key").subarray(0, 8);
  mark[0] = (mark[0]! & 0x3f) | 0x80;
  const hex = Buffer.concat([random, mark]).toString("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
