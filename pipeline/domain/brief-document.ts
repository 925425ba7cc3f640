import {
  type Brief,
  type BriefBlock,
  type BriefCell,
  type BriefHand,
  type BriefNumber,
  type BriefSection,
  type BriefWords,
  showNumber,
} from './brief.ts';
import { buildAnnex } from './brief-annex.ts';
import { chartOfBlock, chartOfTable } from './brief-charts.ts';
import type { BriefNames } from './brief-maker.ts';
import { endsWithinDay } from './brief-period.ts';
import { type Chart, describeChart, isEmptyChart } from './chart.ts';
import {
  type PrintedBlock,
  type PrintedCell,
  type PrintedDocument,
  type PrintedFigure,
  type PrintedRow,
  withoutTurning,
} from './printed-document.ts';
import { shanghaiClock, shanghaiDay } from './time.ts';

/** A brief for paper: one that is stored, or one that was only counted, which has no id. */
export type PrintableBrief = Pick<
  Brief,
  'facts' | 'words' | 'number' | 'state' | 'hash' | 'wordsBy' | 'submittedBy' | 'submittedAt'
> &
  Pick<Brief, 'approvedBy' | 'approvedAt'> & { id: string | null };

export interface BriefPrinting extends BriefNames {
  person(id: string): string;
  /** Of a number's evidence in the application; null where there is none to open. */
  link(numberId: string): string | null;
}

const stamps: Record<Brief['state'], string | null> = {
  draft: '未经审定',
  submitted: '未经审定',
  approved: null,
  withdrawn: '已撤回',
  replaced: '已被更正',
};

const figures = '零一二三四五六七八九';

/** As 一、二、… 十一、…, as an office numbers its sections; up to 99. */
export function chineseNumber(one: number): string {
  const tens = Math.floor(one / 10);
  const rest = one % 10;
  const ten = tens === 0 ? '' : `${tens === 1 ? '' : figures[tens]}十`;
  return `${ten}${rest === 0 && tens > 0 ? '' : figures[rest]}`;
}

const label = (text: string): PrintedCell => ({ text, isLabel: true });

/** The notes of one section, each with its sign. */
class Notes {
  readonly #texts: string[] = [];

  /** @returns the sign; undefined for nothing to say */
  signOf({ note, suppressed, gaps }: BriefNumber): { mark?: string } {
    const said = [
      ...(suppressed === 'under-ten' ? ['少于10的数字不列出，以免指向个人。'] : []),
      ...(suppressed === 'would-reveal' ? ['不单列，以免由合计推算出少于10的数字。'] : []),
      ...(note === undefined ? [] : [note]),
      ...(gaps === undefined || note !== undefined ? [] : ['所涉时段采集有缺口，数字可能偏低。']),
    ].join('');
    if (said === '') return {};
    if (!this.#texts.includes(said)) this.#texts.push(said);
    return { mark: signs[this.#texts.indexOf(said)] ?? '*' };
  }

  get block(): PrintedBlock[] {
    if (this.#texts.length === 0) return [];
    const text = this.#texts.map((said, at) => `${signs[at] ?? '*'} ${withoutTurning(said)}`).join('\n');
    return [{ kind: 'paragraph', text: `注：${text}`, small: true }];
  }
}
const signs = [...'①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳'];

interface Hand extends Pick<BriefPrinting, 'link'> {
  notes: Notes;
  words: BriefWords;
  isDraft: boolean;
}

const linked = (number: BriefNumber, { link }: Pick<Hand, 'link'>): { href?: string } => {
  const href = link(number.id);
  return href === null ? {} : { href };
};

const figureOf = (number: BriefNumber, hand: Hand): PrintedFigure => ({
  label: withoutTurning(number.label),
  text: showNumber(number),
  ...linked(number, hand),
  ...hand.notes.signOf(number),
});

const cellOf = (cell: BriefCell, isNumber: boolean, hand: Hand): PrintedCell =>
  cell.kind === 'text'
    ? { text: withoutTurning(cell.text), ...(isNumber ? { isNumber } : {}) }
    : {
        text: showNumber(cell.number, false),
        isNumber: true,
        ...linked(cell.number, hand),
        ...hand.notes.signOf(cell.number),
      };

/** Where there is nothing to draw, it says so. */
const drawn = (chart: Chart): PrintedBlock[] =>
  isEmptyChart(chart) ? [{ kind: 'paragraph', text: describeChart(chart) }] : [{ kind: 'chart', chart }];

type TableBlock = Extract<BriefBlock, { kind: 'table' }>;

function tableOf(section: BriefSection, table: TableBlock, hand: Hand): PrintedBlock[] {
  const title =
    table.title === undefined ? [] : [{ kind: 'heading' as const, text: table.title, isMinor: true }];
  if (table.rows.length === 0) return [...title, { kind: 'paragraph', text: '本期无。' }];
  const whole = table.columns.reduce((sum, { weight }) => sum + weight, 0);
  const head: PrintedRow = {
    cells: table.columns.map(({ title: name, align }) => ({
      ...label(name),
      ...(align === 'right' ? { isNumber: true } : {}),
    })),
    isHead: true,
  };
  const rows = table.rows.map((row) => ({
    cells: row.map((cell, at) => cellOf(cell, table.columns[at]?.align === 'right', hand)),
  }));
  const chart = chartOfTable(section, table);
  return [
    ...title,
    {
      kind: 'table',
      widths: table.columns.map(({ weight }) => (weight * 100) / whole),
      rows: [head, ...rows],
    },
    ...(chart === null || isEmptyChart(chart) ? [] : drawn(chart)),
  ];
}

type WordsBlock = Extract<BriefBlock, { kind: 'words' }>;

function wordsOf(
  { title }: BriefSection,
  { field, label: name }: WordsBlock,
  { words, isDraft }: Hand,
): PrintedBlock[] {
  const text = withoutTurning(words[field] ?? '').trim();
  if (text === '' && !isDraft) return [];
  return [
    ...(name === title ? [] : [{ kind: 'heading' as const, text: name, isMinor: true }]),
    text === '' ? { kind: 'paragraph', text: '（待填写）' } : { kind: 'paragraph', text, isProse: true },
  ];
}

function blockOf(section: BriefSection, block: BriefBlock, hand: Hand): PrintedBlock[] {
  switch (block.kind) {
    case 'numbers':
      return block.numbers.length === 0
        ? []
        : [{ kind: 'figures', items: block.numbers.map((one) => figureOf(one, hand)) }];
    case 'table':
      return tableOf(section, block, hand);
    case 'chart':
      return drawn(chartOfBlock(block));
    case 'words':
      return wordsOf(section, block, hand);
    case 'note':
      return [
        {
          kind: 'paragraph',
          text: withoutTurning(block.text),
          ...(block.tone === 'warning' ? { isWarning: true } : {}),
        },
      ];
    default:
      return block satisfies never;
  }
}

function sectionOf(section: BriefSection, index: number, common: Omit<Hand, 'notes'>): PrintedBlock[] {
  const notes = new Notes();
  const hand = { ...common, notes };
  const blocks = section.blocks.flatMap((block) => blockOf(section, block, hand));
  const intro = withoutTurning(section.intro).trim();
  const body: PrintedBlock[] = blocks.length === 0 ? [{ kind: 'paragraph', text: '本期无。' }] : blocks;
  return [
    { kind: 'heading', text: `${chineseNumber(index + 1)}、${withoutTurning(section.title)}` },
    ...(intro === '' ? [] : [{ kind: 'paragraph' as const, text: intro, isProse: true }]),
    ...body,
    ...notes.block,
  ];
}

const minute = (at: string) => shanghaiClock(at).slice(0, 16);

function gapsOf({ facts }: PrintableBrief, { channel }: BriefNames): PrintedBlock[] {
  // The morning says it in a sentence, and the section on the running of sites in a table of its own.
  if (facts.kind === 'morning' || facts.sections.some(({ id }) => id === 'operation')) return [];
  const heading: PrintedBlock = { kind: 'heading', text: '采集缺口', isMinor: true };
  if (facts.gaps.length === 0) return [heading, { kind: 'paragraph', text: '本期采集无缺口。' }];
  const head = { cells: ['渠道', '起', '止', '状态'].map(label), isHead: true };
  const rows = facts.gaps.map(({ channelId, from, to, filled }) => ({
    cells: [channel(channelId), minute(from), minute(to), filled ? '已补齐' : '未补齐'].map((text) => ({
      text: withoutTurning(text),
    })),
  }));
  return [heading, { kind: 'table', widths: [40, 23, 23, 14], rows: [head, ...rows] }];
}

function signatures(brief: PrintableBrief, { person }: BriefPrinting): PrintedBlock[] {
  const name = (hand: BriefHand | null, without = '') => {
    if (hand === null) return without;
    const behalf = hand.onBehalfOf === null ? '' : `（代${person(hand.onBehalfOf)}）`;
    return withoutTurning(`${person(hand.actorId)}${behalf}`);
  };
  const at = (instant: string | null) => (instant === null ? '' : minute(instant));
  const cells = [
    ...[label('编写'), { text: name(brief.wordsBy, '系统汇总') }, { text: at(brief.facts.countedAt) }],
    ...[label('审核'), { text: name(brief.submittedBy) }, { text: at(brief.submittedAt) }],
    ...[label('签发'), { text: name(brief.approvedBy) }, { text: at(brief.approvedAt) }],
  ];
  if (brief.facts.kind === 'morning') {
    const short = `编写：${name(brief.wordsBy, '系统汇总')}　审核：${name(brief.submittedBy)}　签发：${name(brief.approvedBy)}`;
    return [{ kind: 'paragraph', text: short, small: true }];
  }
  const rows = [0, 3, 6].map((from) => ({ cells: cells.slice(from, from + 3) }));
  return [{ kind: 'table', widths: [14, 46, 40], rows, isKept: true }];
}

function periodText({ facts }: PrintableBrief): string {
  const { from, until } = facts.period;
  if (facts.kind === 'morning' || endsWithinDay(facts.period)) return `${minute(from)} 至 ${minute(until)}`;
  const { fromDay, toDay } = facts.period;
  return fromDay === toDay ? fromDay : `${fromDay} 至 ${toDay}`;
}

function footerOf({ facts, hash }: PrintableBrief): string {
  const own = withoutTurning(facts.head.footer).trim();
  const seal = hash === null ? `统计时间 ${minute(facts.countedAt)}` : `存档 SHA-256 ${hash}`;
  return own === '' ? seal : `${own}　${seal}`;
}

/** Pure: what is archived, as an office hands it in; what nobody has approved says so on every page. */
export function buildBriefDocument(brief: PrintableBrief, printing: BriefPrinting): PrintedDocument {
  const { facts, number, state } = brief;
  const { head, sections, referred } = facts;
  const stamp = stamps[state];
  const common = {
    link: printing.link,
    words: brief.words,
    isDraft: state === 'draft' || state === 'submitted',
  };
  const day = shanghaiDay(brief.approvedAt ?? facts.countedAt);
  const running = [head.issuer, head.title, number ?? '', head.header]
    .map(withoutTurning)
    .filter((one) => one !== '');
  const duty =
    referred.suppressed === 'would-reveal'
      ? '涉及个人安全的事项由值班人员办理，只在整月的月报中计数。'
      : `已转安全值班：${showNumber(referred)}（只计数，个案不在简报中出现）`;
  return {
    title: withoutTurning(head.title),
    subtitle: periodText(brief),
    cover: {
      ...{ mark: withoutTurning(head.mark), issuer: withoutTurning(head.issuer), date: day },
      number: number === null ? '（期号审定后编排）' : withoutTurning(number),
    },
    header: running.join('　'),
    ...(stamp === null ? {} : { stamp }),
    footer: footerOf(brief),
    blocks: [
      { kind: 'paragraph', text: `统计时段：${periodText(brief)}（北京时间）。${duty}`, small: true },
      ...sections.flatMap((section, index) => sectionOf(section, index, common)),
      ...gapsOf(brief, printing),
      ...signatures(brief, printing),
      buildAnnex(facts, printing),
    ],
  };
}
