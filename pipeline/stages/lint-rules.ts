import { purposeNames } from '../domain/category.ts';
import { LexiconRule } from '../domain/rule.ts';
import { latestExpiry, targetName } from '../domain/rule-life.ts';
import type { RuleFault, RuleProblem } from '../domain/rule-problem.ts';
import { normalise } from '../text/normalise.ts';
import { openSegmenter, type Segmenter } from '../text/segment.ts';
import { buildTrial, exampleKind, foldPhrase, type RuleTrial } from './rule-trial.ts';

export interface LintRequest {
  /** As they came: nothing is taken for granted. */
  rules: readonly unknown[];
  /** The rules as the store has them; what has changed against them must have a higher version. */
  stored: readonly LexiconRule[];
  /** YYYY-MM-DD in Shanghai. */
  today: string;
  /** The school's own names, as the judge is given them. */
  dictionaryWords?: readonly string[];
}

export interface LintReport {
  /** Everything that is wrong, in the order of the rules; none when all may be saved. */
  problems: RuleProblem[];
  /** Those that have the form of a rule. */
  rules: LexiconRule[];
}

type Tell = (field: string, fault: RuleFault, detail?: string) => void;

/**
 * Reads rules as a strict colleague would. Pure, but for the segmenter's dictionary; throws for no input. Examples and
 * counter-examples go through the matcher that judges: the rule alone, and all rules together as if each were live.
 */
export function lintRules(request: LintRequest): LintReport {
  const problems: RuleProblem[] = [];
  const rules: LexiconRule[] = [];
  const seen = new Set<string>();
  for (const [index, raw] of request.rules.entries()) {
    const ruleId = idOf(raw) ?? `#${index + 1}`;
    const tell: Tell = (field, fault, detail = '') => problems.push({ ruleId, field, fault, detail });
    if (seen.has(ruleId)) tell('id', 'duplicate-id');
    seen.add(ruleId);
    const rule = readRule(raw, tell);
    if (rule === null) continue;
    rules.push(rule);
    checkWords(rule, tell);
    checkPurpose(rule, tell);
    checkDates(rule, request.today, tell);
    checkVersion(rule, request.stored, tell);
  }
  problems.push(...tryExamples(rules, request.dictionaryWords ?? []));
  return { problems: inOrder(problems, rules), rules };
}

function idOf(raw: unknown): string | null {
  const hasId = typeof raw === 'object' && raw !== null && 'id' in raw;
  return hasId && typeof raw.id === 'string' && raw.id !== '' ? raw.id : null;
}

/** Null where it has not the form of a rule; then every field that is wrong has been told. */
function readRule(raw: unknown, tell: Tell): LexiconRule | null {
  const parsed = LexiconRule.safeParse(raw);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    const field = issue.path.map(String).join('.');
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) tell(field === '' ? key : `${field}.${key}`, 'unknown-field');
    } else if (isMissing(raw, issue.path)) tell(field, 'missing');
    else tell(field || 'rule', 'malformed', issue.message);
  }
  return null;
}

function isMissing(raw: unknown, path: readonly PropertyKey[]): boolean {
  let value = raw;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return false;
    value = Reflect.get(value, key);
  }
  return path.length > 0 && (value === undefined || value === null || value === '');
}

function checkWords({ words, pattern, allow }: LexiconRule, tell: Tell): void {
  const folded = words.map(foldPhrase);
  if (pattern === null && folded.every((word) => word === '')) tell('words', 'empty');
  else {
    const blank = folded.indexOf('');
    if (blank >= 0) tell(`words.${blank}`, 'malformed', 'nothing is left of it after normalisation');
  }
  const allowed = new Set(allow.map(foldPhrase));
  for (const [index, word] of folded.entries()) {
    if (word !== '' && allowed.has(word)) tell('allow', 'word-is-allowed', words[index] ?? word);
  }
}

const names = new Set(Object.values(purposeNames));
/** What nobody may look for with this program (R5, R6), however it is called. */
const refused = [
  '立场',
  '忠诚',
  '政治',
  '意识形态',
  '思想动态',
  '负面言论',
  '负面舆情',
  '不当言论',
  '抹黑',
  '声誉',
  '重点人',
  '敏感人',
  '活跃分子',
  '意见领袖',
];

function checkPurpose({ purpose, target }: LexiconRule, tell: Tell): void {
  const name = targetName(target);
  if (!purpose.startsWith(`${name}：`)) tell('purpose', 'purpose-unnamed', name);
  for (const [, second = ''] of purpose.slice(name.length + 1).matchAll(/(\p{L}+)[：:]/gu)) {
    if (names.has(second)) tell('purpose', 'purpose-second', second);
  }
  for (const word of refused) if (purpose.includes(word)) tell('purpose', 'purpose-refused', word);
}

function checkDates({ expiresOn }: LexiconRule, today: string, tell: Tell): void {
  const latest = latestExpiry(today);
  if (expiresOn > latest) tell('expiresOn', 'expiry-too-far', latest);
}

function checkVersion(rule: LexiconRule, stored: readonly LexiconRule[], tell: Tell): void {
  const before = stored.find(({ id }) => id === rule.id);
  if (before === undefined || isSame(before, rule) || rule.version > before.version) return;
  tell('version', 'version-kept', String(before.version));
}

/** Both through the schema, so that what was left out and what was written as its default are the same. */
export function isSame(a: LexiconRule, b: LexiconRule): boolean {
  return JSON.stringify(LexiconRule.parse(a)) === JSON.stringify(LexiconRule.parse(b));
}

interface Trials {
  alone: RuleTrial;
  together: RuleTrial;
}

/** What is retired hits nothing any more, and stays as it was. */
function tryExamples(rules: readonly LexiconRule[], dictionaryWords: readonly string[]): RuleProblem[] {
  const segmenter = openSegmenter({ dictionaryWords: dictionaryWords.map((word) => normalise(word).text) });
  const problems: RuleProblem[] = [];
  const inUse: LexiconRule[] = [];
  const alone = new Map<LexiconRule, RuleTrial>();
  for (const rule of rules) {
    if (rule.state === 'retired') continue;
    try {
      alone.set(rule, compileAlone(rule, segmenter));
      inUse.push(rule);
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'it cannot be compiled';
      const detail = reason.replace(/^rule \S+?:? pattern /, '');
      problems.push({ ruleId: rule.id, field: 'pattern', fault: 'pattern-refused', detail });
    }
  }
  const together = buildTrial(inUse, segmenter);
  for (const rule of inUse) {
    const trial = alone.get(rule);
    if (trial !== undefined) problems.push(...tryRule(rule, { alone: trial, together }));
  }
  return problems;
}

/** @throws what the pattern's engine says about a pattern that it refuses */
function compileAlone(rule: LexiconRule, segmenter: Segmenter): RuleTrial {
  return buildTrial([rule], segmenter);
}

function tryRule(rule: LexiconRule, { alone, together }: Trials): RuleProblem[] {
  const kind = exampleKind(rule);
  const problems: RuleProblem[] = [];
  const tell = (field: string, fault: RuleFault, detail: string) =>
    problems.push({ ruleId: rule.id, field, fault, detail });
  const { example, counterExample, id } = rule;
  if (!alone(example, kind).has(id)) tell('example', 'example-missed', example);
  else if (!together(example, kind).has(id)) tell('example', 'example-missed-in-set', example);
  if (alone(counterExample, kind).has(id)) tell('counterExample', 'counter-example-hit', counterExample);
  else if (together(counterExample, kind).has(id))
    tell('counterExample', 'counter-example-hit-in-set', counterExample);
  return problems;
}

/** Rule by rule, whichever check found what. */
function inOrder(problems: readonly RuleProblem[], rules: readonly LexiconRule[]): RuleProblem[] {
  const place = new Map<string, number>();
  for (const { ruleId } of problems) if (!place.has(ruleId)) place.set(ruleId, place.size);
  const known = new Map(rules.map(({ id }, index) => [id, index]));
  const rank = (id: string) => known.get(id) ?? rules.length + (place.get(id) ?? 0);
  return [...problems].sort((a, b) => rank(a.ruleId) - rank(b.ruleId));
}
