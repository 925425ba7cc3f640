import { expect, test } from 'vitest';
import { buildContent, draftPeople } from '../../test/builders/draft.ts';
import type { DraftEvent } from './draft-move-command.ts';
import { buildDraft } from './draft-save.ts';
import { countDraftFigures, type DraftRecord } from './draft-statistics.ts';

const created = '2026-11-01T00:00:00.000Z';
const { draft, event } = buildDraft(
  { commandId: 'd1', unitId: 'library', content: buildContent() },
  draftPeople.writer,
  created,
);
const inReview = { from: 'in-review', to: 'in-review' } as const;
const on = (
  kind: DraftEvent['kind'],
  at: string,
  more: Partial<DraftEvent> = {},
  details = {},
): DraftEvent => ({
  ...event,
  ...{ kind, at: `2026-11-${at}:00.000Z`, ...inReview, round: 1 },
  ...more,
  details: { ...event.details, ...details },
});
const record = (events: DraftEvent[], more: Partial<DraftRecord> = {}): DraftRecord => ({
  ...{ draft, events: [event, ...events], reports: new Map() },
  ...more,
});
const november = { from: '2026-11-01', until: '2026-11-30' };
const step = (name: DraftEvent['details']['step'], errorsFound: number, late = false) => ({
  step: name,
  errorsFound,
  late,
});
const approved = { from: 'in-review', to: 'approved' } as const;

const walked = [
  on('submit', '02T01:00', { from: 'draft' }),
  on('return', '02T02:00', { to: 'returned' }),
  on('submit', '02T03:00', { from: 'returned', round: 2 }),
  on('pass', '02T05:00', {}, step('first', 3)),
  on('pass', '02T06:00', {}, step('second', 1)),
  on('pass', '02T10:00', approved, step('final', 0)),
  on('mark-published', '03T01:00', { from: 'approved', to: 'published' }),
];

test('one draft, from its first submission to its publication', () => {
  const finding = { category: 'typo' } as never;
  const reports = new Map([[1, { findings: [finding, finding], unchecked: [], stages: [] }]]);
  expect(countDraftFigures([record(walked, { reports })], november)).toEqual({
    ...{ submitted: 1, approved: 1, published: 1, corrected: 0, recalled: 0, returned: 1 },
    ...{ urgent: 0, late: 0, allowed: 0 },
    months: [{ month: '2026-11', submitted: 1, approved: 1 }],
    units: [{ unitId: 'library', submitted: 1, approved: 1, returned: 1 }],
    channels: [{ channelId: 'main-site', approved: 1 }],
    steps: [
      { step: 'first', passed: 1, errorsFound: 3, medianHours: 2 },
      { step: 'second', passed: 1, errorsFound: 1, medianHours: 1 },
      { step: 'final', passed: 1, errorsFound: 0, medianHours: 4 },
    ],
    findings: [{ category: 'typo', found: 2 }],
  });
});

test('what lies outside of the days asked for is not counted', () => {
  const figures = countDraftFigures([record(walked)], { from: '2026-12-01', until: '2026-12-31' });
  expect(figures).toMatchObject({ submitted: 0, approved: 0, months: [], units: [], steps: [] });
});

test('a correction is one, an approval only once, and a late review is late after two hours', () => {
  const corrected = [
    ...walked,
    on('start-correction', '04T01:00', { from: 'published', to: 'correcting' }),
    on('submit', '04T02:00', { from: 'correcting', round: 3 }),
    on('pass', '04T03:00', approved, step('final', 0)),
    on('pass', '04T05:30', { from: 'approved', to: 'approved' }, step('second', 0, true)),
    on('ask-recall', '05T01:00', { from: 'published', to: 'in-review' }),
    on('pass', '05T02:00', { from: 'in-review', to: 'recalled' }, step('final', 0)),
  ];
  expect(countDraftFigures([record(corrected)], november)).toMatchObject({
    ...{ approved: 1, corrected: 1, recalled: 1, late: 1 },
  });
});
