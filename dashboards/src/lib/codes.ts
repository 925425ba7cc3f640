import type { BulkPreview, BulkUndoAnswer } from '../../../review-api/contract/bulk.ts';
import type {
  CaseDetail,
  CaseEventView,
  DecisionOption,
  JudgementView,
} from '../../../review-api/contract/case-detail.ts';
import type { CaseSummary } from '../../../review-api/contract/case-summary.ts';
import type { Me } from '../../../review-api/contract/session.ts';

/** The codes as the contract has them: a code that is added there without a label here fails the type check. */
export type QueueName = CaseSummary['queues'][number];
export type RiskLevel = CaseSummary['level'];
export type Category = CaseSummary['categories'][number];
export type PostKind = CaseSummary['postKind'];
export type ServiceKind = NonNullable<CaseSummary['service']>['kind'];
export type ServiceTopic = NonNullable<CaseSummary['service']>['topic'];
export type DecisionKind = DecisionOption['kind'];
export type ReasonCode = DecisionOption['reasons'][number];
export type ReopenReason = NonNullable<CaseEventView['reason']>;
export type BulkHindrance = NonNullable<BulkPreview['items'][number]['hindrance']>;
export type UndoHindrance = NonNullable<BulkUndoAnswer['items'][number]['hindrance']>;
export type EventKind = CaseEventView['kind'];
export type SentimentLabel = JudgementView['sentiment']['label'];
export type Action = Me['actions'][number];
export type Role = Me['roles'][number];
export type SourceMark = CaseDetail['source']['marks'][number];
