import { describe, expect, it } from 'vitest';
import { listAdmin } from './admin-parts.ts';
import type { Action } from './codes.ts';

const keysOf = (actions: readonly Action[]) =>
  listAdmin(actions).flatMap(({ entries }) => entries.map(({ key }) => key));

describe('what stands under administration', () => {
  it('is what one may open: separated administration keeps accounts and oversight apart', () => {
    const admin = keysOf(['user.manage', 'stand-in.manage', 'setup.import', 'roster.read', 'settings.read']);
    expect(admin).toEqual([
      'people',
      'stand-ins',
      'units',
      'rights',
      'roster',
      'notice',
      'retention',
      'setup',
      'settings',
    ]);
    const auditor = keysOf(['settings.read', 'audit.read', 'read-log.read', 'removal.read', 'request.read']);
    expect(auditor).toEqual(['rights', 'notice', 'registers', 'audit', 'read-log', 'retention', 'settings']);
  });

  it('leaves out groups of which there is nothing', () => {
    const groups = listAdmin(['authority.read']);
    expect(groups.map(({ entries }) => entries.length)).toEqual([1, 1]);
    expect(keysOf(['authority.read'])).toEqual(['rights', 'authority']);
  });

  it('shows the school calendar to who reads the figures it explains', () => {
    expect(keysOf(['authority.read', 'trend.read'])).toEqual(['rights', 'authority', 'calendar']);
    expect(keysOf(['authority.read'])).not.toContain('calendar');
  });

  it('names each place once', () => {
    const all = listAdmin(['user.manage', 'settings.read', 'audit.read', 'setup.import', 'webhook.manage']);
    const hrefs = all.flatMap(({ entries }) => entries.map(({ href }) => href));
    expect(new Set(hrefs).size).toBe(hrefs.length);
    expect(hrefs).toContain('#/admin/audit');
    expect(hrefs).toContain('#/people/stand-ins');
  });
});
