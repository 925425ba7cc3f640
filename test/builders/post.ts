import { Category } from '../../pipeline/domain/category.ts';
import type { GatheredPost } from '../../pipeline/domain/post.ts';
import type { Finding, Verdict } from '../../pipeline/domain/verdict.ts';

export function buildGathered(
  overrides: Partial<GatheredPost> & Pick<GatheredPost, 'externalId'>,
): GatheredPost {
  return {
    channelId: 'main-site',
    kind: 'article',
    url: `https://www.canglan.example/info/1031/${overrides.externalId}.htm`,
    parentId: null,
    rootId: null,
    title: '关于图书馆延长开放时间的通知',
    text: '自下周一起，图书馆一层自习区开放至二十三点。',
    publishedAt: '2026-11-20T02:30:00.000Z',
    publishedPrecision: 'minute',
    metrics: {},
    links: [],
    attachments: [],
    ...overrides,
  };
}

export function buildFinding(overrides: Partial<Finding> = {}): Finding {
  return {
    category: 'unverified-claim',
    stage: 'lexicon',
    source: 'rule',
    id: 'assertion.hearsay',
    version: '1',
    start: 0,
    end: 2,
    severity: 2,
    confidence: 0.8,
    ...overrides,
  };
}

/** A verdict as `decide` makes it; nothing found unless told. */
export function buildVerdict(overrides: Partial<Verdict> = {}): Verdict {
  const categories = Object.fromEntries(Category.options.map((category) => [category, 0]));
  return {
    sentiment: { label: 'neutral', score: 0, confidence: 0.5 },
    service: null,
    categories: categories as Verdict['categories'],
    findings: [],
    risk: { score: 0, level: 'low', parts: {} },
    queues: [],
    accessClass: 'open',
    noise: false,
    lifeSafety: false,
    couldNotCheck: [],
    stamp: { text: 1, rules: '1', models: 'none', dictionary: 'none', settings: 1, baseline: 'none' },
    ...overrides,
  };
}

/** A verdict that needs a person of the publicity office. */
export function buildQueuedVerdict(overrides: Partial<Verdict> = {}): Verdict {
  return buildVerdict({
    findings: [buildFinding()],
    risk: { score: 32, level: 'watch', parts: { severity: 32 } },
    queues: ['review'],
    ...overrides,
  });
}
