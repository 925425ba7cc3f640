import { z } from 'zod';
import { CaseEventKind, DecisionKind, ReasonCode, ReopenReason } from '../../pipeline/domain/case.ts';
import { Category } from '../../pipeline/domain/category.ts';
import { Attachment, PostMark } from '../../pipeline/domain/post.ts';
import { Instant } from '../../pipeline/domain/time.ts';
import { CouldNotCheck, Finding, Risk, Sentiment, VerdictStamp } from '../../pipeline/domain/verdict.ts';
import { CaseSummary, ClaimView } from './case-summary.ts';
import { Purpose } from './fields.ts';
import { RoutingGiven } from './routing.ts';

/**
 * `text` is the whole stored text: the title on its first line (when there is one), then the body. Every offset of a finding
 * counts UTF-16 units in `text`; `title` repeats the first line. Masking keeps lengths, so that offsets hold.
 */
export const TextView = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('full'), title: z.string(), text: z.string() }),
  z.object({ mode: z.literal('masked'), title: z.string(), text: z.string() }),
  z.object({ mode: z.literal('erased') }),
]);
export type TextView = z.infer<typeof TextView>;

/** How a rule came to its finding: what stood there, what it was read as, and the rule's word or pattern. */
export const TrailView = z.object({
  stood: z.string(),
  normalised: z.string(),
  /** Null when the pattern matched, or the rule has another version by now. */
  word: z.string().nullable(),
  pattern: z.string().nullable(),
});
export type TrailView = z.infer<typeof TrailView>;

/** One machine judgement with its evidence: `text.slice(start, end)`. Empty once the text is erased. */
export const FindingView = Finding.omit({ id: true }).extend({
  /** Null for models and numbers, and for those who see the text masked: it quotes the text. */
  trail: TrailView.nullable(),
  /** Id of the rule or model. */
  ruleId: z.string(),
});
export type FindingView = z.infer<typeof FindingView>;

export const JudgementView = z.object({
  sentiment: Sentiment,
  risk: Risk,
  categories: z.array(z.object({ category: Category, confidence: z.number() })),
  findings: z.array(FindingView),
  couldNotCheck: z.array(CouldNotCheck),
  stamp: VerdictStamp,
});
export type JudgementView = z.infer<typeof JudgementView>;

const SourceView = z.object({
  /** Where the item stands in public. */
  url: z.string(),
  textVersion: z.int().positive(),
  /** Higher than `textVersion` when the source was edited after the case was last brought up to date. */
  newestTextVersion: z.int().positive(),
  marks: z.array(PostMark),
  links: z.array(z.string()),
  attachments: z.array(Attachment),
});

export const CaseEventView = z.object({
  id: z.string(),
  kind: CaseEventKind,
  at: Instant,
  /** Null for the machine. */
  byName: z.string().nullable(),
  byMe: z.boolean(),
  decision: z.object({ kind: DecisionKind, reason: ReasonCode, unitId: z.string().nullable() }).nullable(),
  undoes: z.string().nullable(),
  /** For `joined`: the decision that holds for the copy too. */
  inherits: z.string().nullable(),
  note: z.string().nullable(),
  /** For `reopened`. */
  reason: ReopenReason.nullable(),
  /** For `taken-over`: who held it until then. */
  holderName: z.string().nullable(),
  /** Decided together with others. */
  inBulk: z.boolean(),
});
export type CaseEventView = z.infer<typeof CaseEventView>;

/** A decision that this person may make now; the first reason is the usual one. */
export const DecisionOption = z.object({
  kind: DecisionKind,
  reasons: z.array(ReasonCode).min(1),
  needsUnit: z.boolean(),
});
export type DecisionOption = z.infer<typeof DecisionOption>;

export const CaseDetail = CaseSummary.extend({
  kind: z.literal('case'),
  text: TextView,
  /** Null while the machine has not judged this version, or when the judgement went with the text. */
  judgement: JudgementView.nullable(),
  source: SourceView,
  /** Near copies, the latest first; of many only these, `postCount` counts all. */
  otherSources: z.array(
    z.object({
      postId: z.string(),
      url: z.string(),
      publishedAt: Instant.nullable(),
      /** It came after a decision that holds for it too. */
      inherits: z.boolean(),
    }),
  ),
  /** Whether this person may part copies from the case now. */
  maySplit: z.boolean(),
  /** Whether this person may close it now: an answer was decided. */
  mayClose: z.boolean(),
  /** Whether this person may bring it back, write a note on it, or take it from whoever holds it. */
  mayReopen: z.boolean(),
  mayNote: z.boolean(),
  mayTakeOver: z.boolean(),
  /** The case that its text was parted from, whose source was edited, or that it resembles; null where there is none to see. */
  previous: z.object({ caseId: z.string(), how: z.enum(['split', 'edited', 'similar']) }).nullable(),
  /** How many copies were parted from it; they never come back by themselves. */
  partedCount: z.int().nonnegative(),
  /** Whether this person may change or withdraw the registration of the lead. */
  mayChangeLead: z.boolean(),
  unitId: z.string().nullable(),
  /** Where a hand-over usually goes (谁主管谁负责): never one's own unit; null where no unit answers for the topic. */
  suggestedUnitId: z.string().nullable(),
  /** What the rules of routing gave it when it was opened. */
  routing: RoutingGiven.nullable(),
  events: z.array(CaseEventView),
  /** Empty when nothing may be decided: decided already, held by another person, or not in one's own queues. */
  decisions: z.array(DecisionOption),
  /** The decision that holds and that this person may take back. */
  undoable: z.object({ decisionId: z.string() }).nullable(),
  units: z.array(z.object({ id: z.string(), name: z.string() })),
}).meta({ id: 'CaseDetail' });
export type CaseDetail = z.infer<typeof CaseDetail>;

/** All that others may see of a case that went to the people on duty. */
export const Referral = z
  .object({ kind: z.literal('referral'), id: z.string(), referredAt: Instant })
  .meta({ id: 'Referral' });
export type Referral = z.infer<typeof Referral>;

export const CaseAnswer = z.discriminatedUnion('kind', [CaseDetail, Referral]).meta({ id: 'CaseAnswer' });
export type CaseAnswer = z.infer<typeof CaseAnswer>;

/** `purpose` is asked for (400, field `purpose`) only where the case is in none of the person's queues. */
export const OpenCaseRequest = z
  .strictObject({ purpose: Purpose.optional() })
  .meta({ id: 'OpenCaseRequest' });
export type OpenCaseRequest = z.infer<typeof OpenCaseRequest>;

/** What stood at the source, newest first; of many versions the last few. */
export const TextVersions = z
  .object({
    items: z.array(z.object({ textVersion: z.int().positive(), gatheredAt: Instant, text: TextView })),
  })
  .meta({ id: 'TextVersions' });
export type TextVersions = z.infer<typeof TextVersions>;

export const ReadCaseQuery = z.strictObject({ purpose: Purpose.optional() });

export const ClaimAnswer = z.object({ claim: ClaimView }).meta({ id: 'ClaimAnswer' });
