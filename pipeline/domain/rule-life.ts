import { categoryFacts, purposeNames } from './category.ts';
import { NotPermitted } from './errors.ts';
import type { Role } from './role.ts';
import type { LexiconRule, RuleState, RuleTarget } from './rule.ts';

const office: readonly Role[] = ['reviewer', 'analyst', 'director'];
const head: readonly Role[] = ['director'];

/**
 * The status table: from which state a rule may come into which, and who may bring it there. Whoever drafts puts a rule on
 * trial; that it decides, and that it stops deciding, is the director's. A retired rule stays for history.
 */
export const ruleMoves: Record<RuleState, Partial<Record<RuleState, readonly Role[]>>> = {
  draft: { shadow: office, retired: office },
  shadow: { live: head, draft: office, retired: office },
  live: { shadow: head, retired: head },
  retired: {},
};

/** Who may change what a rule says, by its state: a change of a live one decides at once. */
const ruleEditors: Record<RuleState, readonly Role[]> = {
  draft: office,
  shadow: office,
  live: head,
  retired: [],
};

/** @throws NotPermitted, in words for the person who asked */
export function assertMayMove(from: RuleState, to: RuleState, roles: readonly Role[]): void {
  const actors = ruleMoves[from][to];
  if (actors === undefined)
    throw new NotPermitted(`规则不能从“${stateNames[from]}”转为“${stateNames[to]}”。`);
  if (!roles.some((role) => actors.includes(role))) throw new NotPermitted('您的角色不能作出这项变更。');
}

/** Into which states these roles may bring a rule now. */
export function nextRuleStates(from: RuleState, roles: readonly Role[]): RuleState[] {
  const moves = Object.entries(ruleMoves[from]) as [RuleState, readonly Role[]][];
  return moves.filter(([, actors]) => roles.some((role) => actors.includes(role))).map(([to]) => to);
}

export function mayEditRule(state: RuleState, roles: readonly Role[]): boolean {
  return roles.some((role) => ruleEditors[state].includes(role));
}

/** @throws NotPermitted */
export function assertMayEdit(state: RuleState, roles: readonly Role[]): void {
  if (mayEditRule(state, roles)) return;
  throw new NotPermitted(
    state === 'retired' ? '已停用的规则只作存档，请另建新规则。' : '启用中的规则只能由宣传部负责人修改。',
  );
}

export const stateNames: Record<RuleState, string> = {
  draft: '草稿',
  shadow: '试运行',
  live: '启用',
  retired: '停用',
};

/** The screen name that the rule's purpose begins with. */
export function targetName(target: RuleTarget): string {
  if ('category' in target) return purposeNames[target.category];
  return purposeNames['serviceKind' in target ? target.serviceKind : target.serviceTopic];
}

/** Danger and personal data are looked for until somebody says otherwise, not until a day has come. */
function outlivesItsDay({ target }: Pick<LexiconRule, 'target'>): boolean {
  if (!('category' in target)) return false;
  return target.category === 'leak' || categoryFacts[target.category].family === 'safety';
}

type Dated = Pick<LexiconRule, 'state' | 'target' | 'expiresOn'>;

/** Past its day and running on: shown as 逾期未复审. @param today YYYY-MM-DD in Shanghai */
export function isOverdue(rule: Dated, today: string): boolean {
  return isOn(rule) && rule.expiresOn < today && outlivesItsDay(rule);
}

/** Decides, or is recorded on trial. @param today YYYY-MM-DD in Shanghai */
export function isRunning(rule: Dated, today: string): boolean {
  return isOn(rule) && (rule.expiresOn >= today || outlivesItsDay(rule));
}

function isOn({ state }: Dated): boolean {
  return state === 'live' || state === 'shadow';
}

/** The last day that a rule may name on `today`: twelve months ahead. Both YYYY-MM-DD. */
export function latestExpiry(today: string): string {
  const next = `${Number(today.slice(0, 4)) + 1}${today.slice(4)}`;
  return next.endsWith('-02-29') ? `${next.slice(0, 5)}02-28` : next;
}
