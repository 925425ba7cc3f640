import type { EvidenceQuery, Measure, QueryOf } from './brief-evidence.ts';
import type { BriefNames } from './brief-maker.ts';
import { decisionNames, itemKindNames, levelNames, reasonNames, speakerNames } from './case-names.ts';
import { purposeNames } from './category.ts';
import type { LiveResult } from './live-match.ts';
import { dayBefore, shanghaiClock, shanghaiDay } from './time.ts';

const measureNames: Record<Measure, string> = {
  count: '',
  days: '有此类信息的天数',
  'median-decided': '发现至处理用时中位数',
  'median-received': '转出至签收用时中位数',
  'median-answered': '转出至答复用时中位数',
};

const caseMoments: Record<QueryOf<'cases'>['moment'], string> = {
  opened: '期内发现的线索',
  decided: '期内处理的线索',
  'open-at': '期末待处理的线索',
  replied: '期内已见官方回复的线索',
};
const slipMoments: Record<QueryOf<'handovers'>['moment'], string> = {
  sent: '期内转出的转办单',
  received: '期内签收的转办单',
  answered: '期内答复的转办单',
  'answered-late': '期内超期答复的转办单',
  closed: '期内办结的转办单',
  'with-unit-at': '期末在办的转办单',
  'late-at': '期末超期未答复的转办单',
};
const draftMoments: Record<QueryOf<'drafts'>['moment'], string> = {
  submitted: '期内送审的稿件',
  approved: '期内审定的稿件',
  published: '期内登记发布的稿件',
  correcting: '期内更正的稿件',
  recalled: '期内撤稿的稿件',
  returned: '期内退改的稿件',
  'waiting-at': '期末待审的稿件',
};
const liveNames: Record<LiveResult, string> = {
  match: '一致',
  changed: '发布后有改动',
  'published-without-approval': '未经审校发布',
  'approved-not-published': '审定未发布',
  'corrected-with-approval': '经审定更正',
  'not-required': '不须审校',
};
const registerNames: Record<QueryOf<'docket'>['register'], string> = {
  'public-request': '异议与更正申请登记簿',
  removal: '依法处置登记簿',
  'lawful-request': '机关依法调取登记簿',
};

type Narrowed = Partial<
  Pick<
    QueryOf<'items'>,
    'channelIds' | 'unitIds' | 'topics' | 'serviceKinds' | 'categories' | 'levels' | 'kinds' | 'speaker'
  > &
    Pick<QueryOf<'cases'>, 'decisions' | 'reasons' | 'lifeSafety'>
>;

/** What narrows a query, in words; ids that the school does not know stand as they are. */
function describeNarrowing(query: Narrowed, names: BriefNames): string[] {
  const listed = (label: string, values: readonly string[] | undefined): string[] =>
    values === undefined ? [] : [`${label}${values.join('、')}`];
  return [
    ...(query.speaker === undefined ? [] : [`来自${speakerNames[query.speaker]}`]),
    ...listed(
      '类型为',
      query.kinds?.map((one) => itemKindNames[one]),
    ),
    ...listed('渠道为', query.channelIds?.map(names.channel)),
    ...listed(
      '单位为',
      query.unitIds?.map((id) => (id === '' ? '尚未分办' : names.unit(id))),
    ),
    ...listed(
      '主题为',
      query.topics?.map((one) => purposeNames[one]),
    ),
    ...listed(
      '诉求为',
      query.serviceKinds?.map((one) => purposeNames[one]),
    ),
    ...listed(
      '类别为',
      query.categories?.map((one) => purposeNames[one]),
    ),
    ...listed(
      '等级为',
      query.levels?.map((one) => levelNames[one]),
    ),
    ...listed(
      '处理意见为',
      query.decisions?.map((one) => decisionNames[one]),
    ),
    ...listed(
      '理由为',
      query.reasons?.map((one) => reasonNames[one]),
    ),
    ...(query.lifeSafety === undefined ? [] : [query.lifeSafety ? '涉及人身安全' : '不涉及人身安全']),
  ];
}

function describeMatter(query: Exclude<EvidenceQuery, { of: 'derived' }>): string {
  switch (query.of) {
    case 'items':
      return '采集到的信息';
    case 'cases':
      return caseMoments[query.moment];
    case 'referred':
      return '期内转安全值班的线索（只计数）';
    case 'handovers':
      return slipMoments[query.moment];
    case 'gaps':
      return query.state === 'open' ? '期末未补齐的采集缺口' : '涉及本期的采集缺口';
    case 'drafts':
      return draftMoments[query.moment];
    case 'live':
      return `发后核查为${query.results.map((one) => liveNames[one]).join('、')}的信息${query.openOnly ? '，期末待说明' : ''}`;
    case 'channels':
      return query.needing ? '期末登录凭证待处理的渠道' : '在采渠道';
    case 'bursts':
      if (query.moment === undefined)
        return query.state === null ? '期内的声量突增' : '期内经人核定的声量突增';
      return `期内开始或延续${query.state === 'open' ? '、统计时进行中' : ''}的声量突增`;
    case 'topic-items':
      return '该话题中来自公众的信息';
    case 'docket':
      return `${registerNames[query.register]}期内${query.moment === 'received' ? '收到' : '办结'}的登记`;
    case 'reads':
      return '期内调阅原文的次数';
    default:
      return query satisfies never;
  }
}

const minute = (instant: string) => shanghaiClock(instant).slice(0, 16);

/** Whole days by their names. */
export function describeSpan({ from, until }: { from: string; until: string }): string {
  const isDays = [from, until].every((at) => minute(at).endsWith('00:00'));
  if (!isDays) return `${minute(from)} 至 ${minute(until)}`;
  const [first, last] = [shanghaiDay(from), dayBefore(shanghaiDay(until), 1)];
  return first === last ? first : `${first} 至 ${last}`;
}

/** What a number was counted from, in words, without the stretch of time. */
export function describeEvidence(
  query: Exclude<EvidenceQuery, { of: 'derived' }>,
  measure: Measure,
  names: BriefNames,
): string {
  const parts = [describeMatter(query), ...describeNarrowing(query as Narrowed, names)];
  const how = measureNames[measure] === '' ? '' : `，取${measureNames[measure]}`;
  return `${parts.join('，')}${how}`;
}
