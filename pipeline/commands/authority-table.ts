import { z } from 'zod';
import { Authority, findAuthorityProblem } from '../domain/authority.ts';
import type { Actor } from '../domain/case.ts';
import { InvalidInput } from '../domain/errors.ts';
import { findSettingVersion, type SettingPorts, saveSetting } from './save-setting.ts';

export interface StoredAuthority {
  table: Authority;
  /** Of the settings that last changed it; 0 where nobody ever did. */
  version: number;
}

export async function readAuthority({ stores }: Pick<SettingPorts, 'stores'>): Promise<StoredAuthority> {
  const version = await findSettingVersion(stores, 'authority');
  return { table: (await stores.settings.read()).authority, version };
}

/** Names the first field that is wrong, as `persons.0.posts.1.until`. @throws InvalidInput */
function parseAuthority(table: unknown): Authority {
  const parsed = Authority.safeParse(table);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new InvalidInput((issue?.path ?? []).join('.') || 'table', z.prettifyError(parsed.error));
  }
  const problem = findAuthorityProblem(parsed.data);
  if (problem !== null) throw new InvalidInput(problem.path.join('.'), `${problem.message}。`);
  return parsed.data;
}

/**
 * The whole table anew: drafts are judged by it from now on, each for the day it is published.
 * @throws InvalidInput, Conflict when somebody else has changed it since the version seen
 */
export async function saveAuthority(
  request: { table: Authority; seenVersion: number },
  actor: Actor,
  ports: SettingPorts,
): Promise<StoredAuthority> {
  const table = parseAuthority(request.table);
  const stale = '权威信息表已有更新，请刷新后再修改。';
  const { seenVersion } = request;
  const version = await saveSetting(
    { kind: 'authority', build: () => table, seenVersion, stale },
    actor,
    ports,
  );
  return { table, version };
}
