import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { type FiledRule, findLexicons, readRuleFile, readRuleFiles } from '../../config/rule-files.ts';
import { changeRuleState } from '../../pipeline/commands/change-rule-state.ts';
import { importRules } from '../../pipeline/commands/import-rules.ts';
import { listRules, type RuleEvidencePorts, readRuleStats } from '../../pipeline/commands/rule-stats.ts';
import { RuleContent } from '../../pipeline/commands/save-rule.ts';
import { countWhatIf, type Tried, type TryPorts } from '../../pipeline/commands/try-rule.ts';
import { InvalidInput } from '../../pipeline/domain/errors.ts';
import { RuleState } from '../../pipeline/domain/rule.ts';
import { ruleMoves, stateNames, targetName } from '../../pipeline/domain/rule-life.ts';
import { InvalidRules } from '../../pipeline/domain/rule-problem.ts';
import { shanghaiDay } from '../../pipeline/domain/time.ts';
import { lintRules } from '../../pipeline/stages/lint-rules.ts';
import { readConfig, seedFallbackDir } from '../open-context.ts';
import { describeInFiles } from '../rule-report.ts';

export type RulesContext = RuleEvidencePorts & TryPorts & { close(): Promise<void> };

/** Where the command writes; the process's own unless a test says otherwise. */
export interface RulesTerminal {
  /** Data: stdout. */
  print(line: string): void;
  /** Everything else: stderr. */
  say(line: string): void;
  /** Where progress is shown; null where nobody watches. */
  progress: ((line: string) => void) | null;
}

const processTerminal: RulesTerminal = {
  print: (line) => void process.stdout.write(`${line}\n`),
  say: (line) => void process.stderr.write(`${line}\n`),
  progress: process.stderr.isTTY ? (line) => void process.stderr.write(`\r${line}`) : null,
};

/** A shell has no role of the table: what is counted for it is what every role of the office may see in full. */
const countedClasses = ['open'] as const;

/** `guanlan rules`: beside a running service. `lint` needs no data at all. */
export function buildRulesCommand(
  openContext: () => Promise<RulesContext>,
  terminal: RulesTerminal = processTerminal,
): Command {
  const rules = new Command('rules').description('rules: list, lint, what-if, stats, set-state, import');
  const withContext = async (work: (context: RulesContext) => Promise<void>) => {
    const context = await openContext();
    try {
      await work(context);
    } finally {
      await context.close();
    }
  };
  rules
    .command('lint [dir]')
    .description('check a folder of rule files, or a configuration folder; the deployment’s own unless told')
    .action((dir: string | undefined) => lint(dir, terminal));
  rules
    .command('list')
    .description('all rules, tab-separated')
    .action(() => withContext((context) => list(context, terminal)));
  rules
    .command('stats')
    .description('hits, precision from decisions and alarms of each rule, a JSON line each')
    .option('--days <n>', 'so many days back', daysOf, 30)
    .action(({ days }: { days: number }) => withContext((context) => stats(days, context, terminal)));
  rules
    .command('what-if')
    .description('what a rule or a word would do with the stored posts, as JSON; no text is shown')
    .option('--rule <id>', 'a rule of the store')
    .option('--file <file>', 'the first rule of a YAML or JSON file')
    .option('--word <word>', 'a bare word')
    .option('--days <n>', 'so many days back', daysOf, 30)
    .action((options: WhatIfOptions) => withContext((context) => whatIf(options, context, terminal)));
  rules
    .command('set-state <id> <state>')
    .description(`bring a rule into its next state: ${RuleState.options.join(', ')}`)
    .action((id: string, state: string) =>
      withContext((context) => setState(id, state, { context, terminal })),
    );
  rules
    .command('import <file>')
    .description('bring the rules of a YAML or JSON file into the store, all or none')
    .action((file: string) => withContext((context) => bringIn(file, context, terminal)));
  return rules;
}

function daysOf(text: string): number {
  const days = Number(text);
  if (!Number.isInteger(days) || days < 1 || days > 90)
    throw new InvalidArgumentError('a number from 1 to 90');
  return days;
}

function today(): string {
  return shanghaiDay(new Date().toISOString());
}

/** A configuration folder's `lexicons`, or the folder itself. */
function findRules(dir: string | undefined): FiledRule[] {
  const folder =
    dir === undefined
      ? findLexicons(readConfig().seedDir, seedFallbackDir)
      : (findLexicons(resolve(dir), resolve(dir)) ?? resolve(dir));
  if (folder === null || !existsSync(folder)) throw new InvalidInput('dir', `There is no folder ${folder}.`);
  return readRuleFiles(folder);
}

async function lint(dir: string | undefined, { print, say }: RulesTerminal): Promise<void> {
  const filed = findRules(dir);
  const { problems } = lintRules({ rules: filed.map(({ raw }) => raw), stored: [], today: today() });
  for (const line of describeInFiles(problems, filed)) print(line);
  say(`${filed.length} rules, ${problems.length} problems`);
  if (problems.length > 0) process.exitCode = 1;
}

async function list(context: RulesContext, { print }: RulesTerminal): Promise<void> {
  print(['id', 'version', 'state', 'purpose', 'severity', 'expires', 'mark'].join('\t'));
  for (const { rule, running, overdue } of await listRules(context)) {
    const { id, version, state, target, severity, expiresOn } = rule;
    const stopped = (state === 'live' || state === 'shadow') && !running;
    const mark = overdue ? '逾期未复审' : stopped ? '已过期停止' : '';
    print([id, version, state, targetName(target), severity, expiresOn, mark].join('\t'));
  }
}

async function stats(days: number, context: RulesContext, { print }: RulesTerminal): Promise<void> {
  const found = await readRuleStats({ days, accessClasses: countedClasses }, context);
  for (const { listed, ...numbers } of found) {
    const { overdue = false, rule } = listed ?? {};
    print(
      JSON.stringify({ ...numbers, state: rule?.state ?? null, version: rule?.version ?? null, overdue }),
    );
  }
}

interface WhatIfOptions {
  rule?: string;
  file?: string;
  word?: string;
  days: number;
}

async function whatIf(
  options: WhatIfOptions,
  context: RulesContext,
  { print, say, progress }: RulesTerminal,
): Promise<void> {
  const stopping = new AbortController();
  const stop = () => stopping.abort(new InvalidInput('what-if', 'stopped; nothing was changed'));
  process.once('SIGINT', stop);
  const startedMs = performance.now();
  try {
    const onProgress = (scanned: number, total: number) => progress?.(`${scanned} of ${total} posts`);
    const watch = { onProgress, signal: stopping.signal };
    const request = { tried: readTried(options), days: options.days };
    const { sample, ...answer } = await countWhatIf(request, countedClasses, context, watch);
    progress?.('\n');
    print(JSON.stringify({ ...answer, sample: sample.map(({ postId }) => postId) }));
    say(
      `${answer.hits} of ${answer.scanned} posts in ${((performance.now() - startedMs) / 1000).toFixed(1)} s`,
    );
  } finally {
    process.removeListener('SIGINT', stop);
  }
}

function readTried({ rule, file, word }: WhatIfOptions): Tried {
  if ([rule, file, word].filter((one) => one !== undefined).length !== 1)
    throw new InvalidInput('what-if', '--rule, --file and --word: give one of them');
  if (rule !== undefined) return { ruleId: rule };
  if (word !== undefined) return { word };
  const [first] = readRuleFile(resolve(file ?? ''), basename(file ?? ''));
  if (first === undefined) throw new InvalidInput('--file', `${file} has no rule`);
  const whole = typeof first.raw === 'object' && first.raw !== null ? { ...first.raw } : {};
  const { version: _version, state: _state, ...content } = whole as Record<string, unknown>;
  const parsed = RuleContent.safeParse(content);
  if (parsed.success) return { content: parsed.data };
  const issue = parsed.error.issues[0];
  const field = issue?.path.join('.') ?? '';
  throw new InvalidInput(field, `${first.where(field)}: ${field}: ${issue?.message ?? 'is not valid'}`);
}

async function setState(
  ruleId: string,
  state: string,
  { context, terminal }: { context: RulesContext; terminal: RulesTerminal },
): Promise<void> {
  const to = RuleState.safeParse(state);
  if (!to.success)
    throw new InvalidInput('state', `There is no state "${state}".`, RuleState.options.join(', '));
  const known = (await context.stores.settings.read()).rules.find(({ id }) => id === ruleId);
  if (known === undefined)
    throw new InvalidInput('id', `There is no rule "${ruleId}"; \`guanlan rules list\` shows them.`);
  if (known.state !== to.data && ruleMoves[known.state][to.data] === undefined) {
    const next = Object.keys(ruleMoves[known.state]).join(', ') || 'none: it stays for history';
    throw new InvalidInput('state', `From ${known.state} a rule does not become ${to.data}.`, next);
  }
  const request = { ruleId, to: to.data, seenVersion: known.version };
  const changed = await inEnglish([], () => changeRuleState(request, null, context));
  terminal.say(
    `${changed.id} is ${changed.state} (${stateNames[changed.state]}), version ${changed.version}.`,
  );
}

async function bringIn(file: string, context: RulesContext, { print }: RulesTerminal): Promise<void> {
  const name = basename(file);
  const filed = readRuleFile(resolve(file), name);
  const raw = filed.map((rule) => rule.raw);
  print(JSON.stringify(await inEnglish(filed, () => importRules(raw, name, context))));
}

/** What the linter says to the office's screens is said in English here, with the places in the file. */
async function inEnglish<T>(filed: readonly FiledRule[], work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof InvalidRules)) throw error;
    const lines = describeInFiles(error.problems, filed).join('\n');
    throw new InvalidInput(error.field, `the rules are refused, nothing was changed:\n${lines}`);
  }
}
