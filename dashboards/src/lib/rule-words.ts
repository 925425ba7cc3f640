import type { RuleHistory, RuleStatsList, RuleView } from '../../../review-api/contract/rule.ts';
import { targetName } from '../../../review-api/contract/rule-names.ts';
import { t } from '../i18n/t.ts';
import { ruleStateNames } from './kind-names.ts';
import { categoryLabels, serviceKindLabels, serviceTopicLabels } from './labels.ts';

export type RuleState = RuleView['state'];
type RuleFigures = RuleStatsList['items'][number];
export type MoveReason = NonNullable<RuleHistory['items'][number]['reason']>;
type WrittenRule = RuleHistory['items'][number]['rule'];

export const ruleStateLabels = ruleStateNames;

/** The screen name of what a rule finds. */
export function describeTarget(target: WrittenRule['target']): string {
  if ('category' in target) return categoryLabels[target.category];
  return 'serviceKind' in target
    ? serviceKindLabels[target.serviceKind]
    : serviceTopicLabels[target.serviceTopic];
}

export const moveReasonLabels: Record<MoveReason, string> = {
  'ready-for-trial': t('rules.reasonReadyForTrial'),
  'trial-good': t('rules.reasonTrialGood'),
  'too-many-hits': t('rules.reasonTooManyHits'),
  'wrong-hits': t('rules.reasonWrongHits'),
  'to-be-revised': t('rules.reasonToBeRevised'),
  replaced: t('rules.reasonReplaced'),
  'not-needed': t('rules.reasonNotNeeded'),
};

const nextSteps: readonly MoveReason[] = ['ready-for-trial', 'trial-good'];
const stepsBack: readonly MoveReason[] = [
  'too-many-hits',
  'wrong-hits',
  'to-be-revised',
  'replaced',
  'not-needed',
];

/** Those that can be a reason to bring a rule there. */
export function reasonsFor(from: RuleState, to: RuleState): readonly MoveReason[] {
  if (to === 'live') return ['trial-good'];
  if (from === 'draft' && to === 'shadow') return nextSteps.slice(0, 1);
  return to === 'retired' ? stepsBack.filter((one) => one !== 'to-be-revised') : stepsBack.slice(0, 3);
}

/** What the rule is about without the name of its target, which stands beside it: a purpose is written in Chinese. */
export function describePurpose({ purpose, target }: Pick<WrittenRule, 'purpose' | 'target'>): string {
  const name = targetName(target);
  // One sign stands between the name and the words.
  return purpose.startsWith(name) ? purpose.slice(name.length + 1) : purpose;
}

/** Why somebody should look at the rule, each in a few words; alarms first. */
export function ruleAlarms(
  rule: Pick<RuleView, 'state' | 'running' | 'overdue' | 'expiresOn'>,
  figures: RuleFigures | undefined,
  today: string,
): string[] {
  const alarms: string[] = [];
  const alarm = figures?.alarm ?? null;
  if (alarm !== null) {
    alarms.push(
      alarm.usual === null
        ? t('rules.alarmCap', { hits: alarm.hits })
        : t('rules.alarmBurst', { hits: alarm.hits, usual: Math.round(alarm.usual * 10) / 10 }),
    );
  }
  if (isImprecise(figures)) alarms.push(t('rules.alarmPrecision'));
  const isOn = rule.state === 'live' || rule.state === 'shadow';
  if (rule.overdue) alarms.push(t('rules.alarmOverdue'));
  else if (isOn && !rule.running) alarms.push(t('rules.alarmStopped'));
  else if (isOn && daysBetween(today, rule.expiresOn) <= soonDays)
    alarms.push(t('rules.alarmExpiring', { day: rule.expiresOn }));
  return alarms;
}

/** Fewer of the decided cases were right than wrong. */
const leastPrecision = 0.5;
const soonDays = 30;

export function isImprecise(figures: RuleFigures | undefined): boolean {
  return (figures?.precision ?? 1) < leastPrecision;
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** `75%（12 件）`: a share is never shown without how many it is of. */
export function describePrecision(figures: RuleFigures | undefined): string {
  if (figures === undefined || figures.decided === 0) return t('rules.noneDecided');
  if (figures.precision === null) return t('rules.tooFewDecided', { n: figures.decided });
  return t('rules.precisionOf', {
    percent: Math.round(figures.precision * 100),
    n: figures.decided,
  });
}

/** One field in which two versions differ; of lists, what was put in and taken out. */
export interface RuleDifference {
  field: string;
  gone: string[];
  added: string[];
}

const fields: readonly { label: string; of(rule: WrittenRule): readonly string[] }[] = [
  { label: t('rules.state'), of: ({ state }) => [ruleStateNames[state]] },
  { label: t('rules.words'), of: ({ words }) => words },
  { label: t('rules.pattern'), of: ({ pattern }) => (pattern === null ? [] : [pattern]) },
  { label: t('rules.conditions'), of: (rule) => describeConditions(rule) },
  { label: t('rules.allow'), of: ({ allow }) => allow },
  { label: t('rules.variants'), of: ({ variants }) => variants.map((one) => variantLabels[one]) },
  { label: t('rules.target'), of: ({ target }) => [describeTarget(target)] },
  { label: t('rules.severity'), of: ({ severity }) => [String(severity)] },
  { label: t('rules.confidence'), of: ({ confidence }) => [String(confidence)] },
  { label: t('rules.wordBoundary'), of: ({ wordBoundary }) => (wordBoundary ? [t('rules.yes')] : []) },
  { label: t('rules.owner'), of: ({ owner }) => [owner] },
  { label: t('rules.purpose'), of: ({ purpose }) => [purpose] },
  { label: t('rules.example'), of: ({ example }) => [example] },
  { label: t('rules.counterExample'), of: ({ counterExample }) => [counterExample] },
  { label: t('rules.expiresOn'), of: ({ expiresOn }) => [expiresOn] },
];

export function diffRules(before: WrittenRule, after: WrittenRule): RuleDifference[] {
  return fields.flatMap(({ label, of }) => {
    const [was, is] = [of(before), of(after)];
    const gone = was.filter((one) => !is.includes(one));
    const added = is.filter((one) => !was.includes(one));
    return gone.length + added.length === 0 ? [] : [{ field: label, gone, added }];
  });
}

export const variantLabels: Record<WrittenRule['variants'][number], string> = {
  pinyin: t('rules.variantPinyin'),
  homophone: t('rules.variantHomophone'),
};

export const scopeLabels: Record<NonNullable<WrittenRule['conditions']>['scope'], string> = {
  clause: t('rules.scopeClause'),
  sentence: t('rules.scopeSentence'),
  text: t('rules.scopeText'),
};

/** What must hold as well, a sentence each. */
export function describeConditions({ conditions }: Pick<WrittenRule, 'conditions'>): string[] {
  if (conditions === null) return [];
  const scope = scopeLabels[conditions.scope];
  const list = (words: readonly string[]) => words.join(t('rules.listComma'));
  return [
    ...conditions.all.map((words) => t('rules.conditionAll', { scope, words: list(words) })),
    ...(conditions.near === null
      ? []
      : [t('rules.conditionNear', { n: conditions.near.within, words: list(conditions.near.words) })]),
    ...(conditions.not.length === 0 ? [] : [t('rules.conditionNot', { scope, words: list(conditions.not) })]),
  ];
}

/** Words, names and ids in which what was typed occurs. */
export function matchesSearch(rule: RuleView, typed: string): boolean {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return true;
  const texts = [rule.id, rule.purpose, rule.owner, rule.pattern ?? '', ...rule.words, ...rule.allow];
  return texts.some((text) => text.toLowerCase().includes(wanted));
}
