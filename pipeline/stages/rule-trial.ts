import type { PostKind } from '../domain/post.ts';
import type { LexiconRule } from '../domain/rule.ts';
import { normalise } from '../text/normalise.ts';
import { openSegmenter, type Segmenter } from '../text/segment.ts';
import { compileLexicon, lexiconStage, matchOneRule } from './lexicon.ts';
import { neutral } from './sentiment.ts';
import type { Gathered } from './stage.ts';
import { TextContext } from './text-context.ts';

/** Tells which rules hit a text, by the very matcher that judges. */
export type RuleTrial = (stored: string, kind: PostKind) => ReadonlySet<string>;

const nothingFound: Gathered = { findings: [], serviceHits: [], sentiment: neutral, service: null };

/** Rules as if each were live, whatever its state and day. */
export function buildTrial(rules: readonly LexiconRule[], segmenter: Segmenter): RuleTrial {
  const live = rules.map((rule) => ({ ...rule, state: 'live' as const }));
  const stage = lexiconStage(compileLexicon(live, null));
  return (stored, kind) => {
    const context = new TextContext({ stored, kind, metrics: {}, textVersion: 1 }, segmenter);
    const { findings = [], serviceHits = [] } = stage.run(context, nothingFound);
    return new Set([...findings.map(({ id }) => id), ...serviceHits.map(({ ruleId }) => ruleId)]);
  };
}

export { foldPhrase } from '../text/fold-phrase.ts';

/** Defacement is looked for in our own pages only. */
export function exampleKind({ target }: Pick<LexiconRule, 'target'>): PostKind {
  return 'category' in target && target.category === 'tamper' ? 'article' : 'comment';
}

/**
 * Tells whether one rule hits a text, as if it were live; cheap where it does not, for going through many texts.
 * @throws InvalidInput for a pattern that is refused
 */
export function matchesRule(
  rule: LexiconRule,
  dictionaryWords: readonly string[],
): (stored: string) => boolean {
  const words = dictionaryWords.map((word) => normalise(word).text);
  const match = matchOneRule(rule, openSegmenter({ dictionaryWords: words }));
  return (stored) => match(stored).length > 0;
}
