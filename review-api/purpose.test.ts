import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Office, openOffice } from '../test/harness/office.ts';
import { fileCase } from '../test/harness/office-cases.ts';
import type { Reply, Visitor } from '../test/harness/visitor.ts';

let office: Office;
let reviewer: Visitor;
let path: string;
beforeAll(async () => {
  office = await openOffice();
  reviewer = await office.visitAs('reviewer');
  const { caseId } = await fileCase(office, { title: '图书馆延长开放' }, { queues: ['operations'] });
  path = `/api/cases/${caseId}`;
});
afterAll(() => office.close());

const doors: [string, (purpose: string) => Promise<Reply>][] = [
  ['reading a case', (purpose) => reviewer.get(`${path}?${new URLSearchParams({ purpose })}`)],
  ['opening a case', (purpose) => reviewer.post(`${path}/open`, { purpose })],
  ['searching', (purpose) => reviewer.get(`/api/search?${new URLSearchParams({ q: '图书馆', purpose })}`)],
];

describe.each(doors)('%s', (_name, send) => {
  test.each([
    ['blanks', '        '],
    ['wide blanks', '　　　　　　'],
    ['line breaks', '\n\n\n\n\n'],
    ['zero-width blanks', '\u200b\u200b\u200b\u200b\u200b'],
    ['joiners and marks of direction', '\u200d\u2060\ufeff\u200e\u202e'],
    ['Hangul fillers', '\u3164\u3164\u3164\u3164'],
    ['empty Braille', '\u2800\u2800\u2800\u2800'],
    ['three characters stretched', ' 查\u200b 看　一 '],
  ])('%s are no purpose', async (_case, purpose) => {
    expect((await send(purpose)).json).toMatchObject({
      status: 400,
      field: 'purpose',
      detail: expect.stringContaining('至少 4 个字'),
    });
  });

  test('the log keeps what can be seen of it', async () => {
    expect((await send(' \u200b核对转办\u200b材料\u3000\n')).status).toBe(200);
    const { items } = await office.stores.reads.list({ cursor: null, limit: 1 });
    expect(items).toMatchObject([{ purpose: '核对转办材料' }]);
  });
});
