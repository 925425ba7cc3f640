import { setImmediate } from 'node:timers/promises';
import type { AccessClass } from '../domain/access-class.ts';
import type { BriefPeriod } from '../domain/brief.ts';
import { type CaseFact, isLate } from '../domain/case-fact.ts';
import { caseStateNames, decisionNames, levelNames, reasonNames } from '../domain/case-names.ts';
import { purposeNames } from '../domain/category.ts';
import type { Gap } from '../domain/completeness.ts';
import { type Handover, isWithUnit } from '../domain/handover.ts';
import type { Settings } from '../domain/settings.ts';
import { shanghaiClock } from '../domain/time.ts';
import type { Ports, Stores } from '../ports/index.ts';
import type { Sheet, SheetValue } from '../ports/workbook-writer.ts';

export interface LedgerPorts {
  stores: Pick<Stores, 'rollups' | 'instructions' | 'handovers' | 'cases' | 'settings' | 'ledger'>;
  clock: Ports['clock'];
}

export interface LedgerOrder {
  period: Pick<BriefPeriod, 'fromDay' | 'toDay'>;
  /** Of who asks; what went to those on duty is left out whoever asks. */
  accessClasses: readonly AccessClass[];
  onProgress?: ((rows: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/** Others never leave the house in a list of single cases (R16, R19). */
const listed: readonly AccessClass[] = ['open', 'victim'];
const pageSize = 200;
const mostGaps = 1000;

const columns: Sheet['columns'] = [
  { title: '编号', width: 38 },
  { title: '发现时间', width: 17 },
  { title: '渠道', width: 18 },
  { title: '类别、诉求', width: 20 },
  { title: '等级', width: 8 },
  { title: '摘要', width: 44 },
  { title: '处理意见', width: 12 },
  { title: '理由', width: 18 },
  { title: '处理时间', width: 17 },
  { title: '负责单位', width: 18 },
  { title: '转办单号', width: 20 },
  { title: '要求办结', width: 17 },
  { title: '答复时间', width: 17 },
  { title: '是否超期', width: 10 },
  { title: '状态', width: 12 },
  { title: '办结时间', width: 17 },
];

const instant = (at: string | null | undefined): SheetValue =>
  at === null || at === undefined ? null : { at };

function describePurpose({ categories, service }: CaseFact): string {
  const said = service === null ? [] : [`${purposeNames[service.topic]}${purposeNames[service.kind]}`];
  return [...categories.map((one) => purposeNames[one]), ...said].join('、');
}

interface CaseRow {
  fact: CaseFact;
  /** What a person wrote on its card; '' for nothing. */
  gist: string;
  slip: Handover | null;
  closedAt: string | null;
}

/** What a person retold, of ordinary cases alone: it is never quoted, nor taken from a text. */
async function readGist({ caseId, accessClass }: CaseFact, { instructions }: LedgerPorts['stores']) {
  if (accessClass !== 'open') return '';
  const card = await instructions.findCard({ kind: 'case', caseId }, ['open']);
  return card?.gist ?? '';
}

async function readSlip({ caseId, decision }: CaseFact, { handovers }: LedgerPorts['stores']) {
  if (decision !== 'hand-over') return null;
  const slips = await handovers.listOfCase(caseId);
  return slips.find(({ state }) => state !== 'withdrawn') ?? null;
}

async function readClosed({ caseId, state, accessClass }: CaseFact, { cases }: LedgerPorts['stores']) {
  if (state !== 'closed') return null;
  const events = await cases.listEvents(caseId, { accessClasses: [accessClass] });
  return events.findLast(({ kind }) => kind === 'closed')?.at ?? null;
}

async function readRow(fact: CaseFact, stores: LedgerPorts['stores']): Promise<CaseRow> {
  const [gist, slip, closed] = await Promise.all([
    readGist(fact, stores),
    readSlip(fact, stores),
    readClosed(fact, stores),
  ]);
  return { fact, gist, slip, closedAt: slip?.closedAt ?? closed };
}

function isSlipLate(slip: Handover, now: string): boolean {
  const { id: handoverId, ownerUnitId: unitId, originAccessClass: accessClass } = slip;
  const fact = { ...slip, handoverId, unitId, accessClass, channelId: '', service: null };
  return isLate(fact, now);
}

function describeLate(slip: Handover | null, now: string): string {
  if (slip === null || slip.state === 'returned') return '';
  if (!isSlipLate(slip, now)) return '否';
  return isWithUnit(slip.state) ? '是（未答复）' : '是';
}

function valuesOf({ fact, gist, slip, closedAt }: CaseRow, settings: Settings, now: string): SheetValue[] {
  const { units, channels } = settings;
  const nameOf = (list: readonly { id: string; name: string }[], id: string | null) =>
    id === null ? '' : (list.find((one) => one.id === id)?.name ?? id);
  return [
    ...[fact.caseId, instant(fact.openedAt), nameOf(channels, fact.channelId)],
    ...[describePurpose(fact), levelNames[fact.level], gist],
    fact.decision === null ? '' : decisionNames[fact.decision],
    fact.reason === null ? '' : reasonNames[fact.reason],
    instant(fact.decidedAt),
    nameOf(units, slip?.ownerUnitId ?? fact.unitId),
    ...[slip?.number ?? '', instant(slip?.dueAt), instant(slip?.answeredAt ?? fact.replySeenAt)],
    ...[describeLate(slip, now), caseStateNames[fact.state], instant(closedAt)],
  ];
}

/** What is somebody's danger to themselves is in no list, whichever class it stands in. */
const isListed = ({ categories }: CaseFact): boolean => !categories.includes('self-harm');

async function* readRows(
  { period, onProgress, signal }: LedgerOrder,
  accessClasses: readonly AccessClass[],
  { stores, clock }: LedgerPorts,
): AsyncGenerator<SheetValue[]> {
  const settings = await stores.settings.read();
  const now = clock.now();
  let cursor: string | null = null;
  let count = 0;
  do {
    signal?.throwIfAborted();
    const page = await stores.rollups.listCases({
      ...{ ...period, accessClasses, moment: 'opened' },
      ...{ cursor, limit: pageSize },
    });
    const found = await Promise.all(page.items.filter(isListed).map((fact) => readRow(fact, stores)));
    for (const row of found) yield valuesOf(row, settings, now);
    count += found.length;
    onProgress?.(count);
    cursor = page.nextCursor;
    await setImmediate();
  } while (cursor !== null);
  if (count === 0) yield ['本期无线索。'];
}

async function listGaps(
  { fromDay, toDay }: LedgerOrder['period'],
  { ledger }: LedgerPorts['stores'],
): Promise<Gap[]> {
  const start = new Date(Date.parse(`${fromDay}T00:00:00+08:00`)).toISOString();
  const end = new Date(Date.parse(`${toDay}T24:00:00+08:00`)).toISOString();
  const both = await Promise.all([
    ledger.listGaps(null, 'open', mostGaps),
    ledger.listGaps(null, 'filled', mostGaps),
  ]);
  return both.flat().filter(({ from, to }) => from < end && to > start);
}

const minute = (at: string) => shanghaiClock(at).slice(0, 16);

async function* explain(
  { period }: LedgerOrder,
  accessClasses: readonly AccessClass[],
  { stores, clock }: LedgerPorts,
): AsyncGenerator<SheetValue[]> {
  const { fromDay, toDay } = period;
  yield ['统计时段', `${fromDay} 至 ${toDay}（按线索发现时间，北京时间；新的在前）`];
  yield ['导出时间', { at: clock.now() }];
  yield ['摘要', '只列工作人员在一分钟卡上写的概述，不摘录原文；没有写的为空。'];
  const without = accessClasses.includes('victim')
    ? '转安全值班的线索不列入；涉及他人受侵害的线索列入，但不写摘要。'
    : '转安全值班的线索、涉及他人受侵害的线索不列入。';
  yield ['未列入', without];
  yield ['答复时间', '转办的为单位答复时间，其他为首次见到官方回复的时间。'];
  const gaps = await listGaps(period, stores);
  if (gaps.length === 0) yield ['采集缺口', '本期采集无缺口。'];
  const { channels } = await stores.settings.read();
  for (const { channelId, from, to, filledAt } of gaps) {
    const name = channels.find(({ id }) => id === channelId)?.name ?? channelId;
    yield [
      '采集缺口',
      `${name}　${minute(from)} 至 ${minute(to)}　${filledAt === null ? '未补齐' : '已补齐'}`,
    ];
  }
}

/**
 * 舆情台账 of a period, one case a row, read page by page while it is written. What the caller may not see is left out before
 * anything is listed (R19).
 */
export function buildLedger(order: LedgerOrder, ports: LedgerPorts): Sheet[] {
  const accessClasses = listed.filter((one) => order.accessClasses.includes(one));
  return [
    { name: '舆情台账', columns, isFiltered: true, rows: readRows(order, accessClasses, ports) },
    {
      name: '说明',
      columns: [
        { title: '项目', width: 14 },
        { title: '内容', width: 80 },
      ],
      isFiltered: false,
      rows: explain(order, accessClasses, ports),
    },
  ];
}
