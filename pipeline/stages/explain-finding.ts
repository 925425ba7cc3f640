import type { LexiconRule } from '../domain/rule.ts';
import type { Finding, MatchStep } from '../domain/verdict.ts';
import type { Segmenter } from '../text/segment.ts';
import { compileLexicon } from './lexicon-compile.ts';
import { findRuleHits, type RuleHit } from './lexicon-match.ts';
import { TextContext } from './text-context.ts';

/** How a rule came to its finding. It quotes the text: worked out anew while that lives, and never stored (R8). */
export interface FindingTrail {
  /** What stood in the text. */
  stood: string;
  /** What that was normalised to. */
  normalised: string;
  /** The rule's own word; null when its pattern matched, or when the rule has another version by now. */
  word: string | null;
  /** Its pattern, when that matched. */
  pattern: string | null;
  ruleId: string;
  version: string;
  /** What was undone, in order. */
  steps: MatchStep[];
}

/** Offsets are enough to find a hit again; where words are cut says nothing more about one that was found. */
const uncut: Segmenter = {
  version: 'uncut',
  cut: () => {
    throw new Error('not cut');
  },
  cutForSearch: () => [],
};

function findHit(context: TextContext, rule: LexiconRule, finding: Finding): RuleHit | null {
  const lexicon = compileLexicon([{ ...rule, state: 'live', conditions: null }], null);
  const hits = findRuleHits(lexicon, context).filter((hit) => {
    const { start, end } = context.fromSqueezed(hit);
    return start <= finding.start && finding.end <= end;
  });
  return hits[0] ?? null;
}

/**
 * The trail of a rule's finding; null for what no rule of the lexicon found (models, personal data), which shows its
 * evidence otherwise. Pure.
 * @param rules as they are now: of another version than the finding's only what stands in the text can be told
 */
export function explainFinding(
  stored: string,
  finding: Finding,
  rules: readonly LexiconRule[],
): FindingTrail | null {
  if (finding.source !== 'rule' || finding.stage !== 'lexicon') return null;
  const stood = stored.slice(finding.start, finding.end);
  const context = new TextContext({ stored, kind: 'comment', metrics: {}, textVersion: 1 }, uncut);
  const told = {
    stood,
    normalised: new TextContext({ stored: stood, kind: 'comment', metrics: {}, textVersion: 1 }, uncut)
      .squeezed.text,
    ruleId: finding.id,
    version: finding.version,
    steps: [...(finding.via ?? [])],
  };
  const rule = rules.find(({ id, version }) => id === finding.id && String(version) === finding.version);
  const hit = rule === undefined ? null : findHit(context, rule, finding);
  if (rule === undefined || hit === null) return { ...told, word: null, pattern: null };
  return { ...told, word: hit.word, pattern: hit.word === null ? rule.pattern : null };
}
