import type { Channel, Unit } from '../channel.ts';
import {
  type ChainFault,
  type ChainMode,
  type ChainStep,
  findChainFaults,
  findTwice,
  ReviewChain,
  type StepName,
  StepRole,
  stepsOf,
} from '../review-chain.ts';
import { stepNames } from '../step-names.ts';
import { mayEnter } from '../user.ts';
import { cleanCode, cleanName, foldName, isNothing, splitList } from './cells.ts';
import type { ColumnOf } from './columns.ts';
import { type Colleague, findPerson } from './find-person.ts';
import { Complaints, compareLists, type SectionPlan, type SetupChange } from './plan-section.ts';
import type { FoundSheet, SetupProblem, SetupRecord } from './records.ts';
import { findRole, roleName } from './role-names.ts';
import { findUnit } from './unit-rows.ts';

export interface ChainsPlan {
  next: ReviewChain[];
  section: SectionPlan;
}

interface Scene {
  known: readonly ReviewChain[];
  units: readonly Unit[];
  channels: readonly Channel[];
  colleagues: readonly Colleague[];
  at: string;
}

type StepColumn = Extract<ColumnOf<'chains'>, `${string}Review` | `${string}Proof`>;
const columnOf: Record<StepName, StepColumn> = {
  first: 'firstReview',
  second: 'secondReview',
  final: 'finalReview',
  'first-review': 'firstReview',
  'second-review': 'secondReview',
  'final-review': 'finalReview',
  'first-proof': 'firstProof',
  'second-proof': 'secondProof',
  'third-proof': 'thirdProof',
};
const proofs = ['firstProof', 'secondProof', 'thirdProof'] as const;

/** The sheet is the whole list: a chain that it lacks goes. */
export function planChains(found: FoundSheet<'chains'>, scene: Scene, problems: SetupProblem[]): ChainsPlan {
  const complain = new Complaints('chains', problems);
  const next: ReviewChain[] = [];
  for (const record of found.records) {
    const chain = parseChain(record, { ...scene, next }, complain);
    if (chain === null) continue;
    const same = next.find(
      (one) => foldName(one.name) === foldName(chain.name) || scopeOf(one) === scopeOf(chain),
    );
    if (same !== undefined)
      complain.add(
        record,
        'name',
        `与“${same.name}”同名，或适用的单位和渠道相同。`,
        '每条审校链的适用范围要不同。',
      );
    const people = scene.colleagues.filter((one) => mayEnter(one, scene.at));
    for (const fault of findChainFaults(chain, people)) tellFault(record, fault, { scene, complain });
    next.push(chain);
  }
  return { next, section: compareLists(scene.known, next, (chain) => describeChain(chain, scene)) };
}

const scopeOf = ({ units, channels }: ReviewChain) => JSON.stringify([units.toSorted(), channels.toSorted()]);

function parseMode(record: SetupRecord<'chains'>, complain: Complaints<'chains'>): ChainMode | null {
  const { cells } = record;
  const mode = cleanCode(cells.mode);
  if (mode === '') return proofs.some((key) => cells[key] !== '') ? 'full' : 'merged';
  if (/合并|三步|merged/.test(mode)) return 'merged';
  if (/六步|完整|分开|full/.test(mode)) return 'full';
  return complain.add(record, 'mode', `没有方式“${cells.mode}”。`, '填“合并”或“六步”。');
}

function parseChain(
  record: SetupRecord<'chains'>,
  scene: Scene & { next: readonly ReviewChain[] },
  complain: Complaints<'chains'>,
): ReviewChain | null {
  const { cells } = record;
  const name = cleanName(cells.name);
  const mode = parseMode(record, complain);
  const units = parseScope(record, 'units', {
    complain,
    find: (text) => findUnit(scene.units, text)?.id ?? null,
  });
  const channels = parseScope(record, 'channels', {
    complain,
    find: (text) => findChannel(scene.channels, text),
  });
  if (name === '' || mode === null || units === null || channels === null) return null;
  const extra = mode === 'merged' ? proofs.find((key) => cells[key] !== '') : undefined;
  if (extra !== undefined)
    return complain.add(record, extra, '合并方式没有这一步。', '请清空，或把方式改为“六步”。');
  const steps = stepsOf[mode].map((step) => parseStep(record, step, { ...scene, complain }));
  if (steps.some((step) => step === null)) return null;
  const whole = steps.flatMap((step) => step ?? []);
  const twice = findTwice(whole.flatMap(({ persons }) => persons));
  if (twice !== null)
    return complain.add(
      record,
      null,
      `“${nameOf(scene, twice)}”担任了两步。`,
      '同一人不能担任两个审校环节。',
    );
  const id =
    scene.known.find((one) => foldName(one.name) === foldName(name))?.id ??
    freeId([...scene.known, ...scene.next]);
  return ReviewChain.parse({ id, name, mode, units, channels, steps: whole });
}

function freeId(taken: readonly ReviewChain[]): string {
  for (let number = 1; ; number += 1) {
    const id = `chain-${number}`;
    if (!taken.some((chain) => chain.id === id)) return id;
  }
}

function findChannel(channels: readonly Channel[], text: string): string | null {
  return (
    channels.find(({ id, name }) => foldName(name) === foldName(text) || id === foldName(text))?.id ?? null
  );
}

function parseScope(
  record: SetupRecord<'chains'>,
  key: 'units' | 'channels',
  { complain, find }: { complain: Complaints<'chains'>; find: (text: string) => string | null },
): string[] | null {
  const text = record.cells[key];
  if (text === '' || isNothing(text) || /^(?:全部|所有|全校|全部单位|全部渠道)$/.test(cleanCode(text)))
    return [];
  const found = splitList(text).map((name) => ({ name, id: find(name) }));
  const unknown = found.find(({ id }) => id === null);
  if (unknown === undefined) return [...new Set(found.flatMap(({ id }) => id ?? []))];
  const what = key === 'units' ? '单位' : '渠道';
  return complain.add(record, key, `没有${what}“${unknown.name}”。`, '请改成已有的名称，或填“全部”。');
}

function parseStep(
  record: SetupRecord<'chains'>,
  step: StepName,
  { colleagues, at, complain }: Scene & { complain: Complaints<'chains'> },
): ChainStep | null {
  const key = columnOf[step];
  const text = record.cells[key];
  if (text === '')
    return key.endsWith('Proof')
      ? complain.add(record, key, '六步方式要填这一步。', '填一个角色，或同事的账号、姓名。')
      : null;
  const role = findRole(text);
  if (role !== null) {
    const held = StepRole.safeParse(role);
    if (held.success) return { step, role: held.data, persons: [] };
    const usable = StepRole.options.map(roleName).join('、');
    return complain.add(record, key, `“${roleName(role)}”不能审批稿件。`, `可以填：${usable}。`);
  }
  const persons: string[] = [];
  for (const part of splitList(text)) {
    const found = findPerson(colleagues, part, at);
    if (!('login' in found))
      return complain.add(record, key, found.problem, `${found.hint}也可以填一个角色。`);
    persons.push(found.login);
  }
  return { step, role: null, persons: [...new Set(persons)] };
}

const nameOf = ({ colleagues }: Pick<Scene, 'colleagues'>, login: string) =>
  colleagues.find((one) => one.login === login)?.name ?? login;

function tellFault(
  record: SetupRecord<'chains'>,
  fault: ChainFault,
  { scene, complain }: { scene: Scene; complain: Complaints<'chains'> },
): void {
  const where =
    'unitId' in fault && fault.unitId !== null
      ? `单位“${scene.units.find(({ id }) => id === fault.unitId)?.name ?? fault.unitId}”`
      : '所有单位都';
  switch (fault.kind) {
    case 'unknown-person':
      complain.add(record, columnOf[fault.step], `没有“${fault.login}”这位同事。`);
      return;
    case 'may-not-approve':
      complain.add(
        record,
        columnOf[fault.step],
        `“${nameOf(scene, fault.login)}”没有能审批稿件的角色。`,
        '通讯员只起草；请换一位，或先在“人员”表里加角色。',
      );
      return;
    case 'nobody':
      complain.add(
        record,
        columnOf[fault.step],
        `${where}没有人能担任${stepNames[fault.step]}。`,
        '请在“人员”表里设置，或换一位本单位或宣传部的同事。',
      );
      return;
    case 'too-few':
      complain.add(record, null, `${where}人手不够：同一人会担任两步。`, '每一步要由不同的人担任。');
      return;
    default:
      fault satisfies never;
  }
}

function describeChain(chain: ReviewChain, scene: Scene): SetupChange {
  const steps = chain.steps.map(
    ({ step, role, persons }) =>
      `${stepNames[step]}：${role === null ? persons.map((login) => nameOf(scene, login)).join('、') : roleName(role)}`,
  );
  const units = chain.units.map((id) => scene.units.find((unit) => unit.id === id)?.name ?? id);
  return { label: chain.name, details: [`适用：${units.join('、') || '所有单位'}`, ...steps] };
}
