import type { BriefBlock } from './brief.ts';
import { cell, text } from './brief-maker.ts';
import { findItems, findSlips } from './brief-material.ts';
import {
  caseNumber,
  gapNotes,
  itemNumber,
  left,
  numbers,
  rank,
  right,
  type SectionBuilder,
  slipNumber,
  tableOf,
} from './brief-sections-day.ts';
import { criticalVoices, dayChart } from './brief-sections-period.ts';
import { shanghaiClock } from './time.ts';

const words = (
  field: string,
  label: string,
  hint: string,
  { most = 800, isRequired = false }: { most?: number; isRequired?: boolean } = {},
): BriefBlock => ({ kind: 'words', field, label, hint, mostCharacters: most, isRequired });

export const summary: SectionBuilder = () => [
  words('summary', '概述', '不超过200字；写事实与一句话的风险判断，不照抄留言。', {
    most: 200,
    isRequired: true,
  }),
];

const minute = (instant: string): string => shanghaiClock(instant).slice(0, 16);
const hourText = (hour: string): string => `${hour.replace('T', ' ')} 时`;

/** When what came first and what was done; facts, in the order of time. */
export const course: SectionBuilder = (maker, rows) => {
  const { span, material } = maker;
  const { cases, handovers } = material;
  const moments: { at: string; what: string }[] = [];
  const hours = findItems({ of: 'items', ...span }, material)
    .map(({ hour }) => hour)
    .sort();
  const add = (at: string, what: string) => void moments.push({ at, what });
  if (hours[0] !== undefined) add(hourText(hours[0]), '首条相关内容');
  const peak = peakHour(hours);
  if (peak !== null) add(hourText(peak), '数量最多的一小时');
  // What came after the span is for the next brief.
  const addInstant = (at: string | null | undefined, what: string) => {
    if (at !== null && at !== undefined && at < span.until) add(minute(at), what);
  };
  const first = (list: readonly (string | null)[], what: string) =>
    addInstant(list.filter((at) => at !== null).sort()[0], what);
  first(
    cases.map(({ openedAt }) => openedAt),
    '首条线索进入待办',
  );
  first(
    cases.map(({ decidedAt }) => decidedAt),
    '首次作出处理',
  );
  first(
    cases.map(({ replySeenAt }) => replySeenAt),
    '首次见到官方回复',
  );
  for (const slip of handovers) {
    const unit = maker.names.unit(slip.unitId);
    addInstant(slip.sentAt, `转办${unit}（${slip.number}）`);
    addInstant(slip.answeredAt, `${unit}答复（${slip.number}）`);
    addInstant(slip.closedAt, `办结（${slip.number}）`);
  }
  const lines = moments.toSorted((a, b) => (a.at < b.at ? -1 : 1)).slice(0, rows);
  return [
    words('course', '起因经过', '由撰写人根据核实的情况填写。'),
    tableOf(
      [left('时间', 2), left('节点', 5)],
      lines.map(({ at, what }) => [text(at), text(what)]),
    ),
  ];
};

function peakHour(sorted: readonly string[]): string | null {
  let best: { hour: string; count: number } | null = null;
  const counts = new Map<string, number>();
  for (const hour of sorted) counts.set(hour, (counts.get(hour) ?? 0) + 1);
  for (const [hour, count] of counts) if (best === null || count > best.count) best = { hour, count };
  return best !== null && best.count > 1 ? best.hour : null;
}

/** Volume by day and by channel: what it hangs on is a channel of the school, never an author. */
export const spread: SectionBuilder = (maker, rows) => {
  const found = findItems({ of: 'items', ...maker.span }, maker.material);
  const channels = [...new Set(found.map(({ channelId }) => channelId))].sort().slice(0, rows);
  const lines = channels.map((channelId) => [
    text(maker.names.channel(channelId)),
    cell(
      itemNumber(maker, `spread.public.${channelId}`, '留言与线索', {
        speaker: 'public',
        channelIds: [channelId],
      }),
    ),
    cell(
      itemNumber(maker, `spread.school.${channelId}`, '本校发布', {
        speaker: 'school',
        channelIds: [channelId],
      }),
    ),
  ]);
  return [
    numbers(
      itemNumber(maker, 'spread.public', '留言与线索', { speaker: 'public' }),
      itemNumber(maker, 'spread.school', '本校发布', { speaker: 'school' }),
    ),
    ...gapNotes(maker),
    dayChart(maker, 'spread.day'),
    tableOf([left('渠道', 3), right('留言与线索'), right('本校发布')], lines),
  ];
};

export const demands: SectionBuilder = (maker, rows) => criticalVoices(maker, rows);

export const handling: SectionBuilder = (maker, rows) => {
  const slips = maker.material.handovers
    .filter(({ sentAt }) => sentAt < maker.span.until)
    .toSorted((a, b) => (a.sentAt < b.sentAt ? -1 : 1))
    .slice(0, rows);
  const state = {
    sent: '已转办',
    received: '已签收',
    answered: '已答复',
    closed: '已办结',
    returned: '已退回',
  };
  const lines = slips
    .filter((slip) => slip.state !== 'withdrawn')
    .map((slip) =>
      [
        slip.number,
        maker.names.unit(slip.unitId),
        minute(slip.dueAt),
        slip.state === 'withdrawn' ? '' : state[slip.state],
      ].map(text),
    );
  return [
    numbers(
      caseNumber(maker, 'handling.opened', '相关待办', { moment: 'opened' }),
      caseNumber(maker, 'handling.decided', '已处理', { moment: 'decided' }),
      caseNumber(maker, 'handling.waiting', '待处理', { moment: 'open-at' }),
      slipNumber(maker, 'handling.sent', '转办', { moment: 'sent' }),
      slipNumber(maker, 'handling.answered', '已答复', { moment: 'answered' }),
    ),
    words('handling', '处置情况', '由撰写人填写已采取的措施。'),
    tableOf([left('转办单', 3), left('负责单位', 2), left('应于', 2), left('状态', 1)], lines),
  ];
};

export const assessment: SectionBuilder = () => [
  words('assessment', '研判', '由撰写人填写；系统不代写意见。', { isRequired: true }),
  words('advice', '建议', '由撰写人填写。'),
];

/** Numbers by which the case file is found: no text of anybody's. */
export const appendix: SectionBuilder = (maker, rows) => {
  const open = findSlips({ of: 'handovers', ...maker.span, moment: 'sent' }, maker.material);
  const slips = new Map(open.map((slip) => [slip.caseId, slip.number]));
  const lines = maker.material.cases
    .filter(({ openedAt }) => openedAt < maker.span.until)
    .toSorted((a, b) => (a.openedAt < b.openedAt ? -1 : 1))
    .slice(0, rows)
    .map(({ caseId, openedAt }) => [caseId, minute(openedAt), slips.get(caseId) ?? ''].map(text));
  return [tableOf([left('线索编号', 4), left('进入待办', 2), left('转办单', 3)], lines)];
};

export const remarks: SectionBuilder = () => [
  words('remarks', '研判与建议', '由撰写人填写；系统不代写意见。', { most: 600 }),
];

/** Who was on duty: the office's own people, without their telephone. */
export function buildDuty(
  shifts: readonly { day: string; duty: string; time: string; who: string }[],
): BriefBlock[] {
  const lines = shifts.map(({ day, duty, time, who }) => [day, duty, time, who].map(text));
  return [
    tableOf([left('日期', 2), left('值班', 1), left('时间', 2), left('值班人', 2)], lines, {
      none: '没有排班。',
    }),
    words('duty-handover', '交接事项', '由值班人填写。', { most: 300 }),
  ];
}

/** By how much was said in the period; what a name holds stands in several items (R5). */
export const topics: SectionBuilder = (maker, rows) => {
  const { span, material } = maker;
  const sizes = material.topics.map((topic) => ({
    ...topic,
    size: topic.members.filter(({ at }) => span.from <= at && at < span.until).length,
  }));
  const lines = sizes
    .filter(({ size }) => size > 0)
    .toSorted((a, b) => b.size - a.size || (a.id < b.id ? -1 : 1))
    .slice(0, rows)
    .map(({ id, name, firstSeenAt, members }) => {
      const query = { of: 'topic-items' as const, ...span, topicId: id };
      const number = maker.number({ id: `topics.${id}`, label: name, unit: 'item', query });
      const [channelId] = rank(members, (member) => member.channelId);
      const channel = channelId === undefined ? '' : maker.names.channel(channelId);
      return [text(name), text(channel), text(shanghaiClock(firstSeenAt).slice(5, 16)), cell(number)];
    });
  const columns = [left('话题', 4), left('主要渠道', 2), left('首次出现', 2), right('本期数量')];
  return [tableOf(columns, lines, { none: '本期没有形成话题。' })];
};
