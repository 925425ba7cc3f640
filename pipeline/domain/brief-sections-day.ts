import type { BriefBlock, BriefNumber } from './brief.ts';
import type { QueryOf } from './brief-evidence.ts';
import { type BriefMaker, cell, type NumberSpec, text } from './brief-maker.ts';
import { findCases, findItems, findSlips } from './brief-material.ts';
import { type Category, purposeNames, type ServiceTopic } from './category.ts';
import { shanghaiClock } from './time.ts';

/** @param rows of a table, at most */
export type SectionBuilder = (maker: BriefMaker, rows: number) => BriefBlock[];

const important = ['important', 'urgent'] as const;
const asked = ['complaint', 'suggestion', 'question'] as const;

export const numbers = (...list: BriefNumber[]): BriefBlock => ({ kind: 'numbers', numbers: list });
const note = (words: string, tone: 'plain' | 'warning' = 'plain'): BriefBlock => ({
  kind: 'note',
  text: words,
  tone,
});
export const left = (title: string, weight = 2) => ({ title, align: 'left' as const, weight });
export const right = (title: string, weight = 1) => ({ title, align: 'right' as const, weight });

/** A table, or a sentence that there is nothing. */
export function tableOf(
  columns: Extract<BriefBlock, { kind: 'table' }>['columns'],
  rows: Extract<BriefBlock, { kind: 'table' }>['rows'],
  { title, none = '本期没有。' }: { title?: string; none?: string } = {},
): BriefBlock {
  if (rows.length === 0) return note(title === undefined ? none : `${title}：${none}`);
  return { kind: 'table', ...(title === undefined ? {} : { title }), columns, rows };
}

export const caseNumber = (
  maker: BriefMaker,
  id: string,
  label: string,
  more: Omit<QueryOf<'cases'>, 'of' | 'from' | 'until'>,
): BriefNumber => maker.number({ id, label, unit: 'case', query: { of: 'cases', ...maker.span, ...more } });

export const itemNumber = (
  maker: BriefMaker,
  id: string,
  label: string,
  more: Omit<QueryOf<'items'>, 'of' | 'from' | 'until'>,
): BriefNumber => maker.number({ id, label, unit: 'item', query: { of: 'items', ...maker.span, ...more } });

export const slipNumber = (
  maker: BriefMaker,
  id: string,
  label: string,
  more: Omit<QueryOf<'handovers'>, 'of' | 'from' | 'until'>,
): BriefNumber =>
  maker.number({ id, label, unit: 'slip', query: { of: 'handovers', ...maker.span, ...more } });

export const draftNumber = (
  maker: BriefMaker,
  id: string,
  label: string,
  moment: QueryOf<'drafts'>['moment'],
): BriefNumber => maker.number({ id, label, unit: 'draft', query: { of: 'drafts', ...maker.span, moment } });

const liveSpec = (
  maker: BriefMaker,
  id: string,
  label: string,
): Omit<NumberSpec, 'query'> & { query: QueryOf<'live'> } => ({
  ...{ id, label, unit: 'item' },
  query: {
    ...{ of: 'live', ...maker.span, openOnly: true },
    results: ['changed', 'published-without-approval', 'approved-not-published'],
  },
});

/** How many there are of what, the largest first; then by name. */
export function rank<T>(list: readonly T[], keyOf: (one: T) => string | null): string[] {
  const counts = new Map<string, number>();
  for (const one of list) {
    const key = keyOf(one);
    if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([key]) => key);
}

/** A sentence for every channel that was not read in full. */
export function gapNotes(maker: BriefMaker): BriefBlock[] {
  const open = maker.gapsIn(maker.span).filter(({ filled }) => !filled);
  const names = [...new Set(open.map(({ channelId }) => maker.names.channel(channelId)))].sort();
  if (names.length === 0) return [];
  const told = `采集有缺口，以下渠道的数字可能偏低，不作增减比较：${names.join('、')}。`;
  return [note(told, 'warning')];
}

export const overview: SectionBuilder = (maker) => {
  const { items } = maker.material;
  const seen = new Set(
    findItems({ of: 'items', ...maker.span }, { items }).map(({ channelId }) => channelId),
  );
  const rows = [...seen].sort().map((channelId) => [
    text(maker.names.channel(channelId)),
    cell(
      itemNumber(maker, `overview.public.${channelId}`, '留言与线索', {
        speaker: 'public',
        channelIds: [channelId],
      }),
    ),
    cell(
      itemNumber(maker, `overview.school.${channelId}`, '本校发布', {
        speaker: 'school',
        channelIds: [channelId],
      }),
    ),
  ]);
  return [
    numbers(
      itemNumber(maker, 'overview.public', '留言与线索', { speaker: 'public' }),
      itemNumber(maker, 'overview.school', '本校发布', { speaker: 'school' }),
      caseNumber(maker, 'overview.opened', '新增待办', { moment: 'opened' }),
      caseNumber(maker, 'overview.decided', '已处理', { moment: 'decided' }),
      caseNumber(maker, 'overview.waiting', '期末待处理', { moment: 'open-at' }),
      slipNumber(maker, 'overview.with-units', '单位在办', { moment: 'with-unit-at' }),
      slipNumber(maker, 'overview.late', '超期未答复', { moment: 'late-at' }),
    ),
    ...gapNotes(maker),
    tableOf([left('渠道', 3), right('留言与线索'), right('本校发布')], rows, {
      none: '本期没有采集到内容。',
    }),
  ];
};

/** For a screen of a phone: no table of channels. */
export const morningOverview: SectionBuilder = (maker) => [
  numbers(
    itemNumber(maker, 'overview.public', '留言与线索', { speaker: 'public' }),
    caseNumber(maker, 'overview.opened', '新增待办', { moment: 'opened' }),
  ),
  ...gapNotes(maker),
];

export const attention: SectionBuilder = (maker) => [
  numbers(
    caseNumber(maker, 'attention.important', '重点以上待处理', {
      ...{ moment: 'open-at', levels: [...important], lifeSafety: false },
    }),
    caseNumber(maker, 'attention.waiting', '全部待处理', { moment: 'open-at' }),
    draftNumber(maker, 'attention.drafts', '待审稿件', 'waiting-at'),
    maker.number(liveSpec(maker, 'attention.live', '发后核查待说明')),
  ),
];

export const night: SectionBuilder = (maker) => [
  numbers(
    caseNumber(maker, 'night.important', '新增重点以上', {
      ...{ moment: 'opened', levels: [...important], lifeSafety: false },
    }),
    caseNumber(maker, 'night.life-safety', '涉及人身安全', { moment: 'opened', lifeSafety: true }),
    ...burstsOver(maker, 'night.bursts'),
    gapNumber(maker, 'night.gaps', '采集缺口', 'any'),
  ),
];

export const burstNumber = (
  maker: BriefMaker,
  id: string,
  label: string,
  about: Pick<QueryOf<'bursts'>, 'state' | 'moment'>,
): BriefNumber =>
  maker.number({ id, label, unit: 'burst', query: { of: 'bursts', ...maker.span, ...about } });

/** One that began before the period and reaches into it is news of it, too. */
export const burstsOver = (maker: BriefMaker, at: string): BriefNumber[] => [
  burstNumber(maker, at, '声量突增', { state: null, moment: 'over' }),
  burstNumber(maker, `${at}.open`, '其中进行中', { state: 'open', moment: 'over' }),
];

const gapNumber = (maker: BriefMaker, id: string, label: string, state: 'open' | 'any'): BriefNumber =>
  maker.number({ id, label, unit: 'gap', query: { of: 'gaps', ...maker.span, state } });

export const handled: SectionBuilder = (maker) => [
  numbers(
    caseNumber(maker, 'handled.decided', '已处理', { moment: 'decided' }),
    slipNumber(maker, 'handled.answered', '单位已答复', { moment: 'answered' }),
    slipNumber(maker, 'handled.closed', '已办结', { moment: 'closed' }),
  ),
];

const clockMinute = (instant: string): string => shanghaiClock(instant).slice(5, 16);

/** Slips by number: who is late with what, the longest due first; no unit is ranked. */
export const overdue: SectionBuilder = (maker, rows) => {
  const query = { of: 'handovers' as const, ...maker.span, moment: 'late-at' as const };
  const slips = findSlips(query, maker.material).toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : 1));
  return [
    numbers(slipNumber(maker, 'overdue.late', '超期未答复', { moment: 'late-at' })),
    tableOf(
      [left('转办单', 3), left('负责单位', 2), left('主题', 2), left('应于', 2)],
      slips
        .slice(0, rows)
        .map((slip) =>
          [
            slip.number,
            maker.names.unit(slip.unitId),
            topicName(slip.service?.topic),
            clockMinute(slip.dueAt),
          ].map(text),
        ),
      { none: '没有超期的转办单。' },
    ),
  ];
};

export const topicName = (topic: ServiceTopic | undefined | null): string =>
  topic === undefined || topic === null ? '未分类' : purposeNames[topic];

/** What is asked of which unit, and how it stands. Topic × unit may show from one on (R16). */
export const needs: SectionBuilder = (maker, rows) => {
  const { span, material } = maker;
  const found = findItems({ of: 'items', ...span, serviceKinds: [...asked], speaker: 'public' }, material);
  const waiting = findCases({ of: 'cases', ...span, serviceKinds: [...asked], moment: 'open-at' }, material);
  const keyOf = ({ service, unitId }: { service: { topic: ServiceTopic } | null; unitId: string | null }) =>
    service === null ? null : `${service.topic} ${unitId ?? ''}`;
  const keys = rank([...found.map(keyOf), ...waiting.map(keyOf)], (key) => key);
  const cells = keys.slice(0, rows).map((key) => {
    const [topic, unitId = ''] = key.split(' ') as [ServiceTopic, string];
    const at = `needs.${topic}.${unitId || 'none'}`;
    const about = { topics: [topic], unitIds: [unitId] };
    const services = { ...about, serviceKinds: [...asked] };
    return [
      text(topicName(topic)),
      text(unitId === '' ? '尚未分办' : maker.names.unit(unitId)),
      cell(itemNumber(maker, `${at}.items`, '新增诉求', { ...services, speaker: 'public' })),
      cell(caseNumber(maker, `${at}.waiting`, '待处理', { ...services, moment: 'open-at' })),
      cell(slipNumber(maker, `${at}.with-unit`, '单位在办', { ...about, moment: 'with-unit-at' })),
      cell(slipNumber(maker, `${at}.late`, '超期', { ...about, moment: 'late-at' })),
      cell(caseNumber(maker, `${at}.decided`, '已处理', { ...services, moment: 'decided' })),
    ];
  });
  const columns = [
    left('主题', 1.5),
    left('负责单位', 2.5),
    right('新增诉求'),
    right('待处理'),
    right('单位在办'),
  ];
  return [
    numbers(
      itemNumber(maker, 'needs.items', '新增诉求', { serviceKinds: [...asked], speaker: 'public' }),
      caseNumber(maker, 'needs.waiting', '待处理', { serviceKinds: [...asked], moment: 'open-at' }),
    ),
    tableOf([...columns, right('超期'), right('已处理')], cells),
  ];
};

const safetyRows: readonly Category[] = ['violence', 'emergency', 'fraud', 'phishing-link'];

export const safety: SectionBuilder = (maker) => {
  const query = { of: 'items' as const, ...maker.span, speaker: 'public' as const };
  const specs = safetyRows.map(
    (category): NumberSpec => ({
      ...{ id: `safety.${category}`, label: purposeNames[category], unit: 'item' },
      query: { ...query, categories: [category] },
    }),
  );
  const whole: NumberSpec = {
    ...{ id: 'safety.all', label: '合计', unit: 'item' },
    query: { ...query, categories: [...safetyRows] },
  };
  const told = maker.parts(whole, specs);
  return [
    numbers(told.whole, ...told.parts),
    note('涉及人身安全的数字不足10时不列出；个案由值班人员办理，不在简报中出现。'),
  ];
};

export const corrections: SectionBuilder = (maker) => [
  numbers(
    maker.number({
      ...{ id: 'corrections.changed', label: '发布后有改动', unit: 'item' },
      query: { of: 'live', ...maker.span, results: ['changed'], openOnly: false },
    }),
    maker.number({
      ...{ id: 'corrections.unapproved', label: '未经审校发布', unit: 'item' },
      query: { of: 'live', ...maker.span, results: ['published-without-approval'], openOnly: false },
    }),
    maker.number(liveSpec(maker, 'corrections.open', '待说明')),
    draftNumber(maker, 'corrections.correcting', '更正', 'correcting'),
    draftNumber(maker, 'corrections.recalled', '撤稿', 'recalled'),
    caseNumber(maker, 'corrections.own-error', '读者指出并确认的差错', {
      moment: 'decided',
      reasons: ['own-error'],
    }),
  ),
];

export const claims: SectionBuilder = (maker) => {
  const categories: Category[] = ['unverified-claim'];
  return [
    numbers(
      caseNumber(maker, 'claims.opened', '新增待核实说法', { moment: 'opened', categories }),
      caseNumber(maker, 'claims.verifying', '已转核实', { moment: 'decided', decisions: ['verify'] }),
      caseNumber(maker, 'claims.decided', '已处理', { moment: 'decided', categories }),
      caseNumber(maker, 'claims.waiting', '待处理', { moment: 'open-at', categories }),
    ),
  ];
};

export const operation: SectionBuilder = (maker, rows) => {
  const gaps = maker.gapsIn(maker.span);
  const troubles: Category[] = ['tamper', 'dead-link', 'stale', 'outage'];
  const { span } = maker;
  return [
    numbers(
      maker.number({
        ...{ id: 'operation.channels', label: '在采渠道', unit: 'channel' },
        query: { of: 'channels', ...span, needing: false },
      }),
      maker.number({
        ...{ id: 'operation.credentials', label: '登录凭证待处理', unit: 'channel' },
        query: { of: 'channels', ...span, needing: true },
      }),
      gapNumber(maker, 'operation.gaps', '采集缺口', 'any'),
      gapNumber(maker, 'operation.gaps-open', '其中未补齐', 'open'),
      ...troubles.map((category) =>
        caseNumber(maker, `operation.${category}`, purposeNames[category], {
          moment: 'opened',
          categories: [category],
        }),
      ),
    ),
    tableOf(
      [left('渠道', 3), left('缺口起', 2), left('缺口止', 2), left('状态', 1)],
      gaps
        .slice(0, rows)
        .map(({ id, channelId, from, to, filled }) =>
          [
            maker.names.channel(channelId),
            clockMinute(from),
            clockMinute(to),
            id.startsWith('unobserved/') ? '尚未采集' : filled ? '已补齐' : '未补齐',
          ].map(text),
        ),
      { none: '采集没有缺口。' },
    ),
  ];
};

export const closed: SectionBuilder = (maker) => {
  const { span, material } = maker;
  const query = { of: 'handovers' as const, ...span };
  const units = new Set(
    (['answered', 'closed'] as const).flatMap((moment) =>
      findSlips({ ...query, moment }, material).map(({ unitId }) => unitId),
    ),
  );
  const rows = [...units]
    .sort()
    .map((unitId) => [
      text(maker.names.unit(unitId)),
      ...(['answered', 'answered-late', 'closed'] as const).map((moment) =>
        cell(slipNumber(maker, `closed.${unitId}.${moment}`, moment, { moment, unitIds: [unitId] })),
      ),
    ]);
  return [
    numbers(
      caseNumber(maker, 'closed.decided', '已处理', { moment: 'decided' }),
      slipNumber(maker, 'closed.answered', '单位答复', { moment: 'answered' }),
      slipNumber(maker, 'closed.closed', '转办单办结', { moment: 'closed' }),
      caseNumber(maker, 'closed.replied', '已见官方回复', { moment: 'replied' }),
    ),
    tableOf([left('单位', 3), right('答复'), right('其中超期'), right('办结')], rows),
  ];
};
