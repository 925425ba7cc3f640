import { expect, it } from 'vitest';
import { books, stepsFor } from './docket-books.ts';
import type { AnyDetail } from './docket-labels.ts';

const lawful = books.find(({ name }) => name === 'lawful');
const entry = (consents: AnyDetail['consents']): AnyDetail => ({
  ...{ id: 'id', number: '依调〔2026〕1号', version: 1, openedAt: '2026-11-20T02:00:00.000Z' },
  ...{ moves: [], people: [], texts: [], consents },
  facts: {
    ...{ kind: 'lawful-request', state: 'registered', organ: '某局', documentNumber: '1号' },
    ...{ receivedAt: '2026-11-20T02:00:00.000Z', basis: { law: 'criminal', article: 1 } },
    ...{ items: [{ kind: 'post', id: 'weibo:comment:1' }], scanSha256: 'a'.repeat(64), paperPlace: '柜' },
    ...{ registeredBy: 'someone', approvals: [], disclosure: null },
  },
});

it('consent is a step only where the server would take it from this person', () => {
  if (lawful === undefined) throw new Error('no such book');
  const named = (consents: AnyDetail['consents'], actions: Parameters<typeof stepsFor>[2]) =>
    stepsFor(lawful, entry(consents), actions).map(({ name }) => name);
  expect(named(['approve', 'refuse'], ['request.approve'])).toEqual(['approve', 'refuse']);
  expect(named(['refuse'], ['request.approve'])).toEqual(['refuse']);
  expect(named(['approve', 'refuse'], ['request.register'])).toEqual([]);
});
