import { z } from 'zod';
import type { Actor } from './case.ts';
import { Conflict, InvalidInput, NotFound, NotPermitted } from './errors.ts';
import { hasPlaceholder } from './personal-hints.ts';
import {
  approvers,
  newestVersion,
  type StockAnswer,
  type StockAnswerKind,
  type StockAnswerState,
  type StockContent,
  type StockVersion,
  standingOf,
} from './stock-answer.ts';
import { daysBetween, shanghaiDay } from './time.ts';

interface Aimed {
  commandId: string;
  answerId: string;
  /** The revision that the person saw. */
  revision: number;
}
export interface WriteAnswer {
  type: 'write';
  commandId: string;
  /** Null for a new one. */
  answerId: string | null;
  revision: number | null;
  kind: StockAnswerKind;
  unitId: string;
  content: StockContent;
}
/** `check`: its numbers were called today. */
export const AnswerStep = z.enum(['submit', 'withdraw', 'check']);
export type AnswerStep = z.infer<typeof AnswerStep>;
export const AnswerRuling = z.enum(['approve', 'return', 'retire']);
export type AnswerRuling = z.infer<typeof AnswerRuling>;

export type AnswerCommand =
  | WriteAnswer
  | (Aimed & { type: AnswerStep })
  | (Aimed & { type: AnswerRuling; reason: string | null });

/** Who asks, and of which units' answers they may write; `all` for the publicity office and those on duty. */
export interface AnswerWriter {
  actor: Actor;
  units: 'all' | readonly string[];
}

/** The status table of one version. A change of an approved one is a new version, and so no move. */
const moves: Record<
  'submit' | 'withdraw' | 'approve' | 'return',
  [from: StockAnswerState, to: StockAnswerState]
> = {
  submit: ['draft', 'in-review'],
  withdraw: ['in-review', 'draft'],
  approve: ['in-review', 'approved'],
  return: ['in-review', 'draft'],
};

const refusals: Record<StockAnswerState, string> = {
  draft: '这个版本还是草稿。',
  'in-review': '这个版本正在送审，请先撤回再修改。',
  approved: '这个版本已经批准。',
  retired: '这个版本已经停用。',
};

const longestValidityDays = 3 * 366;

function assertContent({ validFrom, validUntil }: StockContent): void {
  if (validUntil < validFrom) throw new InvalidInput('validUntil', '失效日期应不早于生效日期。');
  if (daysBetween(validFrom, validUntil) > longestValidityDays) {
    throw new InvalidInput('validUntil', '有效期最长三年，到期请重新核对。');
  }
}

function assertOwnUnit({ units }: AnswerWriter, unitId: string): void {
  if (units !== 'all' && !units.includes(unitId)) throw new NotFound('没有这条口径。');
}

function draftOf(content: StockContent, version: number, actor: Actor, at: string): StockVersion {
  const empty = { submittedAt: null, approvedBy: null, approvedAt: null, retiredBy: null, retiredAt: null };
  return {
    ...content,
    version,
    state: 'draft',
    writtenBy: [actor.id],
    writtenAt: at,
    ...empty,
    remark: null,
  };
}

function write(
  current: StockAnswer | null,
  command: WriteAnswer,
  { actor }: AnswerWriter,
  at: string,
): StockAnswer {
  const { kind, unitId, content, commandId } = command;
  assertContent(content);
  if (current === null) {
    const first = draftOf(content, 1, actor, at);
    return { id: commandId, revision: 1, kind, unitId, createdAt: at, checked: null, versions: [first] };
  }
  if (kind !== current.kind) throw new InvalidInput('kind', '口径的类别不能改，请另写一条。');
  const newest = newestVersion(current);
  if (newest.state === 'in-review') throw new Conflict(refusals['in-review']);
  const changed = { ...current, unitId };
  if (newest.state !== 'draft') {
    return { ...changed, versions: [...current.versions, draftOf(content, newest.version + 1, actor, at)] };
  }
  const writtenBy = [...new Set([...newest.writtenBy, actor.id])];
  return replaceNewest(changed, { ...newest, ...content, writtenBy, writtenAt: at });
}

function replaceNewest(answer: StockAnswer, newest: StockVersion): StockAnswer {
  return { ...answer, versions: [...answer.versions.slice(0, -1), newest] };
}

function assertApprover(answer: StockAnswer, actor: Actor): void {
  if (actor.roles.includes(approvers[answer.kind])) return;
  throw new NotPermitted(
    answer.kind === 'help' ? '求助指引由安全值班人员审定。' : '这类口径由宣传部负责人审定。',
  );
}

function approve(answer: StockAnswer, actor: Actor, at: string): StockAnswer {
  const newest = newestVersion(answer);
  const today = shanghaiDay(at);
  if (newest.writtenBy.includes(actor.id)) {
    throw new NotPermitted('自己写过的版本要由另一位审定人批准。');
  }
  if (newest.validUntil < today) throw new Conflict('有效期已过，请先退回修改。');
  if (hasPlaceholder(newest.title, newest.body, newest.shortBody)) {
    throw new Conflict('正文里还有没填写的空（【…】），请先退回补全。');
  }
  if (standingOf(answer, today).check === 'overdue') {
    throw new Conflict('其中的号码一个月内没有核对过，请先拨打核对。');
  }
  return replaceNewest(answer, { ...newest, state: 'approved', approvedBy: actor.id, approvedAt: at });
}

function retire(answer: StockAnswer, remark: string | null, actor: Actor, at: string): StockAnswer {
  if (!answer.versions.some(({ state }) => state === 'approved')) {
    throw new Conflict('没有批准过的版本，不需要停用。');
  }
  const versions = answer.versions.map((one) => {
    return one.state === 'retired'
      ? one
      : { ...one, state: 'retired' as const, retiredBy: actor.id, retiredAt: at, remark };
  });
  return { ...answer, versions };
}

function act(
  answer: StockAnswer,
  command: Exclude<AnswerCommand, WriteAnswer>,
  { actor }: AnswerWriter,
  at: string,
): StockAnswer {
  const { type } = command;
  if (type === 'check') {
    if (answer.kind !== 'help') throw new InvalidInput('step', '只有求助指引需要核对号码。');
    return { ...answer, checked: { on: shanghaiDay(at), by: actor.id } };
  }
  if (type === 'approve' || type === 'return' || type === 'retire') {
    assertApprover(answer, actor);
    if (type !== 'approve' && (command.reason ?? '').trim().length < 2) {
      throw new InvalidInput('reason', '请写明原因。');
    }
    if (type === 'retire') return retire(answer, command.reason, actor, at);
  }
  const newest = newestVersion(answer);
  const [from, to] = moves[type];
  if (newest.state !== from) throw new Conflict(refusals[newest.state]);
  if (type === 'approve') return approve(answer, actor, at);
  const remark = 'reason' in command ? command.reason : newest.remark;
  const submittedAt = type === 'submit' ? at : newest.submittedAt;
  return replaceNewest(answer, { ...newest, state: to, submittedAt, remark });
}

/**
 * Pure: the answer after a command, one revision later. Nobody approves what they wrote.
 * @throws NotFound outside the person's units, Conflict for another revision or state, NotPermitted, InvalidInput
 */
export function changeStockAnswer(
  current: StockAnswer | null,
  command: AnswerCommand,
  writer: AnswerWriter,
  at: string,
): StockAnswer {
  if (current === null) {
    if (command.type !== 'write' || command.answerId !== null) throw new NotFound('没有这条口径。');
    assertOwnUnit(writer, command.unitId);
    return write(null, command, writer, at);
  }
  assertOwnUnit(writer, current.unitId);
  if (current.revision !== command.revision) throw new Conflict('这条口径已有更新，请重新打开后再改。');
  if (command.type === 'write') assertOwnUnit(writer, command.unitId);
  const next =
    command.type === 'write' ? write(current, command, writer, at) : act(current, command, writer, at);
  return { ...next, revision: current.revision + 1 };
}
