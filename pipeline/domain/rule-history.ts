import { z } from 'zod';
import { RuleState } from './rule.ts';

/** Why a rule was brought into another state: a closed list, since the audit log holds codes and no text. */
export const RuleMoveReason = z.enum([
  'ready-for-trial',
  'trial-good',
  'too-many-hits',
  'wrong-hits',
  'to-be-revised',
  'replaced',
  'not-needed',
]);
export type RuleMoveReason = z.infer<typeof RuleMoveReason>;

interface RuleAt {
  ruleId: string;
  version: number;
}

interface RuleMove extends RuleAt {
  from: RuleState;
  to: RuleState;
  reason: RuleMoveReason | null;
}

/** What the list of changes says of one that a command made to one rule. */
export type RuleChange = ({ kind: 'saved' } & RuleAt) | ({ kind: 'moved' } & RuleMove);

export function describeSaving({ ruleId, version }: RuleAt): string {
  return `command: save ${ruleId}@${version}`;
}

export function describeMove({ ruleId, version, from, to, reason }: RuleMove): string {
  return `command: ${ruleId}@${version} ${from} to ${to}${reason === null ? '' : `, ${reason}`}`;
}

const saving = /^command: save (?<ruleId>\S+)@(?<version>\d+)$/;
const move = /^command: (?<ruleId>\S+)@(?<version>\d+) (?<from>\w+) to (?<to>\w+)(?:, (?<reason>[\w-]+))?$/;

/** Null for what came from a file, whichever rules it brought. */
export function parseRuleChange(source: string): RuleChange | null {
  const saved = saving.exec(source)?.groups;
  if (saved !== undefined) return { kind: 'saved', ...readAt(saved) };
  const moved = move.exec(source)?.groups;
  if (moved === undefined) return null;
  const states = z.object({ from: RuleState, to: RuleState }).safeParse(moved);
  if (!states.success) return null;
  const reason = RuleMoveReason.safeParse(moved.reason).data ?? null;
  return { kind: 'moved', ...readAt(moved), ...states.data, reason };
}

function readAt({ ruleId = '', version = '' }: Record<string, string>): RuleAt {
  return { ruleId, version: Number(version) };
}
