import { type FileTable, writeTableFile } from '../../../pipeline/commands/write-table-file.ts';
import {
  CompareView,
  type EvidenceView,
  HoursView,
  ResponsesView,
  SeriesView,
  TableView,
} from '../../contract/trends.ts';
import type { Handler } from '../../http/call.ts';
import type { FileAnswer } from '../../http/file-answer.ts';
import {
  compareTable,
  crossTable,
  evidenceTable,
  hoursTable,
  responsesTable,
  seriesTable,
  standingTable,
} from '../../present/trend-tables.ts';
import { readEvidencePage } from './evidence.ts';
import {
  compareTrends,
  readTrendHours,
  readTrendResponses,
  readTrendSeries,
  readTrendTable,
} from './read.ts';

interface Asked {
  fromDay: string;
  toDay: string;
  format: 'csv' | 'xlsx';
}

const mimes = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

function saveAs(tables: readonly FileTable[], { fromDay, toDay, format }: Asked): FileAnswer {
  const name = `${tables[0]?.name} ${fromDay} 至 ${toDay}.${format}`;
  return { bytes: writeTableFile(tables, format), mime: mimes[format], name, as: 'saved' };
}

/** The answer of a route, in a file. */
export const saveTrendSeries: Handler<'saveTrendSeries'> = async (call) => {
  const { format: _, ...query } = call.query;
  const view = SeriesView.parse(await readTrendSeries({ ...call, query }));
  return saveAs([seriesTable(view), standingTable(view)], call.query);
};

export const saveTrendCompare: Handler<'saveTrendCompare'> = async (call) => {
  const { format: _, ...query } = call.query;
  const view = CompareView.parse(await compareTrends({ ...call, query }));
  return saveAs([compareTable(view), standingTable(view)], call.query);
};

export const saveTrendHours: Handler<'saveTrendHours'> = async (call) => {
  const { format: _, ...query } = call.query;
  const view = HoursView.parse(await readTrendHours({ ...call, query }));
  return saveAs([hoursTable(view), standingTable(view)], call.query);
};

export const saveTrendTable: Handler<'saveTrendTable'> = async (call) => {
  const { format: _, ...query } = call.query;
  const view = TableView.parse(await readTrendTable({ ...call, query }));
  return saveAs([crossTable(view, call.query), standingTable(view)], call.query);
};

export const saveTrendResponses: Handler<'saveTrendResponses'> = async (call) => {
  const { format: _, ...query } = call.query;
  const view = ResponsesView.parse(await readTrendResponses({ ...call, query }));
  return saveAs([responsesTable(view), standingTable(view)], call.query);
};

const pageSize = 200;
const mostLines = 5000;

export const saveTrendEvidence: Handler<'saveTrendEvidence'> = async (call) => {
  const { format, ...query } = call.query;
  const items: EvidenceView[] = [];
  let cursor: string | null = null;
  do {
    const page = await readEvidencePage(
      { ...query, ...(cursor === null ? {} : { cursor }), limit: pageSize },
      call,
    );
    items.push(...page.items);
    cursor = page.nextCursor;
    call.signal.throwIfAborted();
  } while (cursor !== null && items.length < mostLines);
  const rest =
    cursor === null ? [] : [{ name: '说明', lines: [[`只列出前 ${items.length} 行，请缩短时间段。`]] }];
  return saveAs([evidenceTable(items), ...rest], { ...query, format });
};
