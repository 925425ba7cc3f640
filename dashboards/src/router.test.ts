import { describe, expect, it } from 'vitest';
import { createMemoryHistory } from 'vue-router';
import { formatPage, formatPlace } from './lib/place.ts';
import { createAppRouter, linkOf, pageOf, placeOf, publicPageOf } from './router.ts';

const router = createAppRouter(createMemoryHistory());
const at = (hash: string) => router.resolve(hash.replace(/^#/, '') || '/');

describe('the workbench in the address', () => {
  it.each([
    { queue: 'review', caseId: null },
    { queue: 'safety', caseId: 'a/b c' },
    { queue: 'review', caseId: 'main-site:article:通知-1' },
    { queue: null, caseId: null },
  ] as const)('%o', (place) => {
    const route = at(formatPlace(place));
    expect(placeOf(route)).toEqual(place);
    expect(pageOf(route)).toEqual({ name: 'workbench', id: null });
  });
});

describe('the pages beside the workbench', () => {
  it.each([
    ['#/leads', { name: 'leads', id: null }],
    ['#/channels/main-site', { name: 'channels', id: 'main-site' }],
    ['#/instructions/case:0198-ab', { name: 'instructions', id: 'case:0198-ab' }],
  ] as const)('%s', (hash, page) => {
    expect(pageOf(at(hash))).toEqual(page);
    expect(formatPage(page)).toBe(hash);
  });

  it('are found with a question behind them', () => {
    const route = at('#/briefs/0198?number=overview.comments');
    expect(pageOf(route)).toEqual({ name: 'briefs', id: '0198' });
    expect(route.query.number).toBe('overview.comments');
  });

  it('an id that is none opens the list', () => {
    expect(pageOf(at('#/channels/../../x'))).toEqual({ name: 'channels', id: null });
  });
});

describe('an address that is no page', () => {
  it.each(['#/nonsense/xx', '#/workbench', '#/slip', '#/slip/short', '#/reviewer'])('%s', (hash) => {
    const route = at(hash);
    expect([pageOf(route), linkOf(route), publicPageOf(route)]).toEqual([null, null, null]);
  });

  it('a one-time link shows what its token opens', () => {
    const token = `${'a-_'.repeat(14)}Z`;
    expect(linkOf(at(`#/slip/${token}`))).toEqual({ to: 'slip', token });
    expect(linkOf(at(`#/draft-link/${token}`))).toEqual({ to: 'draft', token });
    expect(linkOf(at(`#/draft-link/${token}x`))).toBeNull();
  });
});
