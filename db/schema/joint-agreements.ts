/** What an agreement (IKZ) says, who comes and goes, and the key of each year. All is appended only. */
import { sql } from "drizzle-orm";
import {
  check,
  date,
  index,
  integer,
  pgEnum,
  pgTable,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { keyBases } from "#app/domain/joint-key.ts";
import { legalForms, membershipChanges } from "#app/domain/joint-service.ts";
import {
  authorityId,
  createdAt,
  exactFactor,
  id,
  percentage,
  withinAuthority,
} from "../columns.ts";
import { schoolAuthorities } from "./authorities.ts";
import { jointServiceMembers, jointServices } from "./joint-services.ts";

export const legalForm = pgEnum("joint_legal_form", legalForms);
export const membershipChange = pgEnum("membership_change", membershipChanges);
export const keyBasis = pgEnum("key_basis", keyBases);

/** Terms of an agreement; the last version counts. Agreements of old have none until they are completed. */
export const jointTerms = pgTable(
  "joint_terms",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    jointServiceId: uuid().notNull(),
    legalForm: legalForm().notNull(),
    legalFormNote: text().notNull(),
    endsOn: date(),
    noticeMonths: integer(),
    performingMemberId: uuid().notNull(),
    createdAt: createdAt(),
  },
  (terms) => [
    unique("joint_terms_are_of_one_authority").on(terms.id, terms.schoolAuthorityId),
    withinAuthority(
      "joint_terms_are_of_a_service",
      [terms.jointServiceId, terms.schoolAuthorityId],
      [jointServices.id, jointServices.schoolAuthorityId],
    ),
    withinAuthority(
      "performing_member_is_of_the_service",
      [terms.performingMemberId, terms.jointServiceId],
      [jointServiceMembers.id, jointServiceMembers.jointServiceId],
    ),
    check(
      "other_legal_form_has_words",
      sql`${terms.legalForm} <> 'other' or ${terms.legalFormNote} <> ''`,
    ),
  ],
);

export const jointTermServices = pgTable(
  "joint_term_services",
  {
    id: id(),
    schoolAuthorityId: authorityId(),
    termsId: uuid().notNull(),
    position: integer().notNull(),
    title: text().notNull(),
    /** Sub-points, one a line. */
    points: text().notNull(),
  },
  (service) => [
    withinAuthority(
      "joint_service_position_is_of_its_terms",
      [service.termsId, service.schoolAuthorityId],
      [jointTerms.id, jointTerms.schoolAuthorityId],
    ),
  ],
);

/** Address and resolution of a member; the last version counts. */
export const jointMemberTerms = pgTable(
  "joint_member_terms",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    jointServiceId: uuid().notNull(),
    memberId: uuid().notNull(),
    address: text().notNull(),
    resolution: text().notNull(),
    createdAt: createdAt(),
  },
  (terms) => [
    withinAuthority(
      "member_terms_are_of_a_service",
      [terms.jointServiceId, terms.schoolAuthorityId],
      [jointServices.id, jointServices.schoolAuthorityId],
    ),
    withinAuthority(
      "member_terms_are_of_a_member",
      [terms.memberId, terms.jointServiceId],
      [jointServiceMembers.id, jointServiceMembers.jointServiceId],
    ),
  ],
);

/** A member joins or leaves (Beitritt, Austritt): a document that moves no money. */
export const jointMemberships = pgTable(
  "joint_memberships",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    jointServiceId: uuid().notNull(),
    memberId: uuid().notNull(),
    kind: membershipChange().notNull(),
    changedOn: date().notNull(),
    reason: text().notNull(),
    resolution: text().notNull(),
    createdAt: createdAt(),
  },
  (change) => [
    withinAuthority(
      "membership_is_of_a_service",
      [change.jointServiceId, change.schoolAuthorityId],
      [jointServices.id, jointServices.schoolAuthorityId],
    ),
    withinAuthority(
      "membership_is_of_a_member",
      [change.memberId, change.jointServiceId],
      [jointServiceMembers.id, jointServiceMembers.jointServiceId],
    ),
    check("membership_change_has_a_reason", sql`${change.reason} <> ''`),
  ],
);

/** Key (Verteilungsschlüssel) of a fiscal year; the last version counts, a plan keeps its own. */
export const jointKeys = pgTable(
  "joint_keys",
  {
    id: id(),
    schoolAuthorityId: authorityId().references(() => schoolAuthorities.id),
    jointServiceId: uuid().notNull(),
    fiscalYear: integer().notNull(),
    createdAt: createdAt(),
  },
  (key) => [
    unique("joint_key_is_of_one_authority").on(key.id, key.schoolAuthorityId),
    unique("joint_key_is_of_one_service").on(key.id, key.jointServiceId),
    withinAuthority(
      "joint_key_is_of_a_service",
      [key.jointServiceId, key.schoolAuthorityId],
      [jointServices.id, jointServices.schoolAuthorityId],
    ),
  ],
);

export const jointKeyComponents = pgTable(
  "joint_key_components",
  {
    id: id(),
    schoolAuthorityId: authorityId(),
    keyId: uuid().notNull(),
    position: integer().notNull(),
    basis: keyBasis().notNull(),
    percent: percentage(),
    countedOn: date(),
    source: text().notNull(),
  },
  (component) => [
    unique("key_has_a_basis_once").on(component.keyId, component.basis),
    withinAuthority(
      "key_component_is_of_its_key",
      [component.keyId, component.schoolAuthorityId],
      [jointKeys.id, jointKeys.schoolAuthorityId],
    ),
    check(
      "fixed_sums_have_no_percent",
      sql`(${component.basis} = 'fixed_sum') = (${component.percent} is null)`,
    ),
  ],
);

export const jointKeyFigures = pgTable(
  "joint_key_figures",
  {
    id: id(),
    schoolAuthorityId: authorityId(),
    keyId: uuid().notNull(),
    position: integer().notNull(),
    basis: keyBasis().notNull(),
    memberId: uuid()
      .notNull()
      .references(() => jointServiceMembers.id),
    value: exactFactor().notNull(),
  },
  (figure) => [
    unique("key_has_a_figure_once").on(figure.keyId, figure.basis, figure.memberId),
    withinAuthority(
      "key_figure_is_of_its_key",
      [figure.keyId, figure.schoolAuthorityId],
      [jointKeys.id, jointKeys.schoolAuthorityId],
    ),
    index("joint_key_figures_by_key").on(figure.keyId),
    check("key_figure_is_not_negative", sql`${figure.value} >= 0`),
  ],
);
