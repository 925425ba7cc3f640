import type { BriefBlock, BriefNumber, BriefSection, BriefUnit } from '../../pipeline/domain/brief.ts';
import type { PrintableBrief } from '../../pipeline/domain/brief-document.ts';
import type { EvidenceQuery } from '../../pipeline/domain/brief-evidence.ts';

const digest = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const span = { from: '2026-11-15T16:00:00.000Z', until: '2026-11-22T16:00:00.000Z' };

export function buildNumber(
  id: string,
  value: number | null,
  more: Partial<BriefNumber> & { query?: EvidenceQuery } = {},
): BriefNumber {
  const { query = { of: 'items', ...span, speaker: 'public' }, ...rest } = more;
  return {
    ...{ id, value, label: id, unit: 'item' as BriefUnit },
    ...rest,
    evidence: { query, measure: 'count', total: rest.suppressed === undefined ? value : null, digest },
  };
}

const columns = [
  { title: '单位', align: 'left' as const, weight: 3 },
  { title: '答复', align: 'right' as const, weight: 1 },
  { title: '用时中位数（分钟）', align: 'right' as const, weight: 2 },
];

const unitRow = (name: string, count: number, minutes: number | null) => [
  { kind: 'text' as const, text: name },
  { kind: 'number' as const, number: buildNumber(`responses.${name}.answered`, count, { unit: 'slip' }) },
  { kind: 'number' as const, number: buildNumber(`responses.${name}.median`, minutes, { unit: 'minutes' }) },
];

const days = ['11月16日', '11月17日', '11月18日', '11月19日', '11月20日', '11月21日', '11月22日'];

const dayChart = (): BriefBlock => ({
  ...{ kind: 'chart', form: 'stacked-bars', title: '每日诉求', unit: 'item', labels: days, gapAt: [3] },
  series: ['投诉', '建议', '咨询'].map((name, at) => ({
    name,
    values: days.map((day, index) =>
      buildNumber(`trend.${at}.${index}`, 4 + ((index * 5 + at * 3) % 11), {
        label: `${day}${name}`,
        ...(index === 3 ? { gaps: ['gap-1'] } : {}),
      }),
    ),
  })),
});

export function buildSections(): BriefSection[] {
  const late: EvidenceQuery = { of: 'handovers', ...span, moment: 'late-at' };
  return [
    {
      ...{ id: 'overview', title: '数字概览', intro: '' },
      blocks: [
        {
          kind: 'numbers',
          numbers: [
            buildNumber('overview.public', 1286, { label: '留言与线索', gaps: ['gap-1'] }),
            buildNumber('overview.opened', 42, { label: '新增待办', unit: 'case' }),
            buildNumber('overview.decided', 38, { label: '已处理', unit: 'case' }),
            buildNumber('overview.late', 3, { label: '超期未答复', unit: 'slip', query: late }),
            buildNumber('safety.violence', null, { label: '暴力威胁', suppressed: 'under-ten' }),
          ],
        },
        { kind: 'note', text: '采集有缺口，以下渠道的数字可能偏低：官方微博。', tone: 'warning' },
      ],
    },
    { id: 'trend', title: '趋势', intro: '与上一周相比。', blocks: [dayChart()] },
    {
      ...{ id: 'responses', title: '办理时效', intro: '' },
      blocks: [
        {
          ...{ kind: 'table', columns },
          rows: [unitRow('后勤处', 12, 1210), unitRow('教务处', 7, 305), unitRow('计划财务处', 0, null)],
        },
      ],
    },
    { id: 'late', title: '超期事项', intro: '', blocks: [{ kind: 'table', columns, rows: [] }] },
    {
      ...{ id: 'remarks', title: '研判与建议', intro: '' },
      blocks: [
        {
          ...{ kind: 'words', field: 'remarks', label: '研判与建议', hint: '' },
          ...{ mostCharacters: 600, isRequired: false },
        },
      ],
    },
  ];
}

/** An approved weekly brief as it is archived. */
export function buildBrief(
  more: Partial<PrintableBrief> = {},
  facts: Partial<PrintableBrief['facts']> = {},
): PrintableBrief {
  return {
    ...{ id: '0199aaaa-0000-7000-8000-000000000001', state: 'approved', number: '〔2026〕第12期' },
    hash: 'b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9',
    words: {
      remarks: '食堂价格问题连续三天出现，建议后勤处公布成本说明。\n宿舍热水故障已修复，继续关注。',
    },
    wordsBy: { actorId: 'u-analyst', onBehalfOf: null },
    submittedBy: { actorId: 'u-reviewer', onBehalfOf: null },
    submittedAt: '2026-11-23T00:40:00.000Z',
    approvedBy: { actorId: 'u-director', onBehalfOf: 'u-leader' },
    approvedAt: '2026-11-23T01:10:00.000Z',
    ...more,
    facts: {
      ...{ kind: 'weekly', countedAt: '2026-11-23T00:30:00.000Z', subject: null },
      period: { ...span, fromDay: '2026-11-16', toDay: '2026-11-22' },
      head: {
        ...{ issuer: '党委宣传部', title: '网络舆情周报', mark: '内部资料　注意保存' },
        ...{ header: '', footer: '', numberRule: '〔{year}〕第{n}期' },
      },
      sections: buildSections(),
      gaps: [
        {
          ...{ id: 'gap-1', channelId: 'weibo-main', filled: false },
          ...{ from: '2026-11-19T02:00:00.000Z', to: '2026-11-19T08:00:00.000Z' },
        },
      ],
      referred: buildNumber('referred', null, {
        ...{ label: '转安全值班', unit: 'case', suppressed: 'under-ten' },
        query: { of: 'referred', ...span },
      }),
      ...{ templateVersion: 1, settingsVersion: 7 },
      ...facts,
    },
  };
}

const names: Record<string, string> = {
  ...{ 'u-analyst': '王丽华', 'u-reviewer': '孙敏', 'u-director': '李建国', 'u-leader': '赵伟' },
  'weibo-main': '官方微博',
};

export const briefPrinting = {
  channel: (id: string) => names[id] ?? id,
  unit: (id: string) => names[id] ?? id,
  person: (id: string) => names[id] ?? id,
  link: (number: string) => `http://guanlan.example.edu.cn/#/briefs/b1?number=${encodeURIComponent(number)}`,
};
