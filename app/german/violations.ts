/** Every refusal of the house, and the type of the sentences for them. */
import type { AssetViolation, DisposalViolation } from "../domain/asset.ts";
import type { AllotmentViolation } from "../domain/allotment.ts";
import type { NoticeViolation } from "../domain/notice.ts";
import type { AnswerViolation, ProofViolation } from "../domain/proof-of-use.ts";
import type { ApplicationViolation } from "../domain/application.ts";
import type { StepViolation } from "../domain/application-step.ts";
import type { AppropriationViolation } from "../domain/appropriation.ts";
import type { ChangeViolation } from "../domain/budget-change.ts";
import type { CarryoverViolation } from "../domain/carryover.ts";
import type { ClosingViolation } from "../domain/fiscal-year.ts";
import type { BookCheckViolation } from "../domain/book-check.ts";
import type { BudgetViolation } from "../domain/municipal-budget.ts";
import type { InvitationViolation } from "../domain/audit-access.ts";
import type { AttachmentViolation } from "../domain/attachment.ts";
import type {
  AnsweringViolation,
  AuditMarkViolation,
  MarkWithdrawalViolation,
} from "../domain/audit-mark.ts";
import type { SettingsViolation } from "../domain/authority.ts";
import type { CertificationViolation, PayerViolation } from "../domain/certification.ts";
import type { StatementViolation } from "../domain/bank-statement.ts";
import type { CostSharePaymentViolation, CostShareViolation } from "../domain/cost-share.ts";
import type { ContractViolation, IndexValueViolation } from "../domain/contract.ts";
import type { ContractChangeViolation } from "../domain/contract-change.ts";
import type { KeyViolation } from "../domain/joint-key.ts";
import type { AgreementViolation, MembershipViolation } from "../domain/joint-service.ts";
import type { JointCostViolation } from "../domain/joint-cost.ts";
import type { LinkAnswerViolation, OfferViolation } from "../domain/joint-link.ts";
import type { JointPaymentViolation, SettlementViolation } from "../domain/joint-settlement.ts";
import type { EInvoiceViolation } from "../domain/e-invoice.ts";
import type { DrawdownViolation } from "../domain/drawdown.ts";
import type { CellViolation } from "../domain/entry.ts";
import type { EnvelopeViolation } from "../domain/envelope.ts";
import type { GrantViolation } from "../domain/grant.ts";
import type { InvoiceViolation } from "../domain/invoice.ts";
import type { MediaConceptViolation } from "../domain/media-concept.ts";
import type { OrderClosureViolation, SpendingViolation } from "../domain/order.ts";
import type { OrderChangeViolation } from "../domain/order-change.ts";
import type { MoveViolation } from "../domain/order-move.ts";
import type { PasswordRuleViolation } from "../domain/password.ts";
import type { PaymentViolation } from "../domain/payment.ts";
import type { ChoiceViolation } from "../domain/payment-match.ts";
import type { PayoutViolation } from "../domain/payout.ts";
import type { FileImportedBefore, ReadingViolation, TableViolation } from "../domain/reading.ts";
import type { RepaymentViolation } from "../domain/repayment.ts";
import type { RolesViolation } from "../domain/roles.ts";
import type { SampleViolation } from "../domain/sampling.ts";
import type { WishViolation } from "../domain/school-wish.ts";
import type { StageViolation } from "../domain/resolution.ts";
import type { ReasonViolation } from "../domain/recurring.ts";
import type { ReversalViolation } from "../domain/reversal.ts";

/** Refusals of records that have no rules of their own in the domain. */
export type RecordViolation =
  | { field: string; rule: "programme_unchanged" }
  | { field: string; rule: "programme_key_taken"; name: string }
  | { field: string; rule: "programme_changed_meanwhile" }
  | { field: string; rule: "draft_changed"; person: string }
  | { field: string; rule: "school_name_taken" }
  | { field: string; rule: "resolution_number_taken" }
  | { field: string; rule: "email_taken" }
  | { field: string; rule: "authority_not_chosen" }
  | { field: string; rule: "link_used_up" }
  | { field: string; rule: "code_wrong" }
  | { field: string; rule: "password_wrong" }
  | { field: string; rule: "password_unchanged" };

export type Violation =
  | PayerViolation
  | RolesViolation
  | WishViolation
  | AllotmentViolation
  | AnswerViolation
  | AnsweringViolation
  | AuditMarkViolation
  | NoticeViolation
  | ProofViolation
  | ApplicationViolation
  | AssetViolation
  | DisposalViolation
  | AgreementViolation
  | KeyViolation
  | MembershipViolation
  | JointCostViolation
  | LinkAnswerViolation
  | OfferViolation
  | JointPaymentViolation
  | SettlementViolation
  | AppropriationViolation
  | AttachmentViolation
  | BookCheckViolation
  | BudgetViolation
  | CertificationViolation
  | CarryoverViolation
  | ChangeViolation
  | ChoiceViolation
  | ClosingViolation
  | CellViolation
  | ContractChangeViolation
  | ContractViolation
  | IndexValueViolation
  | CostSharePaymentViolation
  | CostShareViolation
  | DrawdownViolation
  | MoveViolation
  | EInvoiceViolation
  | EnvelopeViolation
  | FileImportedBefore
  | GrantViolation
  | InvitationViolation
  | InvoiceViolation
  | MarkWithdrawalViolation
  | MediaConceptViolation
  | OrderChangeViolation
  | ReasonViolation
  | OrderClosureViolation
  | PasswordRuleViolation
  | PaymentViolation
  | PayoutViolation
  | ReadingViolation
  | RecordViolation
  | RepaymentViolation
  | ReversalViolation
  | SampleViolation
  | SettingsViolation
  | SpendingViolation
  | StageViolation
  | StatementViolation
  | StepViolation
  | TableViolation;

/** A sentence for each rule: one that is missing does not compile. */
export type Sentences = {
  [Rule in Violation["rule"]]: (violation: Extract<Violation, { rule: Rule }>) => string;
};
