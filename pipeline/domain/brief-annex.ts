import { type BriefFacts, type BriefNumber, type BriefSection, briefUnitNames, showNumber } from './brief.ts';
import type { BriefNames } from './brief-maker.ts';
import { describeEvidence, describeSpan } from './describe-evidence.ts';
import { type PrintedBlock, type PrintedRow, withoutTurning } from './printed-document.ts';

interface AnnexHand extends BriefNames {
  /** Of a number's evidence in the application; null where there is none to open. */
  link(numberId: string): string | null;
}

interface Known extends AnnexHand {
  /** What the whole brief is about; not said again in every line. */
  span: { from: string; until: string };
  labels: ReadonlyMap<string, string>;
}

const titles = ['名称', '统计口径', '数值', '条目', '摘要'];
const widths = [22, 47, 10, 8, 13];
const none = '—';

function describeSource({ evidence }: BriefNumber, known: Known): string {
  const { query, measure } = evidence;
  if (query.of === 'derived') {
    return `${query.numbers.map((id) => `“${known.labels.get(id) ?? id}”`).join('减')}，即上面两项之差`;
  }
  const isWhole = query.from === known.span.from && query.until === known.span.until;
  const matter = describeEvidence(query, measure, known);
  return isWhole ? matter : `${matter}（${describeSpan(query)}）`;
}

const hrefOf = ({ id }: BriefNumber, { link }: Known): { href?: string } => {
  const href = link(id);
  return href === null ? {} : { href };
};

function rowOf(number: BriefNumber, known: Known): PrintedRow {
  const { query, total, digest } = number.evidence;
  const isCounted = total !== null && query.of !== 'derived';
  return {
    cells: [
      { text: withoutTurning(number.label), anchor: `n-${number.id}`, ...hrefOf(number, known) },
      { text: withoutTurning(describeSource(number, known)) },
      { text: showNumber(number), isNumber: true },
      { text: isCounted ? String(total) : none, isNumber: true },
      // The digest of nothing is the same everywhere.
      { text: isCounted && total > 0 ? digest.slice(0, 8) : none },
    ],
  };
}

type Chart = Extract<BriefSection['blocks'][number], { kind: 'chart' }>;

/** A line of a chart: what it is, and below it its values one after the other. */
function rowsOfSeries(chart: Chart, { name, values }: Chart['series'][number], known: Known): PrintedRow[] {
  const { title, labels } = chart;
  const query = values[0]?.evidence.query;
  const matter = query === undefined || query.of === 'derived' ? '' : describeEvidence(query, 'count', known);
  const parts = values.map((number, at) => ({
    text: withoutTurning(`${labels[at] ?? ''} ${showNumber(number, false)}`),
    ...{ anchor: `n-${number.id}`, ...hrefOf(number, known) },
  }));
  const unit = briefUnitNames[chart.unit];
  const said = `${labels[0] ?? ''}至${labels.at(-1) ?? ''}，逐项（${unit}）：`;
  return [
    {
      cells: [
        { text: withoutTurning(`${title}：${name}`) },
        { text: withoutTurning(matter), span: titles.length - 1 },
      ],
      isKept: true,
    },
    { cells: [{ text: withoutTurning(said), span: titles.length, parts }] },
  ];
}

function rowsOf({ title, blocks }: BriefSection, known: Known): PrintedRow[] {
  const rows = blocks.flatMap((block) => {
    if (block.kind === 'numbers') return block.numbers.map((number) => rowOf(number, known));
    if (block.kind === 'chart') return block.series.flatMap((series) => rowsOfSeries(block, series, known));
    if (block.kind !== 'table') return [];
    return block.rows.flatMap((row) =>
      row.flatMap((cell) => (cell.kind === 'number' ? [rowOf(cell.number, known)] : [])),
    );
  });
  return rows.length === 0 ? [] : [headingOf(title), ...rows];
}

const headingOf = (title: string): PrintedRow => ({
  cells: [{ text: withoutTurning(title), isLabel: true, span: titles.length }],
  isKept: true,
});

function labelsOf({ sections }: BriefFacts): Map<string, string> {
  const labels = new Map<string, string>();
  for (const { blocks } of sections) {
    for (const block of blocks) {
      const rows = block.kind === 'table' ? block.rows : [];
      for (const cell of rows.flat())
        if (cell.kind === 'number') labels.set(cell.number.id, cell.number.label);
    }
  }
  return labels;
}

/** 数字出处: what every number was counted from, by section and name as they stand on the page and on the screen. */
export function buildAnnex(facts: BriefFacts, hand: AnnexHand): PrintedBlock {
  const { sections, referred, period } = facts;
  const known: Known = {
    ...{ channel: hand.channel, unit: hand.unit, link: hand.link },
    ...{ span: { from: period.from, until: period.until }, labels: labelsOf(facts) },
  };
  const head = { cells: titles.map((text) => ({ text, isLabel: true })), isHead: true };
  const ofSections = sections.flatMap((section) => rowsOf(section, known));
  const rows = [...ofSections, headingOf('转安全值班'), rowOf(referred, known)];
  const note = [
    `没有写明时段的，统计时段为 ${describeSpan(period)}。`,
    '“条目”是统计到的条数；“摘要”是条目编号（排序，每行一个）SHA-256 的前8位，用于核对。',
    '每个数字由哪些条目得来，在系统中打开这份简报、点该数字查看。',
  ].join('');
  return {
    kind: 'annex',
    title: '附录　数字出处',
    blocks: [
      { kind: 'paragraph', text: note, small: true },
      { kind: 'table', widths, rows: [head, ...rows], isSmall: true },
    ],
  };
}
