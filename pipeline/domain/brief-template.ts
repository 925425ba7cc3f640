import { z } from 'zod';
import { BriefKind, briefKindNames, SectionId } from './brief.ts';

const line = (most: number) => z.string().trim().max(most);

const SectionTemplate = z.strictObject({
  id: SectionId,
  isOn: z.boolean(),
  title: line(30).min(1),
  /** The office's own line under the title. */
  intro: line(200),
  /** Of its tables, at most. */
  rows: z.int().min(1).max(50),
});

const ClockTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, '请写成 07:30 这样的时间');

/** When the machine makes the draft. `weekday` 1 is Monday, for weekly; `monthDay` for monthly. */
const BriefTime = z.strictObject({
  isOn: z.boolean(),
  at: ClockTime,
  /** For morning and daily: on working days alone, or on every day. */
  days: z.enum(['working', 'every']),
  weekday: z.int().min(1).max(7),
  monthDay: z.int().min(1).max(28),
});
export type BriefTime = z.infer<typeof BriefTime>;

export const BriefTemplate = z.strictObject({
  title: line(40).min(1),
  mark: line(30),
  header: line(60),
  footer: line(100),
  /** `{year}` and `{n}` are filled in, each once. */
  numberRule: line(40).refine((rule) => /\{year\}/.test(rule) && rule.split('{n}').length === 2, {
    error: '编号规则须含有 {year}，并含有一个 {n}',
  }),
  time: BriefTime,
  /** In the order of the page. */
  sections: z.array(SectionTemplate).max(40),
});
export type BriefTemplate = z.infer<typeof BriefTemplate>;

/** A settings kind of its own. */
export const BriefTemplates = z.strictObject({
  issuer: line(40),
  kinds: z.strictObject(
    Object.fromEntries(BriefKind.options.map((kind) => [kind, BriefTemplate])) as Record<
      BriefKind,
      typeof BriefTemplate
    >,
  ),
});
export type BriefTemplates = z.infer<typeof BriefTemplates>;

type SectionDefault = [SectionId, title: string, rows?: number];

/** What may stand in a kind, in the usual order: the practice of such offices. */
const sections: Record<BriefKind, readonly SectionDefault[]> = {
  morning: [
    ['overview', '新增'],
    ['attention', '待您处理'],
    ['handled', '已办'],
    ['overdue', '超期', 5],
    ['night', '夜间要情', 5],
  ],
  daily: [
    ['overview', '数字概览'],
    ['needs', '需当日回应的诉求', 10],
    ['safety', '安全提示'],
    ['corrections', '本校差错与更正'],
    ['claims', '谣言核实情况'],
    ['operation', '网站与账号运行'],
    ['closed', '昨日事项办结'],
    ['bursts', '声量突增', 5],
    ['duty', '值班与交接'],
    ['remarks', '研判与建议'],
  ],
  weekly: [
    ['overview', '数字概览'],
    ['trend', '趋势'],
    ['needs', '主要诉求与办理', 10],
    ['critical', '批评与建议', 11],
    ['topics', '主要话题', 10],
    ['bursts', '声量突增', 10],
    ['causes', '反复出现的问题', 10],
    ['late', '超期事项', 20],
    ['safety', '安全提示'],
    ['false-alarms', '误报'],
    ['corrections', '本校差错与更正'],
    ['publishing', '发布统计'],
    ['operation', '网站与账号运行'],
    ['remarks', '研判与建议'],
  ],
  monthly: [
    ['overview', '数字概览'],
    ['trend', '趋势'],
    ['needs', '主要诉求与办理', 10],
    ['critical', '批评与建议', 11],
    ['topics', '主要话题', 15],
    ['bursts', '声量突增', 15],
    ['causes', '反复出现的问题', 15],
    ['responses', '办理时效', 30],
    ['late', '超期事项', 30],
    ['safety', '安全提示'],
    ['false-alarms', '误报'],
    ['corrections', '本校差错与更正'],
    ['publishing', '发布统计'],
    ['operation', '网站与账号运行'],
    ['transparency', '公开与监督'],
    ['remarks', '研判与建议'],
  ],
  special: [
    ['summary', '概述'],
    ['course', '起因经过与关键节点', 20],
    ['spread', '传播态势', 10],
    ['demands', '诉求与批评', 11],
    ['handling', '处置', 20],
    ['assessment', '研判与建议'],
    ['appendix', '附录', 50],
  ],
};

const times: Record<BriefKind, Partial<BriefTime>> = {
  morning: { at: '07:30' },
  daily: { at: '08:00' },
  weekly: { at: '08:30' },
  monthly: { at: '09:00' },
  special: { isOn: false },
};

export const defaultTemplates: BriefTemplates = {
  issuer: '',
  kinds: Object.fromEntries(
    BriefKind.options.map((kind): [BriefKind, BriefTemplate] => [
      kind,
      {
        title: `网络舆情${briefKindNames[kind]}`,
        mark: '内部资料　注意保存',
        header: '',
        footer: '',
        numberRule: '〔{year}〕第{n}期',
        time: { isOn: true, at: '08:00', days: 'working', weekday: 1, monthDay: 1, ...times[kind] },
        sections: sections[kind].map(([id, title, rows = 10]) => ({
          id,
          isOn: true,
          title,
          intro: '',
          rows,
        })),
      },
    ]),
  ) as BriefTemplates['kinds'],
};

export interface TemplateProblem {
  path: (string | number)[];
  message: string;
}

const lineFields = [
  ['title', '标题'],
  ['mark', '标识'],
  ['header', '页眉'],
  ['footer', '页脚'],
] as const;
const numberPlaces = ['{year}', '{n}'];

/** What is written like a place to be filled in, and is none there: it would stand so on every page. */
function findUnknownPlace({ issuer, kinds }: BriefTemplates): TemplateProblem | null {
  const refuse = (path: (string | number)[], called: string, text: string, known: readonly string[] = []) => {
    const unknown = (text.match(/\{[^{}]*\}/g) ?? []).find((one) => !known.includes(one));
    if (unknown === undefined) return null;
    const what = known.length > 0 ? `只能用 ${known.join('、')}` : '不能用占位符';
    const where = known.length > 0 ? '' : `；${numberPlaces.join('、')} 只用在编号规则里`;
    return { path, message: `“${called}”里的 ${unknown} 不会被替换：这里${what}${where}` };
  };
  const found = BriefKind.options.flatMap((kind) => {
    const { sections: list, numberRule, ...lines } = kinds[kind];
    return [
      ...lineFields.map(([field, called]) => refuse(['kinds', kind, field], called, lines[field])),
      refuse(['kinds', kind, 'numberRule'], '编号规则', numberRule, numberPlaces),
      ...list.flatMap(({ title, intro }, index) => [
        refuse(['kinds', kind, 'sections', index, 'title'], '栏目名称', title),
        refuse(['kinds', kind, 'sections', index, 'intro'], '栏目说明', intro),
      ]),
    ];
  });
  return [refuse(['issuer'], '编发单位', issuer), ...found].find((one) => one !== null) ?? null;
}

/** What the shape alone does not tell; null when all is well. */
export function findTemplateProblem(templates: BriefTemplates): TemplateProblem | null {
  const { kinds } = templates;
  for (const kind of BriefKind.options) {
    const path = (index: number) => ['kinds', kind, 'sections', index, 'id'];
    const may = new Set(sections[kind].map(([id]) => id));
    const seen = new Set<SectionId>();
    for (const [index, { id }] of kinds[kind].sections.entries()) {
      const name = briefKindNames[kind];
      if (!may.has(id)) return { path: path(index), message: `${name}没有“${id}”这一栏` };
      if (seen.has(id)) return { path: path(index), message: `${name}里同一栏出现了两次` };
      seen.add(id);
    }
    if (!kinds[kind].sections.some(({ isOn }) => isOn))
      return { path: ['kinds', kind, 'sections'], message: '至少要有一栏' };
    if (kind === 'special' && kinds[kind].time.isOn)
      return { path: ['kinds', kind, 'time', 'isOn'], message: '专报由人起草，不能定时生成' };
  }
  return findUnknownPlace(templates);
}

/** As 〔2026〕第12期. */
export function formatBriefNumber(rule: string, year: number, running: number): string {
  return rule.replaceAll('{year}', String(year)).replace('{n}', String(running));
}
