/** Which authority of this installation is which member of a joint service (IKZ), and so sees its agreement. */
import { sql } from "drizzle-orm";
import {
  check,
  index,
  pgEnum,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { linkSides } from "#app/domain/joint-link.ts";
import { authorityId, createdAt, id, withinAuthority } from "../columns.ts";
import { schoolAuthorities } from "./authorities.ts";
import { jointServiceMembers, jointServices } from "./joint-services.ts";

export const linkSide = pgEnum("joint_link_side", linkSides);

/**
 * The keeper's offer to a member to see the agreement (Einsicht), from its code to its end. It lies in the books
 * of the keeper; the authority that accepted reads it too. Offered again, it is a row of its own.
 */
export const jointLinks = pgTable(
  "joint_links",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    jointServiceId: uuid().notNull(),
    memberId: uuid().notNull(),
    /** SHA-256 of 160 random bits, which are told once. */
    codeHash: text().notNull(),
    expiresAt: timestamp({ withTimezone: true }).notNull(),
    /** As each was called when it offered, or answered: neither reads the other's row, or does any more. */
    keeperName: text().notNull(),
    serviceName: text().notNull(),
    authorityName: text(),
    /** The authority that answered, be it with a refusal. */
    memberAuthorityId: uuid().references(() => schoolAuthorities.id),
    acceptedAt: timestamp({ withTimezone: true }),
    endedAt: timestamp({ withTimezone: true }),
    endedBy: linkSide(),
    endReason: text().notNull().default(""),
    createdAt: createdAt(),
  },
  (link) => [
    uniqueIndex("joint_code_is_given_once").on(link.codeHash),
    uniqueIndex("member_has_one_link_at_a_time")
      .on(link.memberId)
      .where(sql`${link.endedAt} is null`),
    uniqueIndex("authority_is_one_member_of_a_service")
      .on(link.jointServiceId, link.memberAuthorityId)
      .where(sql`${link.endedAt} is null`),
    index("joint_links_of_members").on(link.memberAuthorityId),
    withinAuthority(
      "joint_link_is_of_a_service",
      [link.jointServiceId, link.schoolAuthorityId],
      [jointServices.id, jointServices.schoolAuthorityId],
    ),
    withinAuthority(
      "joint_link_is_of_a_member",
      [link.memberId, link.jointServiceId],
      [jointServiceMembers.id, jointServiceMembers.jointServiceId],
    ),
    check("keeper_is_no_other_member", sql`${link.memberAuthorityId} <> ${link.schoolAuthorityId}`),
    check(
      "accepted_by_an_authority",
      sql`${link.acceptedAt} is null or ${link.memberAuthorityId} is not null`,
    ),
    check(
      "named_with_its_authority",
      sql`(${link.memberAuthorityId} is null) = (${link.authorityName} is null)`,
    ),
    check("ended_by_somebody", sql`(${link.endedAt} is null) = (${link.endedBy} is null)`),
  ],
);
