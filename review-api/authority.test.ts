import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Office, openOffice } from '../test/harness/office.ts';
import type { AuthorityView } from './contract/authority.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const table = {
  owner: '党委宣传部',
  asOf: '2026-11-20',
  persons: [{ name: '陈明远', posts: [{ title: '党委书记', from: '2024-01-01', rank: 1 }] }],
  phrases: [{ id: 'motto', right: '明德求是', wrong: ['明德求实'], source: '学校章程' }],
};

it('is kept by the director, seen by whoever writes, and judged by from the next check on', async () => {
  const director = await office.visitAs('director');
  const editor = await office.visitAs('editor');
  expect((await editor.get('/api/authority')).status).toBe(403); // Of no unit: writes for none.
  const saved = await director.post('/api/authority', { table, seenVersion: 0 });
  expect(saved.status).toBe(200);
  const view = saved.json as AuthorityView;
  expect(view).toMatchObject({ mayEdit: true, table: { persons: [{ name: '陈明远' }] } });
  expect((await (await office.visitAs('reviewer')).get('/api/authority')).json).toMatchObject({
    mayEdit: false,
    version: view.version,
  });
});

it('two who change it at once: the second is told, and nothing is lost', async () => {
  const director = await office.visitAs('director');
  const { version } = (await director.get('/api/authority')).json as AuthorityView;
  const next = { ...table, asOf: '2026-11-23' };
  expect((await director.post('/api/authority', { table: next, seenVersion: version })).status).toBe(200);
  const late = await director.post('/api/authority', { table, seenVersion: version });
  expect(late.status).toBe(409);
  expect(((await director.get('/api/authority')).json as AuthorityView).table.asOf).toBe('2026-11-23');
});

it.each([
  [
    {
      ...table,
      persons: [{ name: '陈明远', posts: [{ title: '书记', from: '2025-01-02', until: '2025-01-01' }] }],
    },
    'table.persons.0.posts.0.until',
  ],
  [{ ...table, persons: [...table.persons, ...table.persons] }, 'persons.1.name'],
  [{ ...table, phrases: [{ ...table.phrases[0], wrong: ['求是'] }] }, 'phrases.0.wrong.0'],
])('what contradicts itself is refused, with the field: %#', async (wrong, field) => {
  const director = await office.visitAs('director');
  const { version } = (await director.get('/api/authority')).json as AuthorityView;
  const refused = await director.post('/api/authority', { table: wrong, seenVersion: version });
  expect({ status: refused.status, field: (refused.json as { field: string }).field }).toEqual({
    status: 400,
    field: expect.stringContaining(field),
  });
});
