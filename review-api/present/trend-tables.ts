import type { z } from 'zod';
import type { FileTable } from '../../pipeline/commands/write-table-file.ts';
import { shanghaiClock } from '../../pipeline/domain/time.ts';
import type { TrendDimension } from '../../pipeline/domain/trend.ts';
import type {
  CompareView,
  EvidenceView,
  HoursView,
  ResponsesView,
  SeriesView,
  TableView,
} from '../contract/trends.ts';
import type { CoverView, standing } from '../contract/trends-cover.ts';
import { causeWord, dimensionWord, directionWords, reasonWord, valueWord } from './trend-words.ts';

type Cover = z.infer<typeof CoverView>;
interface Standing {
  coverage: z.infer<typeof standing.coverage>;
  behind: z.infer<typeof standing.behind>;
}

const text = (value: number | string | null): string => (value === null ? '' : String(value));
const percent = (share: number | null): string => (share === null ? '' : `${(share * 100).toFixed(1)}%`);
const whys = { gap: '缺口', pending: '未核对完', unobserved: '未采集' } as const;

function coverWords({ complete, shortfalls }: Cover): string {
  if (complete) return '完整';
  const parts = shortfalls.map(({ channel, why, cause, hours }) => {
    const reason = cause === null ? whys[why] : `${whys[why]}（${causeWord(cause)}）`;
    return `${channel.name}：${reason}${hours}小时`;
  });
  return parts.join('；');
}

/** With every file: what was read, and what was not. */
export function standingTable({ coverage, behind }: Standing): FileTable {
  const kinds = { watched: '持续采集', ended: '已停止采集', 'by-hand': '人工登记' } as const;
  const clock = (at: string | null) => (at === null ? '' : shanghaiClock(at));
  const lines = coverage.flatMap(({ channel, kind, readFrom, readTo, gaps }) => [
    [channel.name, kinds[kind], clock(readFrom), clock(readTo), ''],
    ...gaps.map(({ from, to, cause, state }) => {
      return [
        channel.name,
        `缺口：${causeWord(cause)}`,
        clock(from),
        clock(to),
        state === 'open' ? '未补' : '已补',
      ];
    }),
  ]);
  const uncounted = behind.waiting === 0 ? '数据正在重新统计' : `尚有 ${behind.waiting} 项变更未计入`;
  const waiting = behind.countedTo === null ? uncounted : `统计至 ${clock(behind.countedTo)}`;
  return { name: '数据完整性', lines: [['渠道', '情况', '从', '到', '状态'], ...lines, [waiting]] };
}

export function seriesTable({ points, values }: z.infer<typeof SeriesView>): FileTable {
  const names = values.map(({ value, name }) => valueWord(value, name));
  const lines = points.map((point) => {
    const counts = new Map(point.values.map(({ value, count }) => [value, count]));
    const split = values.map(({ value }) => (point.count === null ? '' : text(counts.get(value) ?? 0)));
    return [
      point.at,
      text(point.count),
      percent(point.share),
      text(point.perDay),
      coverWords(point.cover),
      ...split,
    ];
  });
  return { name: '趋势', lines: [['时间', '数量', '占比', '日均', '完整性', ...names], ...lines] };
}

export function compareTable({ now, before, total, lines }: z.infer<typeof CompareView>): FileTable {
  type Line = typeof total;
  const row = (name: string, line: Line) => [
    ...[name, text(line.now.count), text(line.now.perDay), text(line.before.count), text(line.before.perDay)],
    ...[
      text(line.change?.difference ?? null),
      text(line.change?.ratio ?? null),
      text(line.change?.chance ?? null),
    ],
    line.reason === null
      ? directionWords[line.change?.direction ?? 'unclear']
      : `不作比较：${reasonWord(line.reason)}`,
  ];
  const span = ({ fromDay, toDay }: typeof now) => `${fromDay} 至 ${toDay}`;
  const header = ['项目', span(now), '日均', span(before), '日均', '差', '比', '偶然概率', '判断'];
  const rows = lines.map(({ value, name, ...line }) => row(valueWord(value, name), line));
  return { name: '对比', lines: [header, row('合计', total), ...rows] };
}

export function hoursTable({ hours }: z.infer<typeof HoursView>): FileTable {
  const lines = hours.map(({ weekday, hour, count, observedHours, mean }) => [
    ...[`周${'一二三四五六日'[weekday - 1]}`, `${hour}时`, text(count), text(observedHours), text(mean)],
  ]);
  return { name: '时段分布', lines: [['星期', '小时', '数量', '完整采集的小时数', '平均每小时'], ...lines] };
}

export function crossTable(
  { rows, columns, cells, total }: z.infer<typeof TableView>,
  by: { rows: TrendDimension; columns: TrendDimension },
): FileTable {
  const counts = new Map(cells.map(({ row, column, count }) => [`${row} ${column}`, count]));
  const word = ({ value, name }: { value: string; name: string | null }) => valueWord(value, name);
  const header = [`${dimensionWord(by.rows)}＼${dimensionWord(by.columns)}`, ...columns.map(word), '合计'];
  const lines = rows.map((row) => [
    word(row),
    ...columns.map(({ value }) => text(counts.get(`${row.value} ${value}`) ?? 0)),
    text(row.count),
  ]);
  const last = ['合计', ...columns.map(({ count }) => text(count)), text(total.count)];
  return { name: '交叉表', lines: [header, ...lines, last] };
}

export function responsesTable({ total, byUnit, byTopic }: z.infer<typeof ResponsesView>): FileTable {
  type Line = typeof total;
  const row = (name: string, line: Line) => [
    ...[name, text(line.sent.count), text(line.received.count), text(line.toReceipt.medianMinutes)],
    ...[text(line.toReceipt.p90Minutes), text(line.answered.count), text(line.answeredLate.count)],
    ...[text(line.toAnswer.medianMinutes), text(line.toAnswer.p90Minutes), text(line.openNow.count)],
    ...[text(line.overdueNow.count), text(line.opened.count), text(line.decided.count)],
    ...[percent(line.decidedShare), text(line.toDecision.medianMinutes), text(line.toDecision.p90Minutes)],
  ];
  const header = [
    ...[
      '项目',
      '转出',
      '签收',
      '签收中位数（分钟）',
      '签收九成（分钟）',
      '答复',
      '逾期答复',
      '答复中位数（分钟）',
    ],
    ...[
      '答复九成（分钟）',
      '现未答复',
      '现已逾期',
      '新立线索',
      '已处理',
      '处理比',
      '处理中位数（分钟）',
      '处理九成（分钟）',
    ],
  ];
  const lines = [...byUnit, ...(byTopic ?? [])].map(({ value, name, ...line }) =>
    row(valueWord(value, name), line),
  );
  return { name: '响应时间', lines: [header, row('合计', total), ...lines] };
}

const clockOf = (at: string | null): string => (at === null ? '' : shanghaiClock(at));

export function evidenceTable(items: readonly EvidenceView[]): FileTable {
  const service = ({ service: said }: EvidenceView) =>
    said === null ? '' : `${valueWord(said.kind, null)}·${valueWord(said.topic, null)}`;
  const lines = items.map((item) => {
    const place = [item.channel.name, item.unit?.name ?? '', service(item)];
    switch (item.about) {
      case 'items':
        return [item.postId, item.hour, valueWord(item.kind, null), valueWord(item.level, null), ...place];
      case 'cases':
        return [
          item.caseId,
          clockOf(item.openedAt),
          clockOf(item.decidedAt),
          valueWord(item.level, null),
          ...place,
        ];
      case 'handovers':
        return [item.number, clockOf(item.sentAt), clockOf(item.answeredAt), clockOf(item.dueAt), ...place];
      default:
        return item satisfies never;
    }
  });
  const heads: Record<EvidenceView['about'], string[]> = {
    items: ['编号', '小时', '类型', '等级'],
    cases: ['线索', '立线索', '处理', '等级'],
    handovers: ['转办单', '转出', '答复', '期限'],
  };
  return { name: '依据', lines: [[...heads[items[0]?.about ?? 'items'], '渠道', '单位', '诉求'], ...lines] };
}
