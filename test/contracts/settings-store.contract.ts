import { afterEach, beforeEach, expect, it } from 'vitest';
import { Authority, emptyAuthority } from '../../pipeline/domain/authority.ts';
import { defaultTemplates } from '../../pipeline/domain/brief-template.ts';
import type { Channel, Unit } from '../../pipeline/domain/channel.ts';
import { Conflict, InvalidInput } from '../../pipeline/domain/errors.ts';
import type { ReviewChain } from '../../pipeline/domain/review-chain.ts';
import type { RosterEntry } from '../../pipeline/domain/roster.ts';
import type { LexiconRule } from '../../pipeline/domain/rule.ts';
import { emptySchoolCalendar, type SchoolCalendar } from '../../pipeline/domain/school-calendar.ts';
import type { SettingsStore } from '../../pipeline/ports/settings-store.ts';
import { FakeClock } from '../harness/fake-clock.ts';

export interface OpenedSettings {
  settings: SettingsStore;
  reopen(): Promise<SettingsStore>;
  /** Subjects of what was written beside the settings, oldest first. */
  listEvidence(): Promise<{ audit: string[]; outbox: string[] }>;
  close(): Promise<void>;
}

const units = (...names: string[]): Unit[] =>
  names.map((name, i) => ({ id: `unit-${i}`, name, aliases: [], topics: ['canteen'], places: [] }));
const channels: Channel[] = [
  {
    kind: 'site',
    id: 'main-site',
    name: '沧澜师范学院主页',
    unit: 'unit-0',
    state: 'live',
    startUrls: ['http://www.canglan.example/'],
    allow: [{ host: 'www.canglan.example', paths: ['/'] }],
    privateAddress: false,
    maxListPages: 50,
    everyMinutes: 60,
    requestsPerMinute: 60,
    selectors: { title: 'h1' },
    fetchedBy: 'http',
    attachments: true,
  },
];
const rule: LexiconRule = {
  id: 'service.canteen',
  version: 2,
  state: 'live',
  target: { serviceTopic: 'canteen' },
  severity: 1,
  confidence: 0.8,
  wordBoundary: true,
  words: ['食堂', '𠮷野家😀', '饭菜'.repeat(300)],
  allow: ['食堂经理'],
  pattern: null,
  variants: [],
  conditions: null,
  owner: '宣传部',
  purpose: '转后勤处答复',
  example: '食堂太挤',
  counterExample: '食堂经理来访',
  expiresOn: '2026-12-31',
};

const calendar: SchoolCalendar = {
  daysOff: [{ name: '校庆日', from: '2026-10-12' }],
  workingDays: [{ name: '运动会补课', day: '2026-10-18' }],
  periods: [{ name: '2026—2027学年第一学期', kind: 'term', from: '2026-09-07', to: '2027-01-15' }],
  enteredYears: [2027],
};

const chain: ReviewChain = {
  id: 'merged',
  name: '三审三校合并',
  mode: 'merged',
  channels: [],
  units: ['unit-0'],
  steps: [
    { step: 'first', role: 'unit-reviewer', persons: [] },
    { step: 'second', role: 'unit-head', persons: [] },
    { step: 'final', role: null, persons: ['zhangsan'] },
  ],
};
const shift: RosterEntry = {
  duty: 'publicity',
  days: { on: 'weekdays', weekdays: [1, 3] },
  from: '18:00',
  to: '08:00',
  person: 'zhangsan',
  backup: 'lisi',
  phone: '0571-8800 1234',
};

export function settingsStoreContract(open: () => Promise<OpenedSettings>): void {
  let opened: OpenedSettings;
  let settings: SettingsStore;
  let clock: FakeClock;

  beforeEach(async () => {
    opened = await open();
    settings = opened.settings;
    clock = new FakeClock();
  });
  afterEach(() => opened.close());

  const change = (expectedVersion: number, source = 'units.yaml') => ({
    expectedVersion,
    actorId: null,
    source,
    at: clock.now(),
    id: clock.newId(),
  });

  it('is empty at version 0', async () => {
    expect(await settings.read()).toEqual({
      version: 0,
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
    });
    expect(await settings.readVersion()).toBe(0);
    expect(await settings.listChanges()).toEqual([]);
  });

  it('gives the newest of every kind, whole', async () => {
    const governance = {
      school: '沧澜师范学院',
      controller: null,
      independentReviewer: '甲',
      noticeUrl: null,
      studentNumberPattern: null,
      restrictedSeries: [],
      contact: null,
      manyReadsPerDay: 60,
    };
    expect(await settings.save('units', units('后勤处'), change(0))).toBe(1);
    expect(await settings.save('channels', channels, change(1))).toBe(2);
    expect(await settings.save('units', units('后勤处', '财务处'), change(2))).toBe(3);
    expect(await settings.save('rules', [rule], change(3))).toBe(4);
    expect(await settings.save('governance', { ...governance, impactAssessment: null }, change(4))).toBe(5);
    expect(await settings.save('calendar', calendar, change(5))).toBe(6);
    expect(await settings.save('chains', [chain], change(6))).toBe(7);
    expect(await settings.save('roster', [shift], change(7))).toBe(8);
    const authority = Authority.parse({
      persons: [{ name: '示例甲', posts: [{ title: '校长', from: '2024-03-01', rank: 2 }] }],
      phrases: [{ id: 'plan', right: '“十四五”规划', wrong: ['十四五计划'], source: '学校文件' }],
    });
    expect(await settings.save('authority', authority, change(8))).toBe(9);
    expect(await (await opened.reopen()).read()).toEqual({
      version: 9,
      channels,
      units: units('后勤处', '财务处'),
      governance: { ...governance, impactAssessment: null },
      rules: [rule],
      calendar,
      chains: [chain],
      roster: [shift],
      routing: [],
      authority,
      briefs: defaultTemplates,
    });
    expect(await settings.readVersion()).toBe(9);
  });

  it('writes change, audit entry and outbox entry together', async () => {
    await settings.save('units', units('后勤处'), { ...change(0), actorId: 'user-1', source: 'command' });
    clock.advance(5000);
    await settings.save('rules', [rule], change(1, 'rules.yaml'));
    expect(await settings.listChanges()).toEqual([
      {
        version: 2,
        kind: 'rules',
        at: '2026-03-02T00:00:05.000Z',
        actorId: null,
        source: 'rules.yaml',
        digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
      expect.objectContaining({ version: 1, kind: 'units', actorId: 'user-1', source: 'command' }),
    ]);
    const subjects = ['units@1', 'rules@2'];
    expect(await opened.listEvidence()).toEqual({ audit: subjects, outbox: subjects });
  });

  it('writes nothing for the body that already stands, in whatever order its fields come', async () => {
    await settings.save('units', units('后勤处'), change(0));
    const reordered = units('后勤处').map(({ id, name, ...rest }) => ({ ...rest, name, id }));
    expect(await settings.save('units', reordered, change(1))).toBe(1);
    expect(await settings.save('units', units('后勤处'), change(0))).toBe(1);
    expect(await settings.listChanges()).toHaveLength(1);
    expect((await opened.listEvidence()).audit).toEqual(['units@1']);
  });

  it('keeps an earlier body that comes back as a new version', async () => {
    await settings.save('units', units('甲处'), change(0));
    await settings.save('units', units('乙处'), change(1));
    expect(await settings.save('units', units('甲处'), change(2))).toBe(3);
    expect((await settings.read()).units).toEqual(units('甲处'));
    const [third, second, first] = await settings.listChanges();
    expect(third?.digest).toBe(first?.digest);
    expect(second?.digest).not.toBe(first?.digest);
  });

  it('gives a kind as an earlier version left it', async () => {
    await settings.save('units', units('甲处'), change(0));
    await settings.save('rules', [rule], change(1));
    await settings.save('units', units('乙处'), change(2));
    expect(await settings.readPast('units', 1)).toEqual(units('甲处'));
    expect(await settings.readPast('rules', 2)).toEqual([rule]);
    expect(await settings.readPast('units', 2)).toBeNull();
    expect(await settings.readPast('units', 9)).toBeNull();
  });

  it('refuses a stale version, also of another kind, and writes nothing', async () => {
    await settings.save('units', units('后勤处'), change(0));
    await expect(settings.save('units', units('他处'), change(0))).rejects.toThrow(Conflict);
    await expect(settings.save('rules', [rule], change(0))).rejects.toThrow(Conflict);
    await expect(settings.save('rules', [rule], change(2))).rejects.toThrow(Conflict);
    expect((await settings.read()).version).toBe(1);
    expect((await opened.listEvidence()).outbox).toEqual(['units@1']);
  });

  it('has one winner among many who save at a time', async () => {
    const other = await opened.reopen();
    const saves = Array.from({ length: 12 }, (_, i) =>
      (i % 2 === 0 ? settings : other).save('units', units(`第${i}处`), change(0)),
    );
    const results = await Promise.allSettled(saves);
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(Conflict);
    }
    expect(await settings.readVersion()).toBe(1);
    expect((await opened.listEvidence()).audit).toHaveLength(1);
  });

  it('refuses a body that is no such settings', async () => {
    const wrong = [{ ...rule, severity: 9 }];
    await expect(settings.save('rules', wrong, change(0))).rejects.toThrow(InvalidInput);
    expect(await settings.readVersion()).toBe(0);
  });

  it('gives and takes copies', async () => {
    const body = units('后勤处');
    await settings.save('units', body, change(0));
    body.push(...units('后来'));
    const read = await settings.read();
    read.units.pop();
    expect((await settings.read()).units).toEqual(units('后勤处'));
  });
}
