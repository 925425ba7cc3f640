import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { BriefFacts, BriefHand, BriefKind, BriefPeriod, BriefSubject } from '../domain/brief.ts';
import {
  elapsedPeriod,
  periodBefore,
  periodKey,
  periodOf,
  type RecurringKind,
} from '../domain/brief-period.ts';
import { buildBriefInTurns } from '../domain/build-brief.ts';
import { Conflict, InvalidInput, NotFound } from '../domain/errors.ts';
import { leadChannel } from '../domain/lead.ts';
import { type Duty, shiftsOn } from '../domain/roster.ts';
import type { Settings } from '../domain/settings.ts';
import { dayAfter, daysBetween, shanghaiDay } from '../domain/time.ts';
import type { RecordedBrief } from '../ports/brief-store.ts';
import { type BriefPorts, gatherMaterial } from './gather-brief.ts';
import { findSettingVersion } from './save-setting.ts';

export interface BriefWish {
  kind: BriefKind;
  /** Null: the last one of its kind; needed for a special one. */
  days: { fromDay: string; toDay: string } | null;
  /** For a special one. */
  subject: BriefSubject | null;
}

export interface CreateBriefRequest extends BriefWish {
  commandId: string;
  /** The approved issue that this one puts right. */
  replaces: string | null;
}

const longestDays = 400;
/** Nothing that a school keeps here is older. */
const firstDay = '2000-01-01';

/** @throws InvalidInput */
async function choosePeriod({ kind, days }: BriefWish, ports: BriefPorts): Promise<BriefPeriod> {
  const now = ports.clock.now();
  if (days === null && kind !== 'special') {
    const { briefs } = await ports.stores.settings.read();
    return periodOf(kind, now, await ports.calendar.read(), briefs.kinds[kind].time.days === 'every');
  }
  if (days === null) throw new InvalidInput('days', '专报请写明起止日期。');
  if (days.fromDay < firstDay) throw new InvalidInput('days.fromDay', '开始日期太早。');
  if (days.toDay < days.fromDay) throw new InvalidInput('days.toDay', '结束日期不能早于开始日期。');
  const today = shanghaiDay(now);
  if (days.fromDay > today) throw new InvalidInput('days.fromDay', '开始日期还没有到。');
  if (days.toDay > today) throw new InvalidInput('days.toDay', '结束日期还没有到：简报只写已经过去的时间。');
  if (days.toDay === today && kind !== 'special') {
    throw new InvalidInput('days.toDay', '结束日期这一天还没有过完，最晚可填昨天；当天的情况请用专报。');
  }
  if (daysBetween(days.fromDay, days.toDay) > longestDays)
    throw new InvalidInput('days.toDay', `一份简报最多 ${longestDays} 天。`);
  const period = elapsedPeriod(days.fromDay, days.toDay, now);
  if (period === null) throw new InvalidInput('days.fromDay', '当天还没有过去一个整点，请稍后再试。');
  return period;
}

/** Of the classes that a brief may tell of. @throws InvalidInput */
async function assertSubject({ kind, subject }: BriefWish, { stores }: BriefPorts): Promise<void> {
  if (kind === 'special' && subject === null) throw new InvalidInput('subject', '专报请选择所涉事项。');
  if (kind !== 'special' && subject !== null) throw new InvalidInput('subject', '只有专报可以限定事项。');
  if (subject?.kind === 'topic' && (await stores.topics.findTopic(subject.topicId)) === null)
    throw new InvalidInput('subject.topicId', '没有这个话题。');
  for (const caseId of subject?.kind === 'cases' ? subject.caseIds : []) {
    if ((await stores.cases.findCase(caseId, { accessClasses: ['open'] })) === null)
      throw new InvalidInput('subject.caseIds', '所列线索中有的不存在，或不能写进简报。', caseId);
  }
}

const dutyNames: Record<Duty, string> = { publicity: '宣传', safety: '安全', operations: '技术' };

/** Of the last day of the period and the day after, on which it is read. */
async function readShifts(period: BriefPeriod, settings: Settings, { stores, calendar }: BriefPorts) {
  if (settings.roster.length === 0) return [];
  const days = await calendar.read();
  const names = new Map((await stores.users.list()).map(({ login, name }) => [login, name]));
  return [period.toDay, dayAfter(period.toDay, 1)].flatMap((day) =>
    shiftsOn(settings.roster, day, days).map(({ entry }) => ({
      ...{ day, duty: dutyNames[entry.duty], time: `${entry.from}–${entry.to}` },
      who: names.get(entry.person) ?? '',
    })),
  );
}

function namesOf({ channels, units }: Settings) {
  const channelNames = new Map<string, string>([[leadChannel.id, leadChannel.name]]);
  for (const { id, name } of channels) channelNames.set(id, name);
  const unitNames = new Map(units.map(({ id, name }) => [id, name]));
  return {
    channel: (id: string) => channelNames.get(id) ?? id,
    unit: (id: string) => unitNames.get(id) ?? id,
  };
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What a brief would say now; nothing is kept. @throws InvalidInput */
export async function previewBrief(
  wish: BriefWish & { period?: BriefPeriod },
  ports: BriefPorts,
): Promise<{ facts: BriefFacts; evidence: Map<string, string[]> }> {
  await assertSubject(wish, ports);
  const { stores, clock } = ports;
  const period = wish.period ?? (await choosePeriod(wish, ports));
  const compares = wish.kind === 'weekly' || wish.kind === 'monthly';
  const from = compares ? periodBefore(period).from : period.from;
  const countedAt = clock.now();
  const material = await gatherMaterial({ from, until: period.until }, wish, ports);
  const settings = await stores.settings.read();
  const known = {
    ...{ kind: wish.kind, period, subject: wish.subject, material, names: namesOf(settings) },
    shifts: await readShifts(period, settings, ports),
    templates: settings.briefs,
    templateVersion: await findSettingVersion(stores, 'briefs'),
    ...{ settingsVersion: settings.version, countedAt, digest: sha256 },
  };
  return buildBriefInTurns(known, setImmediate);
}

/** By a person. @throws InvalidInput, Conflict, NotFound for the issue to be put right */
export async function createBrief(
  request: CreateBriefRequest,
  hand: BriefHand,
  ports: BriefPorts,
): Promise<RecordedBrief> {
  const { briefs } = ports.stores;
  const { commandId, replaces } = request;
  const known = await briefs.find(commandId);
  const wish = known === null ? await withReplaced(request, ports) : { ...request, period: known.period };
  const made = await previewBrief(wish, ports);
  const command = { commandId, ...made, scheduleKey: null, replaces };
  const recorded = await briefs.create(command, hand, ports.clock.now());
  if (recorded === null) throw new Conflict('这一期简报已经有了。');
  return recorded;
}

/** A corrected issue is about what the first one was about. */
async function withReplaced(
  request: CreateBriefRequest,
  { stores: { briefs } }: BriefPorts,
): Promise<BriefWish & { period?: BriefPeriod }> {
  if (request.replaces === null) return request;
  const before = await briefs.find(request.replaces);
  if (before === null) throw new NotFound('没有要更正的那一期。');
  if (before.state !== 'approved') throw new Conflict('只有已签发的简报可以出更正版。');
  if (before.kind !== request.kind) throw new InvalidInput('kind', '更正版与原件须是同一种简报。');
  return { kind: before.kind, days: null, subject: before.facts.subject, period: before.period };
}

/** The machine's, once a period. @returns null where it stands already */
export async function createScheduledBrief(
  kind: RecurringKind,
  period: BriefPeriod,
  ports: BriefPorts,
): Promise<RecordedBrief | null> {
  const { stores, clock } = ports;
  const made = await previewBrief({ kind, days: null, subject: null, period }, ports);
  const command = { commandId: clock.newId(), ...made, scheduleKey: periodKey(kind, period), replaces: null };
  return stores.briefs.create(command, null, clock.now());
}
