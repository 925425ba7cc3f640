import { z } from 'zod';
import { FrozenEvidence } from './brief-evidence.ts';
import { Instant } from './time.ts';

/** 早报、日报、周报、月报、专报. */
export const BriefKind = z.enum(['morning', 'daily', 'weekly', 'monthly', 'special']);
export type BriefKind = z.infer<typeof BriefKind>;

export const briefKindNames: Record<BriefKind, string> = {
  morning: '早报',
  daily: '日报',
  weekly: '周报',
  monthly: '月报',
  special: '专报',
};

/** Every section there is; the template of a kind says which come, in which order and by which name. */
export const SectionId = z.enum([
  ...(['overview', 'attention', 'night', 'handled', 'overdue'] as const),
  ...(['needs', 'critical', 'safety', 'corrections', 'claims', 'operation', 'closed', 'duty'] as const),
  ...(['trend', 'topics', 'bursts', 'causes', 'late', 'false-alarms', 'publishing'] as const),
  ...(['responses', 'transparency', 'remarks'] as const),
  ...(['summary', 'course', 'spread', 'demands', 'handling', 'assessment', 'appendix'] as const),
]);
export type SectionId = z.infer<typeof SectionId>;

export const BriefPeriod = z.object({
  /** From this instant on, until before that one; both on a full hour of the Shanghai clock. */
  from: Instant,
  until: Instant,
  /** In Shanghai, both included. */
  fromDay: z.iso.date(),
  toDay: z.iso.date(),
});
export type BriefPeriod = z.infer<typeof BriefPeriod>;

/** `item` 条, `case` 项, `slip` 件, `percent` of a hundred, `ratio` a plain number. */
export const BriefUnit = z.enum([
  ...(['item', 'case', 'slip', 'draft', 'channel', 'gap', 'burst', 'topic', 'entry', 'time'] as const),
  ...(['minutes', 'hours', 'percent', 'ratio'] as const),
]);
export type BriefUnit = z.infer<typeof BriefUnit>;

/** Not read in full: what was counted over it may be too low, and no change is claimed. */
export const BriefGap = z.object({
  id: z.string(),
  channelId: z.string(),
  from: Instant,
  to: Instant,
  filled: z.boolean(),
});
export type BriefGap = z.infer<typeof BriefGap>;

/** A number with what it was counted from. Its words are ours; it never tells of a person. */
export const BriefNumber = z.object({
  /** Within the brief, as `overview.comments`; the same in every issue of a kind. */
  id: z.string(),
  label: z.string(),
  /** Null where it is not known, not claimed, or not told (`suppressed`); then `note` says why. */
  value: z.number().nullable(),
  unit: BriefUnit,
  note: z.string().optional(),
  /** Under ten, or one that would give such a one away: shown as `不足10` or `不单列` (R16). */
  suppressed: z.enum(['under-ten', 'would-reveal']).optional(),
  /** Ids of gaps that it was counted over. */
  gaps: z.array(z.string()).optional(),
  evidence: FrozenEvidence,
});
export type BriefNumber = z.infer<typeof BriefNumber>;

export const BriefCell = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({ kind: z.literal('number'), number: BriefNumber }),
]);
export type BriefCell = z.infer<typeof BriefCell>;

/** As many cells in every row as there are columns. */
const Table = z.object({
  kind: z.literal('table'),
  title: z.string().optional(),
  columns: z.array(z.object({ title: z.string(), align: z.enum(['left', 'right']), weight: z.number() })),
  rows: z.array(z.array(BriefCell)),
});

/** One line or set of bars each; `values` goes along with `labels`. */
const Chart = z.object({
  kind: z.literal('chart'),
  form: z.enum(['line', 'bars', 'stacked-bars']),
  title: z.string(),
  unit: BriefUnit,
  labels: z.array(z.string()),
  series: z.array(z.object({ name: z.string(), values: z.array(BriefNumber) })),
  /** Indexes of `labels` at which any of the lines was counted over a gap; which of them, its numbers say. */
  gapAt: z.array(z.int().nonnegative()),
});

/** What a person writes; the machine leaves it empty. The text stands in the brief's `words`, by `field`. */
const Words = z.object({
  kind: z.literal('words'),
  field: z.string(),
  label: z.string(),
  hint: z.string(),
  mostCharacters: z.int().positive(),
  isRequired: z.boolean(),
});

export const BriefBlock = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('numbers'), numbers: z.array(BriefNumber) }),
  Table,
  Chart,
  Words,
  /** A fixed sentence of ours, such as that there is a gap. */
  z.object({ kind: z.literal('note'), text: z.string(), tone: z.enum(['plain', 'warning']) }),
]);
export type BriefBlock = z.infer<typeof BriefBlock>;

export const BriefSection = z.object({
  id: SectionId,
  title: z.string(),
  /** The office's own line from the template; '' for none. */
  intro: z.string(),
  blocks: z.array(BriefBlock),
});
export type BriefSection = z.infer<typeof BriefSection>;

/** What a special brief is about: a topic, or some cases. */
export const BriefSubject = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('topic'), topicId: z.string() }),
  z.object({ kind: z.literal('cases'), caseIds: z.array(z.string()).min(1).max(50) }),
]);
export type BriefSubject = z.infer<typeof BriefSubject>;

/** Head and foot, as the template said when the brief was made. */
const BriefHead = z.object({
  /** 单位. */
  issuer: z.string(),
  title: z.string(),
  /** 密级/内部 mark, as 内部资料　注意保存; '' for none. */
  mark: z.string(),
  header: z.string(),
  footer: z.string(),
  /** As `〔{year}〕第{n}期`. */
  numberRule: z.string(),
});

/** What was counted, frozen; no text of anybody's. */
export const BriefFacts = z.object({
  kind: BriefKind,
  period: BriefPeriod,
  /** As of when it was counted. */
  countedAt: Instant,
  subject: BriefSubject.nullable(),
  head: BriefHead,
  sections: z.array(BriefSection),
  gaps: z.array(BriefGap),
  /** Of what was referred to those on duty, how many, never under ten. */
  referred: BriefNumber,
  templateVersion: z.int().nonnegative(),
  settingsVersion: z.int().nonnegative(),
});
export type BriefFacts = z.infer<typeof BriefFacts>;

/** By field of a `words` block. */
export const BriefWords = z.record(z.string(), z.string());
export type BriefWords = z.infer<typeof BriefWords>;

export const BriefState = z.enum(['draft', 'submitted', 'approved', 'withdrawn', 'replaced']);
export type BriefState = z.infer<typeof BriefState>;

/** A person, and in whose stead. */
export const BriefHand = z.object({ actorId: z.string(), onBehalfOf: z.string().nullable() });
export type BriefHand = z.infer<typeof BriefHand>;

export const Brief = z.object({
  id: z.string(),
  version: z.int().positive(),
  kind: BriefKind,
  state: BriefState,
  period: BriefPeriod,
  /** 〔2026〕第12期: by kind and Shanghai year without a gap, given with the approval. */
  number: z.string().nullable(),
  facts: BriefFacts,
  words: BriefWords,
  /** One a period for what the machine makes; null for what a person made. */
  scheduleKey: z.string().nullable(),
  /** Null for the machine. */
  createdBy: z.string().nullable(),
  createdAt: Instant,
  /** Who wrote its words last, and in whose stead; null while nobody has. */
  wordsBy: BriefHand.nullable(),
  submittedBy: BriefHand.nullable(),
  submittedAt: Instant.nullable(),
  returnReason: z.string().nullable(),
  approvedBy: BriefHand.nullable(),
  approvedAt: Instant.nullable(),
  /** SHA-256, hex, of `canonicalBrief`; since the approval. */
  hash: z.string().nullable(),
  withdrawnReason: z.string().nullable(),
  /** The issue that this one puts right, and the one that puts this right. */
  replaces: z.string().nullable(),
  replacedBy: z.string().nullable(),
  /** From then on it is gone. */
  expiresAt: Instant,
});
export type Brief = z.infer<typeof Brief>;

/** Every number of a brief, in the order of the page, each once. */
export function* numbersOf(facts: Pick<BriefFacts, 'sections' | 'referred'>): Generator<BriefNumber> {
  for (const { blocks } of facts.sections) {
    for (const block of blocks) yield* numbersOfBlock(block);
  }
  yield facts.referred;
}

function* numbersOfBlock(block: BriefBlock): Generator<BriefNumber> {
  if (block.kind === 'numbers') yield* block.numbers;
  if (block.kind === 'chart') for (const { values } of block.series) yield* values;
  if (block.kind !== 'table') return;
  for (const row of block.rows) for (const cell of row) if (cell.kind === 'number') yield cell.number;
}

export const briefUnitNames: Record<BriefUnit, string> = {
  ...{ item: '条', case: '项', slip: '件', draft: '篇', channel: '个', gap: '处', burst: '次', topic: '个' },
  ...{ entry: '件', time: '次', minutes: '分钟', hours: '小时', percent: '%', ratio: '' },
};

/** As it stands on the page. @param withUnit as in running text; without, as in a table's cell */
export function showNumber(number: BriefNumber, withUnit = true): string {
  if (number.suppressed === 'under-ten') return '不足10';
  if (number.suppressed === 'would-reveal') return '不单列';
  if (number.value === null) return '—';
  const text = number.value.toLocaleString('zh-CN', { maximumFractionDigits: 1 });
  return withUnit ? `${text}${briefUnitNames[number.unit]}` : text;
}
