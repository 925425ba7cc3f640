import type { Actor } from '../domain/case.ts';
import { InvalidInput } from '../domain/errors.ts';
import type { Post } from '../domain/post.ts';
import type { Rights } from '../domain/role.ts';
import { LexiconRule } from '../domain/rule.ts';
import { InvalidRules } from '../domain/rule-problem.ts';
import type { Settings } from '../domain/settings.ts';
import { dayBefore, shanghaiDay } from '../domain/time.ts';
import type { Ports } from '../ports/index.ts';
import { foldPhrase } from '../stages/rule-trial.ts';
import { type JudgePorts, openRecipe } from './current-judge.ts';
import { type ReadExcerpt, readExcerpts } from './read-excerpts.ts';
import { getRule } from './rule-settings.ts';
import type { RuleContent } from './save-rule.ts';
import type { Watch, WhatIf, WhatIfAnswer } from './what-if.ts';

/** What is tried: a rule of the store, one that is being written, or a bare word. */
export type Tried = { ruleId: string } | { content: RuleContent } | { word: string };

export interface TryRequest {
  tried: Tried;
  /** How many days back; today is the last of them. */
  days: number;
}

export interface TryPorts {
  stores: Pick<Ports['stores'], 'settings'>;
  clock: Ports['clock'];
  tryRule(whatIf: WhatIf, watch?: Watch): Promise<WhatIfAnswer>;
}

const bareWordId = 'what-if.word';

function ruleOf(tried: Tried, { rules }: Settings, today: string): { rule: LexiconRule; judges: boolean } {
  if ('ruleId' in tried) return { rule: getRule(rules, tried.ruleId), judges: true };
  if ('content' in tried) {
    const version = rules.find(({ id }) => id === tried.content.id)?.version ?? 0;
    const rule = { ...tried.content, version: version + 1, state: 'live' as const };
    const { words, pattern, id } = rule;
    if (pattern === null && words.every((word) => foldPhrase(word) === ''))
      throw new InvalidRules([{ ruleId: id, field: 'words', fault: 'empty', detail: '' }]);
    return { rule, judges: true };
  }
  if (foldPhrase(tried.word) === '') throw new InvalidInput('word', '没有可以查找的词。');
  return { rule: wordRule(tried.word, today), judges: false };
}

/** Nobody will save it: only its word counts. */
function wordRule(word: string, today: string): LexiconRule {
  return LexiconRule.parse({
    ...{
      id: bareWordId,
      version: 1,
      state: 'live',
      target: { category: 'spam' },
      severity: 1,
      confidence: 1,
    },
    ...{ words: [word], owner: '-', purpose: '-', example: word, counterExample: '-', expiresOn: today },
  });
}

/** What the rule would do, in numbers. @param accessClasses of the posts that count (R19) */
export async function countWhatIf(
  { tried, days }: TryRequest,
  accessClasses: WhatIf['accessClasses'],
  ports: TryPorts,
  watch: Watch = {},
): Promise<WhatIfAnswer> {
  const { stores, clock } = ports;
  const now = clock.now();
  const today = shanghaiDay(now);
  const judging: JudgePorts = { settings: stores.settings, clock };
  const { options: recipe } = await openRecipe(judging)();
  const chosen = ruleOf(tried, await stores.settings.read(), today);
  const fromDay = dayBefore(today, days - 1);
  return ports.tryRule({ ...chosen, recipe, fromDay, accessClasses, now }, watch);
}

export interface SampledPost {
  becomes: WhatIfAnswer['sample'][number]['becomes'];
  post: Post;
  excerpt: ReadExcerpt;
}

/**
 * For a person: the numbers, and a sample. Only what the person sees in full counts, as in a search: a hit in a masked text
 * would give away what the mask hides. Each text shown is in the read log, with its purpose, before this returns (R23).
 * @throws NotFound, InvalidInput, InvalidRules, RetryLater; the signal's reason once it is aborted
 */
export async function tryRuleFor(
  request: TryRequest & { purpose: string },
  { actor, rights }: { actor: Actor; rights: Rights },
  ports: TryPorts & { stores: Pick<Ports['stores'], 'settings' | 'desk' | 'reads'> },
  watch: Watch = {},
): Promise<{ answer: WhatIfAnswer; sample: SampledPost[] }> {
  const accessClasses = rights.accessClasses.filter((access) => rights.view[access] === 'full');
  const answer = await countWhatIf(request, accessClasses, ports, watch);
  const posts = await ports.stores.desk.loadPosts(answer.sample.map(({ postId }) => postId));
  const wanted = answer.sample.flatMap(({ postId, textVersion, becomes }) => {
    const post = posts.get(postId);
    return post === undefined ? [] : [{ post, textVersion, becomes, caseId: null }];
  });
  const reader = { actor, rights: { ...rights, accessClasses }, purpose: request.purpose, always: true };
  const excerpts = await readExcerpts(wanted, reader, ports);
  const sample = wanted.flatMap(({ post, becomes }, index) => {
    const excerpt = excerpts[index];
    return excerpt === undefined ? [] : [{ post, becomes, excerpt }];
  });
  return { answer, sample };
}
