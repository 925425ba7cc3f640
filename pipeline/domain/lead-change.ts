import type { Actor, Case, CaseEvent } from './case.ts';
import { assertFree, eventOf } from './decision.ts';
import { Conflict } from './errors.ts';
import { type ChangeLead, documentKeyOf, type Lead, type LeadContent, type WithdrawLead } from './lead.ts';

/** What a change or a withdrawal makes of the lead and of its case, which it may not have yet. */
export interface LeadOutcome {
  lead: Lead;
  case: { next: Case; event: CaseEvent } | null;
  /** With what was changed, in words; for the case's history. */
  note: string;
}

function assertCurrent(lead: Lead, revision: number): void {
  if (lead.withdrawnAt !== null) throw new Conflict('这条线索已经撤回。');
  if (lead.revision !== revision) throw new Conflict('登记内容已有更新，请重新打开后再修改。');
}

function eventFor(
  known: { current: Case | null; kind: 'lead-changed' | 'lead-withdrawn'; commandId: string },
  change: Partial<Case>,
  actor: Actor,
  at: string,
): LeadOutcome['case'] {
  const { current, kind, commandId } = known;
  if (current === null) return null;
  assertFree(current, actor, at);
  const event = eventOf(current, commandId, kind, actor, at);
  return { next: { ...current, ...change, version: event.caseVersion }, event };
}

/** Pure: nothing is overwritten unseen. The event keeps who changed what and why; an earlier summary stays as a version. */
export function changeLead(
  known: { lead: Lead; current: Case | null; before: Pick<LeadContent, 'summary' | 'link'> },
  command: ChangeLead & LeadContent,
  actor: Actor,
  at: string,
): LeadOutcome {
  assertCurrent(known.lead, command.revision);
  const { source, documentNumber, deadline, receivedAt } = command;
  const facts = { source, documentNumber, deadline, receivedAt };
  const documentKey = documentKeyOf(documentNumber);
  const lead: Lead = { ...known.lead, ...facts, documentKey, revision: known.lead.revision + 1 };
  const changes = describeChanges({ ...known.lead, ...known.before }, command);
  const { commandId } = command;
  return {
    lead,
    case: eventFor({ current: known.current, kind: 'lead-changed', commandId }, { deadline }, actor, at),
    note: [command.reason, ...changes].join('\n'),
  };
}

/** Pure: its case waits for nobody any more. A decision that was made on it holds no longer. */
export function withdrawLead(
  known: { lead: Lead; current: Case | null },
  command: WithdrawLead,
  actor: Actor,
  at: string,
): LeadOutcome {
  assertCurrent(known.lead, command.revision);
  const { commandId } = command;
  const closed = { state: 'closed', decisionId: null, claim: null } as const;
  return {
    lead: { ...known.lead, revision: known.lead.revision + 1, withdrawnAt: at },
    case: eventFor({ current: known.current, kind: 'lead-withdrawn', commandId }, closed, actor, at),
    note: command.reason,
  };
}

const sourceNames: Record<Lead['source'], string> = {
  'superior-letter': '上级转办函',
  'hotline-12345': '12345 热线',
  'president-mailbox': '校长信箱',
  'visit-or-call': '来信来访、来电',
  'forwarded-link': '他人转来的链接',
  'media-inquiry': '媒体问询',
  other: '其他',
};

const shanghaiMinute = (instant: string | null): string =>
  instant === null
    ? '无'
    : new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');

/** A line for each field that differs. */
function describeChanges(
  before: Pick<Lead, 'source' | 'documentNumber' | 'deadline' | 'receivedAt'> &
    Pick<LeadContent, 'summary' | 'link'>,
  after: LeadContent,
): string[] {
  const line = (name: string, was: string, is: string) => (was === is ? [] : [`${name}：${was} → ${is}`]);
  return [
    ...line('来源', sourceNames[before.source], sourceNames[after.source]),
    ...line('文号', before.documentNumber ?? '无', after.documentNumber ?? '无'),
    ...line('期限', shanghaiMinute(before.deadline), shanghaiMinute(after.deadline)),
    ...line('收到', shanghaiMinute(before.receivedAt), shanghaiMinute(after.receivedAt)),
    ...(before.summary === after.summary ? [] : ['摘要已修改，原摘要可在原文修改记录中查看']),
    ...line('链接', before.link || '无', after.link ?? '无'),
  ];
}
