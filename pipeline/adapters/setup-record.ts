import { z } from 'zod';
import { Conflict } from '../domain/errors.ts';
import type { SetupCounts } from '../domain/setup/setup-plan.ts';
import type { NewAuditEntry } from '../ports/audit-log.ts';
import type { SetupReceipt, SetupWrite } from '../ports/setup-store.ts';

const action = 'setup.imported';

const Count = z.object({ added: z.int(), changed: z.int(), removed: z.int(), unchanged: z.int() }).nullable();
const Payload = z.object({
  counts: z.object({ units: Count, people: Count, roster: Count, chains: Count }),
}) satisfies z.ZodType<{ counts: SetupCounts }>;

/** The import as a whole: counts, and the digest of what was confirmed; no name. */
export function describeImport(write: SetupWrite): NewAuditEntry {
  const { commandId, at, actorId, digest, counts, source } = write;
  return { id: commandId, log: 'audit', at, actorId, action, subject: digest, payload: { counts, source } };
}

/** @param found the audit entry of that id @throws Conflict when it tells of something else */
export function readReceipt(
  found: { action: string; subject: string; body: string | null } | null,
  digest: string,
): SetupReceipt | null {
  if (found === null) return null;
  if (found.action !== action || found.subject !== digest)
    throw new Conflict('同一编号的导入已经完成过，内容不同。');
  const empty = { units: null, people: null, roster: null, chains: null };
  // The payload goes after its term; the entry stays.
  const counts = found.body === null ? empty : Payload.parse(JSON.parse(found.body)).counts;
  return { counts, repeated: true };
}

export const settingsMoved = () => new Conflict('设置已被别人修改，请重新检查后再导入。');

/** Between the look and the write, or twice in one import. */
export const accountTaken = () => new Conflict('账号或登录身份已被使用，请重新检查后再导入。');
