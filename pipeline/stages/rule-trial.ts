import type { PostKind } from '../domain/post.ts';
import type { LexiconRule } from '../domain/rule.ts';
import { normalise, squeezeFillers } from '../text/normalise.ts';
import type { Segmenter } from '../text/segment.ts';
import { compileLexicon, lexiconStage } from './lexicon.ts';
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

/** A word or allow-phrase as it is compared with texts; empty where nothing is left to compare. */
export function foldPhrase(phrase: string): string {
  return squeezeFillers(normalise(phrase.trim()).text).text;
}

/** Defacement is looked for in our own pages only. */
export function exampleKind({ target }: Pick<LexiconRule, 'target'>): PostKind {
  return 'category' in target && target.category === 'tamper' ? 'article' : 'comment';
}
