import { purposeNames, ServiceTopic } from '../category.ts';
import { Unit } from '../channel.ts';
import { cleanCode, cleanName, foldName, isNothing, splitList } from './cells.ts';
import { Complaints, emptySection, type SectionPlan } from './plan-section.ts';
import type { FoundSheet, SetupProblem, SetupRecord } from './records.ts';

export interface UnitsPlan {
  next: Unit[];
  section: SectionPlan;
}

const namesOf = ({ name, aliases }: Unit) => [name, ...aliases];

/** By name or alias, however it is spaced; null for none. */
export function findUnit(units: readonly Unit[], text: string): Unit | null {
  const folded = foldName(text);
  const byName = units.find((unit) => foldName(unit.name) === folded);
  return byName ?? units.find((unit) => unit.aliases.some((alias) => foldName(alias) === folded)) ?? null;
}

const otherTopics: Record<string, ServiceTopic> = {
  教学: 'teaching',
  财务: 'fees',
  网信: 'network',
  医院: 'medical',
  招生: 'admission-employment',
  就业: 'admission-employment',
  安全保卫: 'security',
  保卫: 'security',
};

function findTopic(text: string): ServiceTopic | null {
  const folded = foldName(text);
  const found = ServiceTopic.options.find((topic) => topic === folded || purposeNames[topic] === folded);
  return found ?? otherTopics[folded] ?? null;
}

const topicNames = ServiceTopic.options.map((topic) => purposeNames[topic]).join('、');

/** A sheet adds units and changes what its cells say; an empty cell, and a unit that is not in it, stay as they are. */
export function planUnits(
  found: FoundSheet<'units'>,
  known: readonly Unit[],
  problems: SetupProblem[],
): UnitsPlan {
  const complain = new Complaints('units', problems);
  const next = [...known];
  const rowOf = new Map<string, number>();
  const section = emptySection();
  for (const record of found.records) {
    const before = findBefore(record, known);
    const unit = parseUnit(record, { before, next, complain });
    if (unit === null) continue;
    const earlier = rowOf.get(unit.id);
    if (earlier !== undefined) {
      complain.add(record, 'name', `与第 ${earlier} 行是同一个单位。`, '请只留一行。');
      continue;
    }
    rowOf.set(unit.id, record.row);
    const place = next.findIndex(({ id }) => id === unit.id);
    if (place === -1) next.push(unit);
    else next[place] = unit;
    compare(before, unit, section);
  }
  assertNamesApart(found, next, complain);
  section.missing = known.filter(({ id }) => !rowOf.has(id)).map(({ name }) => name);
  return { next, section };
}

function findBefore({ cells }: SetupRecord<'units'>, known: readonly Unit[]): Unit | null {
  const id = cleanCode(cells.id).toLowerCase();
  return (
    (id === '' ? null : known.find((unit) => unit.id === id)) ??
    (id === '' ? findUnit(known, cells.name) : null)
  );
}

function parseUnit(
  record: SetupRecord<'units'>,
  { before, next, complain }: { before: Unit | null; next: readonly Unit[]; complain: Complaints<'units'> },
): Unit | null {
  const { cells } = record;
  const name = cleanName(cells.name);
  if (name === '') return null;
  if (name.length > 60) return complain.add(record, 'name', '单位名称最多 60 个字。');
  const written = cleanCode(cells.id).toLowerCase();
  const id = written !== '' ? written : (before?.id ?? freeId(next));
  if (!Unit.shape.id.safeParse(id).success)
    return complain.add(
      record,
      'id',
      `编号“${written}”不对。`,
      '只用小写字母、数字和连字符，如 logistics；也可以不填。',
    );
  const topics = parseTopics(record, before, complain);
  if (topics === null) return null;
  return {
    id,
    name: before !== null && findUnit([before], name) !== null && written === '' ? before.name : name,
    aliases: parseAliases(cells.aliases, before, name),
    topics,
    places: before?.places ?? [],
  };
}

function parseAliases(text: string, before: Unit | null, name: string): string[] {
  if (text === '') return before?.aliases ?? [];
  if (isNothing(text)) return [];
  return [...new Set(splitList(text))].filter((alias) => alias !== name);
}

function parseTopics(
  record: SetupRecord<'units'>,
  before: Unit | null,
  complain: Complaints<'units'>,
): ServiceTopic[] | null {
  const { topics } = record.cells;
  if (topics === '') return before?.topics ?? [];
  if (isNothing(topics)) return [];
  const found = splitList(topics).map((text) => ({ text, topic: findTopic(text) }));
  const unknown = found.find(({ topic }) => topic === null);
  if (unknown !== undefined)
    return complain.add(record, 'topics', `没有“${unknown.text}”这个主题。`, `可以填：${topicNames}。`);
  return [...new Set(found.flatMap(({ topic }) => topic ?? []))];
}

function freeId(taken: readonly Unit[]): string {
  for (let number = 1; ; number += 1) {
    const id = `unit-${number}`;
    if (!taken.some((unit) => unit.id === id)) return id;
  }
}

function compare(before: Unit | null, after: Unit, section: SectionPlan): void {
  const { name: label } = after;
  if (before === null) {
    section.added.push({ label, details: [`编号 ${after.id}`] });
    return;
  }
  const details: string[] = [];
  if (before.name !== after.name) details.push(`名称：${before.name} → ${after.name}`);
  if (before.aliases.join() !== after.aliases.join())
    details.push(`别名：${after.aliases.join('、') || '无'}`);
  if (before.topics.join() !== after.topics.join())
    details.push(`负责主题：${after.topics.map((topic) => purposeNames[topic]).join('、') || '无'}`);
  if (details.length === 0) section.unchanged += 1;
  else section.changed.push({ label, details });
}

/** A name leads to one unit. */
function assertNamesApart(
  found: FoundSheet<'units'>,
  units: readonly Unit[],
  complain: Complaints<'units'>,
): void {
  const owner = new Map<string, Unit>();
  for (const unit of units) {
    for (const name of namesOf(unit)) {
      const other = owner.get(foldName(name));
      if (other === undefined || other.id === unit.id) {
        owner.set(foldName(name), unit);
        continue;
      }
      const record = found.records.find(({ cells }) =>
        [unit, other].some((one) => foldName(cells.name) === foldName(one.name)),
      );
      if (record !== undefined)
        complain.add(
          record,
          'aliases',
          `“${name}”同时指“${other.name}”和“${unit.name}”。`,
          '每个名称和别名只能指一个单位。',
        );
    }
  }
}
