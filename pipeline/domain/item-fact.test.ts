import { expect, it } from 'vitest';
import { buildItemFact, type FactVerdict } from './item-fact.ts';

const post: Parameters<typeof buildItemFact>[0] = {
  ...{ id: 'weibo:comment:1', bucketHour: '2026-03-05T14', channelId: 'weibo', kind: 'comment' },
  ...{ official: false, accessClass: 'open' },
};
const verdict: FactVerdict = {
  findings: [{ category: 'fraud' }, { category: 'leak' }, { category: 'fraud' }],
  service: { kind: 'complaint', topic: 'canteen', unitId: 'logistics' },
  sentiment: { label: 'negative' },
  risk: { level: 'watch' },
};

it('says of an item what its verdict says, each category once and in one order', () => {
  expect(buildItemFact(post, verdict, null)).toEqual({
    ...{ postId: 'weibo:comment:1', hour: '2026-03-05T14', channelId: 'weibo', kind: 'comment' },
    ...{ accessClass: 'open', unitId: 'logistics', categories: ['leak', 'fraud'] },
    ...{ service: { kind: 'complaint', topic: 'canteen' }, tone: 'negative', level: 'watch' },
  });
});

it('says nothing of what nobody has judged: unjudged is not neutral', () => {
  const fact = { unitId: null, categories: [], service: null, tone: 'unjudged', level: 'unjudged' };
  expect(buildItemFact(post, null, null)).toMatchObject(fact);
});

it('knows whose matter it is: of the unit that it was handed to, before that of the directory', () => {
  expect(buildItemFact(post, verdict, 'library').unitId).toBe('library');
  expect(buildItemFact(post, null, 'library').unitId).toBe('library');
  expect(buildItemFact(post, { ...verdict, service: null }, null).unitId).toBeNull();
});

it('tells a comment of our own account from those of others', () => {
  expect(buildItemFact({ ...post, official: true }, null, null).kind).toBe('reply');
  expect(buildItemFact({ ...post, official: true, kind: 'status' }, null, null).kind).toBe('status');
});
