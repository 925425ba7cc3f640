import type { RuleView } from '../../../review-api/contract/rule.ts';
import { targetName } from '../../../review-api/contract/rule-names.ts';
import { describePurpose } from './rule-words.ts';

type Target = RuleView['target'];
type Conditions = NonNullable<RuleView['conditions']>;
type Variant = RuleView['variants'][number];
/** What a person writes of a rule, as `saveRule` takes it. */
export type RuleWriting = Omit<RuleView, 'version' | 'state' | 'running' | 'overdue'>;

/** The same as fields of a form: of lists one entry a line, of `all` one group a line. */
export interface RuleDraft {
  id: string;
  /** `category:fraud`, `serviceKind:…`, `serviceTopic:…`. */
  target: string;
  /** Without the name of the target, which `writingOf` puts before it. */
  purpose: string;
  words: string;
  pattern: string;
  variants: Variant[];
  wordBoundary: boolean;
  all: string;
  near: string;
  /** Characters, 1 to 100. */
  within: number;
  not: string;
  scope: Conditions['scope'];
  allow: string;
  severity: number;
  confidence: number;
  owner: string;
  example: string;
  counterExample: string;
  expiresOn: string;
}

const usualWithin = 10;
/** The enumeration comma between the words of a line, and the colon that a purpose has after the name of its target: rules are written in Chinese. */
const between = '\u3001';
const colon = '\uff1a';

const targetKey = (target: Target): string => Object.entries(target)[0]?.join(':') ?? '';
function targetOf(key: string): Target {
  const [name = '', value] = key.split(':');
  return { [name]: value } as Target;
}

const linesOf = (text: string): string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  ),
];
/** As people part words in a line: by commas of both kinds or blanks. */
const wordsOf = (line: string): string[] => [
  ...new Set(line.split(/[\u3001\uff0c,\s]+/).filter((one) => one !== '')),
];

/** A rule that is not there yet. @param today its last day is a year after it at the latest; half a year to begin with */
export function newRuleDraft(today: string): RuleDraft {
  const later = new Date(`${today}T00:00:00Z`);
  later.setUTCDate(later.getUTCDate() + 180);
  return {
    ...{ id: '', target: 'category:fraud', purpose: '', words: '', pattern: '', variants: [] },
    ...{ wordBoundary: false, all: '', near: '', within: usualWithin, not: '', scope: 'sentence', allow: '' },
    ...{ severity: 3, confidence: 0.7, owner: '', example: '', counterExample: '' },
    expiresOn: later.toISOString().slice(0, 10),
  };
}

export function draftOf(rule: RuleWriting): RuleDraft {
  const { conditions } = rule;
  return {
    ...{ id: rule.id, target: targetKey(rule.target), purpose: describePurpose(rule) },
    ...{ words: rule.words.join('\n'), pattern: rule.pattern ?? '', variants: [...rule.variants] },
    wordBoundary: rule.wordBoundary,
    all: (conditions?.all ?? []).map((group) => group.join(between)).join('\n'),
    near: (conditions?.near?.words ?? []).join(between),
    within: conditions?.near?.within ?? usualWithin,
    not: (conditions?.not ?? []).join(between),
    scope: conditions?.scope ?? 'sentence',
    allow: rule.allow.join('\n'),
    ...{ severity: rule.severity, confidence: rule.confidence, owner: rule.owner },
    ...{ example: rule.example, counterExample: rule.counterExample, expiresOn: rule.expiresOn },
  };
}

function conditionsOf(draft: RuleDraft): Conditions | null {
  const [near, not] = [wordsOf(draft.near), wordsOf(draft.not)];
  const all = linesOf(draft.all)
    .map(wordsOf)
    .filter((group) => group.length > 0);
  if (all.length + near.length + not.length === 0) return null;
  return {
    ...{ all, not, scope: draft.scope },
    near: near.length === 0 ? null : { words: near, within: draft.within },
  };
}

/** What is sent: no word about what is wrong with it, which the server knows and says. */
export function writingOf(draft: RuleDraft): RuleWriting {
  const target = targetOf(draft.target);
  const pattern = draft.pattern.trim();
  return {
    ...{ id: draft.id.trim(), target, purpose: `${targetName(target)}${colon}${draft.purpose.trim()}` },
    ...{ words: linesOf(draft.words), pattern: pattern === '' ? null : pattern },
    ...{ variants: draft.variants, wordBoundary: draft.wordBoundary, conditions: conditionsOf(draft) },
    ...{ allow: linesOf(draft.allow), severity: draft.severity, confidence: draft.confidence },
    ...{ owner: draft.owner.trim(), example: draft.example.trim() },
    ...{ counterExample: draft.counterExample.trim(), expiresOn: draft.expiresOn },
  };
}
