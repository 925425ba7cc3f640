import type { Settings } from '../domain/settings.ts';
import { shanghaiDay } from '../domain/time.ts';
import type { Ports } from '../ports/index.ts';
import type { SettingsStore } from '../ports/settings-store.ts';
import {
  createJudge,
  type Judge,
  type JudgedText,
  type JudgeInput,
  type JudgeOptions,
} from '../stages/judge.ts';

export interface JudgePorts {
  settings: Pick<SettingsStore, 'read' | 'readVersion'>;
  clock: Ports['clock'];
}

/** What a judge is made of; `key` differs when another one is needed: other settings, or a new day, by which rules run out. */
export interface JudgeRecipe {
  key: string;
  options: JudgeOptions;
}

/** Several texts at once, answers in their order. A text that could not be judged says why, and never what it says. */
export type JudgeTexts = (inputs: readonly JudgeInput[]) => Promise<JudgeAnswer[]>;
export type JudgeAnswer = JudgedText | { failed: string };

/** The school's own names, which a general dictionary would cut apart. */
export function dictionaryOf(settings: Settings): string[] {
  return settings.units.flatMap(({ name, aliases, places }) => [
    name,
    ...aliases,
    ...places.flatMap((place) => [place.name, ...place.aliases]),
  ]);
}

/** What the settings say of the school and its rules, as a judge takes it. */
export function schoolOptions({
  rules,
  units,
  governance,
  version,
}: Pick<Settings, 'rules' | 'units' | 'governance' | 'version'>): JudgeOptions {
  return {
    rules,
    settingsVersion: version,
    directory: units,
    dictionaryWords: governance === null ? [] : [governance.school],
    studentNumberPattern: governance?.studentNumberPattern ?? null,
  };
}

/** The recipe as the settings are now; settings are read again only when their version has changed. */
export function openRecipe({ settings: store, clock }: JudgePorts): () => Promise<JudgeRecipe> {
  let current: JudgeRecipe | null = null;
  return async () => {
    const today = shanghaiDay(clock.now());
    const key = `${await store.readVersion()}/${today}`;
    if (current?.key !== key) {
      const settings = await store.read();
      const options = { ...schoolOptions(settings), today };
      current = { key: `${settings.version}/${today}`, options };
    }
    return current;
  };
}

/** The judge that the settings ask for now, in this thread. Made on first use: the segmenter takes a second to load. */
export function openCurrentJudge(ports: JudgePorts): () => Promise<Judge> {
  const readRecipe = openRecipe(ports);
  let current: { key: string; judge: Judge } | null = null;
  return async () => {
    const { key, options } = await readRecipe();
    if (current?.key !== key) current = { key, judge: createJudge(options) };
    return current.judge;
  };
}

export function judgeText(judge: Judge, input: JudgeInput): JudgeAnswer {
  try {
    return judge.judge(input);
  } catch (error) {
    return { failed: error instanceof Error ? `${error.name} in judging` : 'judging failed' };
  }
}
