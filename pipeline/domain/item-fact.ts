import { z } from 'zod';
import { AccessClass } from './access-class.ts';
import { Category, ServiceKind, ServiceTopic } from './category.ts';
import type { Post } from './post.ts';
import { Finding, Risk, RiskLevel, Sentiment, Service } from './verdict.ts';

/** What counts as what in the figures; `reply` is a comment of the school's own account. */
export const ItemKind = z.enum(['comment', 'lead', 'article', 'status', 'reply']);
export type ItemKind = z.infer<typeof ItemKind>;

/** Who speaks: people outside the office, or the school on its own channels. Their figures are never mixed. */
export const Speaker = z.enum(['public', 'school']);
export type Speaker = z.infer<typeof Speaker>;

const speakers: Record<ItemKind, Speaker> = {
  comment: 'public',
  lead: 'public',
  article: 'school',
  status: 'school',
  reply: 'school',
};

export const speakerOf = (kind: ItemKind): Speaker => speakers[kind];

/** `unjudged`: it waits, or could not be judged; it never means neutral. */
export const Tone = z.enum(['negative', 'neutral', 'positive', 'unjudged']);
export type Tone = z.infer<typeof Tone>;

export const FactLevel = z.enum([...RiskLevel.options, 'unjudged']);
export type FactLevel = z.infer<typeof FactLevel>;

/** The service of a fact: kind and topic belong together. */
export const FactService = z.object({ kind: ServiceKind, topic: ServiceTopic });
export type FactService = z.infer<typeof FactService>;

/**
 * What the figures know of a post: no text, no address, nobody. It stays when the text has expired (R8), and is what every
 * figure over items is recounted from.
 */
export const ItemFact = z.object({
  postId: z.string(),
  /** On a Shanghai clock, as `2026-03-05T14`. */
  hour: z.string(),
  channelId: z.string(),
  kind: ItemKind,
  accessClass: AccessClass,
  /** Whose matter it is: the unit that the newest case was handed to, else the one that the school's directory names; null: nobody's yet. */
  unitId: z.string().nullable(),
  /** Of the newest verdict, in the order of `Category`; empty while unjudged. */
  categories: z.array(Category),
  service: FactService.nullable(),
  tone: Tone,
  level: FactLevel,
});
export type ItemFact = z.infer<typeof ItemFact>;

function itemKindOf({ kind, official }: Pick<Post, 'kind' | 'official'>): ItemKind {
  return kind === 'comment' && official ? 'reply' : kind;
}

export type FactPost = Pick<Post, 'id' | 'bucketHour' | 'channelId' | 'kind' | 'official' | 'accessClass'>;
/** What the figures read of a verdict. */
export const FactVerdict = z.object({
  findings: z.array(Finding.pick({ category: true })),
  service: Service.pick({ kind: true, topic: true, unitId: true }).nullable(),
  sentiment: Sentiment.pick({ label: true }),
  risk: Risk.pick({ level: true }),
});
export type FactVerdict = z.infer<typeof FactVerdict>;

/** A category is said of an item where any finding of it was kept; never for rules on trial. */
function categoriesOf({ findings }: FactVerdict): Category[] {
  const found = new Set(findings.map(({ category }) => category));
  return Category.options.filter((category) => found.has(category));
}

/**
 * What is judged anew keeps what was said of the same text until it is judged, or cannot be: figures do not flicker.
 * @param verdict of the post's newest text; null while there is none, as after an edit
 * @param handedTo the unit of its newest case, where one was handed over
 */
export function buildItemFact(
  post: FactPost,
  verdict: FactVerdict | null,
  handedTo: string | null,
): ItemFact {
  const service = verdict?.service ?? null;
  return {
    postId: post.id,
    hour: post.bucketHour,
    channelId: post.channelId,
    kind: itemKindOf(post),
    accessClass: post.accessClass,
    unitId: handedTo ?? service?.unitId ?? null,
    categories: verdict === null ? [] : categoriesOf(verdict),
    service: service === null ? null : { kind: service.kind, topic: service.topic },
    tone: verdict?.sentiment.label ?? 'unjudged',
    level: verdict?.risk.level ?? 'unjudged',
  };
}
