import type { BriefBlock, BriefNumber } from './brief.ts';
import type { QueryOf } from './brief-evidence.ts';
import { type BriefMaker, cell, type NumberSpec, text } from './brief-maker.ts';
import { findBursts, findCases, findItems, findSlips } from './brief-material.ts';
import { listDays, periodBefore, periodOfDays, shortDay } from './brief-period.ts';
import {
  burstNumber,
  burstsOver,
  caseNumber,
  draftNumber,
  itemNumber,
  left,
  numbers,
  rank,
  right,
  type SectionBuilder,
  slipNumber,
  tableOf,
  topicName,
} from './brief-sections-day.ts';
import type { ReasonCode } from './case.ts';
import { Category, purposeNames, ServiceTopic } from './category.ts';
import type { Speaker } from './item-fact.ts';
import { bucketHour, shanghaiClock } from './time.ts';

/** Of the figures of a whole period: this one, the one before, and by how many more. */
function compared(maker: BriefMaker, spec: NumberSpec & { query: { from: string; until: string } }) {
  const { from, until } = periodBefore(maker.period);
  const now = maker.number(spec);
  const query = { ...spec.query, from, until };
  const before = maker.number({ ...spec, id: `${spec.id}.before`, label: `上期${spec.label}`, query });
  const { unit } = spec;
  const change = maker.change(`${spec.id}.change`, `${spec.label}增减`, { now, before, unit });
  return [text(spec.label), ...[now, before, change].map(cell)];
}

const speakers: readonly [Speaker, string][] = [
  ['public', '留言与线索'],
  ['school', '本校发布'],
];

const asks: readonly ['complaint' | 'suggestion' | 'question', string][] = [
  ['complaint', '投诉'],
  ['suggestion', '建议'],
  ['question', '咨询'],
];

interface Line {
  /** In the ids of its numbers. */
  key: string;
  name: string;
  query: Partial<QueryOf<'items'>>;
}

/** Days that lie over a gap which was never filled are marked. */
function chartByDay(
  maker: BriefMaker,
  { at, title, form, lines }: { at: string; title: string; form: 'line' | 'stacked-bars'; lines: Line[] },
): BriefBlock {
  const end = maker.period.until;
  const days = listDays(maker.period).map((day) => {
    const { from, until } = periodOfDays(day, day);
    const isCut = end < until;
    const name = isCut ? `${shortDay(day)}（至${Number(bucketHour(end).slice(11))}时）` : shortDay(day);
    return { day, name, from, until: isCut ? end : until };
  });
  const series = lines.map(({ key, name, query }) => ({
    name,
    values: days.map(
      ({ day, name: called, from, until }): BriefNumber =>
        maker.number({
          ...{ id: `${at}.${key}.${day}`, label: `${called}${name}`, unit: 'item' },
          query: { ...query, of: 'items', from, until },
        }),
    ),
  }));
  const isOver = (index: number) => series.some(({ values }) => values[index]?.gaps !== undefined);
  return {
    ...{ kind: 'chart', form, title, unit: 'item', series },
    labels: days.map(({ name }) => name),
    gapAt: days.flatMap((_, index) => (isOver(index) ? [index] : [])),
  };
}

export function dayChart(maker: BriefMaker, at: string): BriefBlock {
  const lines = speakers.map(([speaker, name]) => ({ key: speaker, name, query: { speaker } }));
  return chartByDay(maker, { at, title: '每日数量', form: 'line', lines });
}

/** What people ask for, day by day; the kinds of one day stand on each other. */
function needChart(maker: BriefMaker, at: string): BriefBlock {
  const lines = asks.map(([kind, name]): Line => {
    return { key: kind, name, query: { speaker: 'public', serviceKinds: [kind] } };
  });
  return chartByDay(maker, { at, title: '每日诉求', form: 'stacked-bars', lines });
}

export const trend: SectionBuilder = (maker) => {
  const { span } = maker;
  const specs: (NumberSpec & { query: { from: string; until: string } })[] = [
    ...speakers.map(([speaker, label]) => ({
      ...{ id: `trend.${speaker}`, label, unit: 'item' as const },
      query: { of: 'items' as const, ...span, speaker },
    })),
    {
      ...{ id: 'trend.opened', label: '新增待办', unit: 'case' },
      query: { of: 'cases', ...span, moment: 'opened' },
    },
    {
      ...{ id: 'trend.decided', label: '已处理', unit: 'case' },
      query: { of: 'cases', ...span, moment: 'decided' },
    },
    {
      ...{ id: 'trend.sent', label: '转办', unit: 'slip' },
      query: { of: 'handovers', ...span, moment: 'sent' },
    },
  ];
  const rows = specs.map((spec) => compared(maker, spec));
  return [
    dayChart(maker, 'trend.day'),
    needChart(maker, 'trend.needs'),
    tableOf([left('', 3), right('本期'), right('上期'), right('增减')], rows, { title: '与上期比较' }),
  ];
};

/** 批评性声音: counts by topic, in the order of the list; nothing is ranked by tone, and no unit (R7). */
export const criticalVoices: SectionBuilder = (maker, rows) => {
  const query = { of: 'items' as const, ...maker.span, speaker: 'public' as const };
  const found = findItems({ ...query, serviceKinds: asks.map(([kind]) => kind) }, maker.material);
  const topics = ServiceTopic.options.filter((topic) =>
    found.some(({ service }) => service?.topic === topic),
  );
  const lines = topics.slice(0, rows).map((topic) => [
    text(topicName(topic)),
    ...asks.map(([kind, label]) =>
      cell(
        itemNumber(maker, `critical.${topic}.${kind}`, `${topicName(topic)}${label}`, {
          ...{ speaker: 'public', topics: [topic], serviceKinds: [kind] },
        }),
      ),
    ),
  ]);
  return [
    numbers(
      ...asks.map(([kind, label]) =>
        itemNumber(maker, `critical.${kind}`, label, { speaker: 'public', serviceKinds: [kind] }),
      ),
    ),
    tableOf([left('主题', 3), ...asks.map(([, label]) => right(label))], lines),
  ];
};

const leastDays = 2;

/** What comes back on several days, by topic and unit. */
export const causes: SectionBuilder = (maker, rows) => {
  const query = { of: 'items' as const, ...maker.span, speaker: 'public' as const };
  const found = findItems({ ...query, serviceKinds: ['complaint', 'suggestion'] }, maker.material);
  const keys = rank(found, ({ service, unitId }) => `${service?.topic} ${unitId ?? ''}`);
  const lines = keys.flatMap((key) => {
    const [topic, unitId = ''] = key.split(' ') as [ServiceTopic, string];
    const at = `causes.${topic}.${unitId || 'none'}`;
    const about = {
      ...query,
      serviceKinds: ['complaint' as const, 'suggestion' as const],
      topics: [topic],
      unitIds: [unitId],
    };
    const days = maker.number({
      id: `${at}.days`,
      label: '出现天数',
      unit: 'time',
      query: about,
      measure: 'days',
    });
    if ((days.value ?? 0) < leastDays) {
      maker.evidence.delete(days.id);
      return [];
    }
    const items = maker.number({ id: `${at}.items`, label: '投诉与建议', unit: 'item', query: about });
    const unit = unitId === '' ? '尚未分办' : maker.names.unit(unitId);
    return [[text(topicName(topic)), text(unit), cell(items), cell(days)]];
  });
  const columns = [left('主题', 2), left('负责单位', 3), right('投诉与建议'), right('出现天数')];
  return [tableOf(columns, lines.slice(0, rows), { none: '没有反复出现的问题。' })];
};

const minute = (instant: string): string => shanghaiClock(instant).slice(5, 16);

/** One by one, the longest due first: what was answered late, and what still waits. */
export const late: SectionBuilder = (maker, rows) => {
  const query = { of: 'handovers' as const, ...maker.span };
  const slips = [
    ...findSlips({ ...query, moment: 'late-at' }, maker.material),
    ...findSlips({ ...query, moment: 'answered-late' }, maker.material),
  ].toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : 1));
  const lines = slips.slice(0, rows).map((slip) => {
    const answered = slip.answeredAt !== null && slip.answeredAt < maker.period.until;
    const state = answered ? `${minute(slip.answeredAt ?? '')} 已答复` : '未答复';
    const name = maker.names.unit(slip.unitId);
    return [slip.number, name, topicName(slip.service?.topic), minute(slip.dueAt), state].map(text);
  });
  const columns = [left('转办单', 3), left('负责单位', 2), left('主题', 2), left('应于', 2), left('状态', 3)];
  return [
    numbers(
      slipNumber(maker, 'late.open', '超期未答复', { moment: 'late-at' }),
      slipNumber(maker, 'late.answered', '超期后答复', { moment: 'answered-late' }),
    ),
    tableOf(columns, lines, { none: '没有超期的转办单。' }),
  ];
};

/** Reasons of decisions which say that the machine should not have asked. */
const against: ReasonCode[] = ['misjudged', 'not-about-school', 'opinion-only', 'advert-or-spam'];

export const falseAlarms: SectionBuilder = (maker) => {
  const found = findCases(
    { of: 'cases', ...maker.span, moment: 'decided', reasons: against },
    maker.material,
  );
  const known = Category.options.filter((category) =>
    found.some(({ categories }) => categories.includes(category)),
  );
  const lines = known.flatMap((category) => {
    const name = purposeNames[category];
    const decided = { moment: 'decided' as const, categories: [category] };
    const line = [
      caseNumber(maker, `false-alarms.${category}`, `${name}误报`, { ...decided, reasons: against }),
      caseNumber(maker, `false-alarms.${category}.decided`, `${name}已处理`, decided),
    ];
    if (line.every(({ suppressed }) => suppressed === undefined)) return [[text(name), ...line.map(cell)]];
    // What is not told has no row: beside the whole and all other rows it could be had by subtraction (R16).
    for (const { id } of line) maker.evidence.delete(id);
    return [];
  });
  return [
    numbers(
      caseNumber(maker, 'false-alarms.cases', '经人核定为误报', { moment: 'decided', reasons: against }),
      caseNumber(maker, 'false-alarms.decided', '全部已处理', { moment: 'decided' }),
      burstNumber(maker, 'false-alarms.bursts', '经人核定不实的突增', { state: 'dismissed' }),
    ),
    tableOf([left('类别', 3), right('误报'), right('已处理')], lines),
  ];
};

export const publishing: SectionBuilder = (maker) => {
  const found = findItems({ of: 'items', ...maker.span, kinds: ['article', 'status'] }, maker.material);
  const channels = [...new Set(found.map(({ channelId }) => channelId))].sort();
  const lines = channels.map((channelId) => [
    text(maker.names.channel(channelId)),
    cell(
      itemNumber(maker, `publishing.items.${channelId}`, '已发布', {
        ...{ kinds: ['article', 'status'], channelIds: [channelId] },
      }),
    ),
  ]);
  return [
    numbers(
      draftNumber(maker, 'publishing.submitted', '送审', 'submitted'),
      draftNumber(maker, 'publishing.returned', '退改', 'returned'),
      draftNumber(maker, 'publishing.approved', '审定', 'approved'),
      draftNumber(maker, 'publishing.published', '登记发布', 'published'),
    ),
    tableOf([left('渠道', 3), right('采集到的发布')], lines),
  ];
};

/** How long it took, of each unit, in the order of names: times, no ranking. */
export const responses: SectionBuilder = (maker, rows) => {
  const { span, material } = maker;
  const slips = { of: 'handovers' as const, ...span };
  const units = [
    ...new Set(findSlips({ ...slips, moment: 'answered' }, material).map(({ unitId }) => unitId)),
  ];
  const median = (id: string, label: string, more: { unitIds?: string[] }) =>
    maker.number({
      ...{ id, label, unit: 'minutes', measure: 'median-answered' },
      query: { ...slips, moment: 'answered', ...more },
    });
  const lines = units
    .sort()
    .slice(0, rows)
    .map((unitId) => [
      text(maker.names.unit(unitId)),
      cell(
        slipNumber(maker, `responses.${unitId}.answered`, '答复', { moment: 'answered', unitIds: [unitId] }),
      ),
      cell(
        slipNumber(maker, `responses.${unitId}.late`, '其中超期', {
          moment: 'answered-late',
          unitIds: [unitId],
        }),
      ),
      cell(
        slipNumber(maker, `responses.${unitId}.open`, '期末在办', {
          moment: 'with-unit-at',
          unitIds: [unitId],
        }),
      ),
      cell(median(`responses.${unitId}.median`, '答复用时中位数', { unitIds: [unitId] })),
    ]);
  const columns = [
    left('单位', 3),
    right('答复'),
    right('其中超期'),
    right('期末在办'),
    right('用时中位数（分钟）', 2),
  ];
  return [
    numbers(
      maker.number({
        ...{ id: 'responses.decided', label: '处理用时中位数', unit: 'minutes', measure: 'median-decided' },
        query: { of: 'cases', ...span, moment: 'decided' },
      }),
      maker.number({
        ...{ id: 'responses.received', label: '签收用时中位数', unit: 'minutes', measure: 'median-received' },
        query: { ...slips, moment: 'received' },
      }),
      median('responses.answered', '答复用时中位数', {}),
    ),
    tableOf(columns, lines),
  ];
};

const registers: readonly ['public-request' | 'removal' | 'lawful-request', string][] = [
  ['public-request', '异议与更正申请'],
  ['removal', '依法处置登记'],
  ['lawful-request', '机关依法调取'],
];

/** Counts of how the tool is used; no targets (R7). */
export const transparency: SectionBuilder = (maker) => {
  const { span } = maker;
  const lines = registers.map(([register, label]) => [
    text(label),
    ...(['received', 'settled'] as const).map((moment) =>
      cell(
        maker.number({
          ...{ id: `transparency.${register}.${moment}`, label, unit: 'entry' },
          query: { of: 'docket', ...span, register, moment },
        }),
      ),
    ),
  ]);
  return [
    tableOf([left('登记簿', 3), right('收到'), right('办结')], lines),
    numbers(
      maker.number({
        id: 'transparency.reads',
        label: '调阅原文',
        unit: 'time',
        query: { of: 'reads', ...span },
      }),
    ),
  ];
};

const hourText = (hour: string): string => `${hour.slice(5, 10)} ${hour.slice(11)}时`;
const endOfHour = (hour: string): string =>
  new Date(Date.parse(`${hour}:00:00+08:00`) + 3_600_000).toISOString();
const startOfHour = (hour: string): string => new Date(Date.parse(`${hour}:00:00+08:00`)).toISOString();

/** Waves of volume, the earliest first; never of tone. */
export const bursts: SectionBuilder = (maker, rows) => {
  const { from, until } = maker.span;
  const query = { of: 'bursts' as const, from, until, state: null, moment: 'over' as const };
  const found = findBursts(query, maker.material).toSorted((a, b) => (a.from < b.from ? -1 : 1));
  const states = { open: '进行中', ended: '已回落', dismissed: '经核不实' };
  const lines = found.slice(0, rows).map((burst) => {
    const [began, ended] = [startOfHour(burst.from), endOfHour(burst.last)];
    // What lies outside of the period is other briefs'.
    const span = {
      from: burst.from < bucketHour(from) ? from : began,
      until: burst.state === 'open' || ended > until ? until : ended,
    };
    const topics = burst.topic === null ? {} : { topics: [burst.topic] };
    const items = maker.number({
      ...{ id: `bursts.${burst.id}`, label: '本期数量', unit: 'item' },
      query: { of: 'items', ...span, speaker: 'public', channelIds: [burst.channelId], ...topics },
    });
    const topic = burst.topic === null ? '全部' : topicName(burst.topic);
    const times = [burst.from, burst.peakHour].map((hour) => text(hourText(hour)));
    const channel = text(maker.names.channel(burst.channelId));
    return [channel, text(topic), ...times, cell(items), text(states[burst.state])];
  });
  const columns = [left('渠道', 3), left('主题', 2), left('开始', 2), left('高峰', 2), right('本期数量')];
  return [
    numbers(...burstsOver(maker, 'bursts.all')),
    tableOf([...columns, left('状态', 2)], lines, { none: '没有声量突增。' }),
  ];
};
