import { createHash } from 'node:crypto';
import { z } from 'zod';
import { emptyAuthority } from '../domain/authority.ts';
import { defaultTemplates } from '../domain/brief-template.ts';
import { Conflict, InvalidInput } from '../domain/errors.ts';
import type { OutboxEntry } from '../domain/outbox.ts';
import { emptySchoolCalendar } from '../domain/school-calendar.ts';
import { type Settings, type SettingsBody, type SettingsKind, settingsBodies } from '../domain/settings.ts';
import type { NewAuditEntry } from '../ports/audit-log.ts';

interface NewVersion {
  kind: SettingsKind;
  body: SettingsBody<SettingsKind>;
  expectedVersion: number;
  actorId: string | null;
  source: string;
  at: string;
  id: string;
}
/** As it is kept: the body as JSON, with its SHA-256 in hex. */
export type PreparedVersion = Omit<NewVersion, 'body'> & { body: string; digest: string };

/** @throws InvalidInput */
export function prepareVersion(change: NewVersion): PreparedVersion {
  const parsed = settingsBodies[change.kind].safeParse(change.body);
  if (!parsed.success) throw new InvalidInput(`settings.${change.kind}`, z.prettifyError(parsed.error));
  const body = JSON.stringify(parsed.data);
  return { ...change, body, digest: createHash('sha256').update(body).digest('hex') };
}

export function staleVersion(stored: number, expected: number): Conflict {
  return new Conflict(`The settings are at version ${stored}, not ${expected}: read them again, then save.`);
}

/** Who changed what, without the body. @param next the version that the change makes */
export function describeVersion(
  { kind, source, digest, id, at, actorId }: PreparedVersion,
  next: number,
): { audit: NewAuditEntry; outbox: OutboxEntry } {
  const action = 'settings.changed';
  const subject = `${kind}@${next}`;
  const payload = { kind, version: next, source, digest };
  return {
    audit: { id, log: 'audit', at, actorId, action, subject, payload },
    outbox: { id, topic: action, subject, createdAt: at },
  };
}

/** @param body as it is kept */
export function readBody<K extends SettingsKind>(kind: K, body: string): SettingsBody<K> {
  return settingsBodies[kind].parse(JSON.parse(body)) as SettingsBody<K>;
}

/** @param bodies the newest of each kind, as JSON */
export function assembleSettings(
  version: number,
  bodies: Iterable<{ kind: SettingsKind; body: string }>,
): Settings {
  const settings: Settings = {
    version,
    channels: [],
    units: [],
    governance: null,
    rules: [],
    calendar: emptySchoolCalendar,
    chains: [],
    roster: [],
    routing: [],
    authority: emptyAuthority,
    briefs: defaultTemplates,
  };
  for (const { kind, body } of bodies) {
    Object.assign(settings, { [kind]: settingsBodies[kind].parse(JSON.parse(body)) });
  }
  return settings;
}
