import { setImmediate } from 'node:timers/promises';
import type { AccessClass } from '../domain/access-class.ts';
import type { QueueName } from '../domain/category.ts';
import { storedText } from '../domain/post.ts';
import type { LexiconRule } from '../domain/rule.ts';
import type { RiskLevel, Verdict } from '../domain/verdict.ts';
import type { RuleEvidence, ScannedText } from '../ports/rule-evidence.ts';
import { createJudge, type Judge, type JudgeOptions } from '../stages/judge.ts';
import { isSame } from '../stages/lint-rules.ts';
import { matchesRule } from '../stages/rule-trial.ts';
import { withRule } from './rule-settings.ts';

/** Plain data, so that it can be handed to a thread. */
export interface WhatIf {
  /** As if it were live, whatever its state and day. */
  rule: LexiconRule;
  /** False for a bare word, which means nothing yet: it is only counted. */
  judges: boolean;
  /** How the office judges now. */
  recipe: JudgeOptions;
  /** YYYY-MM-DD in Shanghai. */
  fromDay: string;
  accessClasses: readonly AccessClass[];
  now: string;
}

/** Where a post would stand. */
interface Standing {
  queues: QueueName[];
  level: RiskLevel;
}

interface SampledText {
  postId: string;
  textVersion: number;
  /** Of the hits, or of the lost ones. */
  becomes: 'gained' | 'kept' | 'lost';
}

/** Text-free. */
export interface WhatIfAnswer {
  scanned: number;
  hits: number;
  /** Posts that the rule as it is in force now hits, and the one that was tried does not. */
  lost: number;
  byDay: { day: string; hits: number }[];
  byChannel: { channelId: string; hits: number }[];
  /** Hits that the rule as it is in force does not make; all of them where it is not in force, or is tried as it stands. */
  gained: number;
  /** Spread over all hits and all lost posts, newest first, at most twenty of each. */
  sample: SampledText[];
  /** Null for a bare word. `of` hit or lost posts were judged again, the newest; they are the first of `changes`' posts. */
  changed: { posts: number; of: number; changes: { from: Standing; to: Standing; posts: number }[] } | null;
}

export interface Watch {
  /** Told after every page: texts so far, and how many there are by and large. */
  onProgress?(scanned: number, total: number): void;
  signal?: AbortSignal;
}

const pageSize = 2000;
const sampleSize = 20;
/** Judging twice takes fifty times what looking for one rule takes. */
const judgedAtMost = 5000;

/**
 * What a rule would do with the stored posts of some days: how many it hits, and which would go elsewhere.
 * @throws the signal's reason once it is aborted; InvalidInput for a pattern that is refused
 */
export async function tryRule(
  whatIf: WhatIf,
  evidence: RuleEvidence,
  watch: Watch = {},
): Promise<WhatIfAnswer> {
  const tally = new Tally(whatIf);
  const total = await evidence.countTexts(whatIf);
  let cursor: string | null = null;
  do {
    watch.signal?.throwIfAborted();
    const page = await evidence.scanTexts(whatIf, { cursor, limit: pageSize });
    for (const text of page.items) tally.take(text);
    cursor = page.nextCursor;
    watch.onProgress?.(tally.scanned, Math.max(total, tally.scanned));
    // Lets a word that asks to stop come in.
    await setImmediate();
  } while (cursor !== null);
  return tally.answer();
}

/** The rules as they are, and as they would be. */
function bothSets({ rule, recipe }: WhatIf): { before: LexiconRule[]; after: LexiconRule[] } {
  const tried = inForce(rule, recipe.today ?? rule.expiresOn);
  const known = recipe.rules.find(({ id }) => id === rule.id);
  const isItself =
    known?.state === 'live' && isSame({ ...known, version: rule.version }, { ...rule, state: 'live' });
  const before = isItself ? recipe.rules.filter(({ id }) => id !== rule.id) : [...recipe.rules];
  return { before, after: withRule(recipe.rules, tried) };
}

function inForce(rule: LexiconRule, today: string): LexiconRule {
  return { ...rule, state: 'live', expiresOn: rule.expiresOn < today ? today : rule.expiresOn };
}

class Tally {
  scanned = 0;
  #hits = 0;
  #lost = 0;
  #gained = 0;
  #judged = 0;
  #changedPosts = 0;
  readonly #byDay = new Map<string, number>();
  readonly #byChannel = new Map<string, number>();
  readonly #changes = new Map<string, { from: Standing; to: Standing; posts: number }>();
  readonly #sample = { hits: new Sample(), lost: new Sample() };
  readonly #isHit: (stored: string) => boolean;
  readonly #wasHit: ((stored: string) => boolean) | null;
  readonly #judges: { before: Judge; after: Judge } | null;

  constructor(whatIf: WhatIf) {
    const { rule, recipe, judges } = whatIf;
    const { before, after } = bothSets(whatIf);
    const { dictionaryWords = [] } = recipe;
    this.#isHit = matchesRule(rule, dictionaryWords);
    const known = before.find(({ id, state }) => id === rule.id && state === 'live');
    this.#wasHit = judges && known !== undefined ? matchesRule(known, dictionaryWords) : null;
    this.#judges = judges
      ? { before: createJudge({ ...recipe, rules: before }), after: createJudge({ ...recipe, rules: after }) }
      : null;
  }

  take(text: ScannedText): void {
    this.scanned += 1;
    const stored = storedText(text);
    const hit = this.#isHit(stored);
    const wasHit = this.#wasHit?.(stored) ?? false;
    const lost = !hit && wasHit;
    if (hit) this.#count(text, wasHit ? 'kept' : 'gained');
    if (lost) this.#lose(text);
    if ((hit || lost) && this.#judged < judgedAtMost) this.#judge(text, stored);
  }

  #lose({ postId, textVersion }: ScannedText): void {
    this.#sample.lost.take({ postId, textVersion, becomes: 'lost' });
    this.#lost += 1;
  }

  #count({ postId, textVersion, day, channelId }: ScannedText, becomes: 'gained' | 'kept'): void {
    this.#sample.hits.take({ postId, textVersion, becomes });
    if (becomes === 'gained') this.#gained += 1;
    this.#hits += 1;
    this.#byDay.set(day, (this.#byDay.get(day) ?? 0) + 1);
    this.#byChannel.set(channelId, (this.#byChannel.get(channelId) ?? 0) + 1);
  }

  #judge({ kind, metrics, textVersion }: ScannedText, stored: string): void {
    if (this.#judges === null) return;
    this.#judged += 1;
    const input = { stored, kind, metrics, textVersion };
    const from = standingOf(this.#judges.before.decide(input));
    const to = standingOf(this.#judges.after.decide(input));
    const [was, would] = [JSON.stringify(from), JSON.stringify(to)];
    if (was === would) return;
    this.#changedPosts += 1;
    const change = this.#changes.get(was + would) ?? { from, to, posts: 0 };
    change.posts += 1;
    this.#changes.set(was + would, change);
  }

  answer(): WhatIfAnswer {
    const changes = [...this.#changes.values()].sort((a, b) => b.posts - a.posts);
    return {
      scanned: this.scanned,
      hits: this.#hits,
      lost: this.#lost,
      gained: this.#gained,
      byDay: [...this.#byDay].map(([day, hits]) => ({ day, hits })).sort((a, b) => (a.day < b.day ? -1 : 1)),
      byChannel: [...this.#byChannel]
        .map(([channelId, hits]) => ({ channelId, hits }))
        .sort((a, b) => b.hits - a.hits || (a.channelId < b.channelId ? -1 : 1)),
      sample: [...this.#sample.hits.list(), ...this.#sample.lost.list()],
      changed: this.#judges === null ? null : { posts: this.#changedPosts, of: this.#judged, changes },
    };
  }
}

/** Every so manieth of what comes. */
class Sample {
  #kept: SampledText[] = [];
  #stride = 1;
  #seen = 0;

  take(text: SampledText): void {
    if (this.#seen % this.#stride === 0) this.#kept.push(text);
    if (this.#kept.length > sampleSize * 2) {
      this.#kept = this.#kept.filter((_, index) => index % 2 === 0);
      this.#stride *= 2;
    }
    this.#seen += 1;
  }

  list(): SampledText[] {
    return thin(this.#kept, sampleSize);
  }
}

const standingOf = ({ queues, risk }: Verdict): Standing => ({ queues: [...queues], level: risk.level });

/** So many of a list, evenly. */
function thin<T>(list: readonly T[], most: number): T[] {
  if (list.length <= most) return [...list];
  return list.filter(
    (_, index) => Math.floor((index * most) / list.length) !== Math.floor(((index - 1) * most) / list.length),
  );
}
