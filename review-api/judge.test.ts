import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Role, rightsFor } from '../pipeline/domain/role.ts';
import { type Office, openOffice } from '../test/harness/office.ts';
import { findInRawFiles } from '../test/harness/raw-bytes.ts';
import type { Visitor } from '../test/harness/visitor.ts';
import { JudgeAnswer } from './contract/judge.ts';

let office: Office;
let analyst: Visitor;
beforeAll(async () => {
  office = await openOffice();
  analyst = await office.visitAs('analyst');
});
afterAll(() => office.close());

const ask = (items: unknown, visitor = analyst) => visitor.send('POST', '/api/judge', { body: { items } });

describe('judging texts over the interface', () => {
  test('answers in the order asked, as `guanlan judge` does, with the evidence', async () => {
    const reply = await ask([
      { id: 'a', text: '食堂 13800138000' },
      { text: '' },
      { id: 'c', text: '今天天气很好', kind: 'status', metrics: { likes: 3 } },
    ]);
    expect(reply.status).toBe(200);
    const { items } = JudgeAnswer.parse(reply.json);
    expect(items.map(({ id }) => id)).toEqual(['a', undefined, 'c']);
    expect(items[0]).toMatchObject({
      findings: [{ category: 'leak', start: 3, end: 14, text: '13800138000' }],
      queues: ['review', 'operations'],
      risk: { parts: { reach: 0, speed: 0 } },
    });
  });

  test.each<[string, string]>([
    ['only emoji', '😀🏫🍚'.repeat(50)],
    ['broken surrogates', '\ud800食堂\udc00 13800138000\ud83d'],
    ['mixed scripts', 'Приве́т 食堂 مرحبا שלום ทดสอบ 🍚 ｆｕｌｌ'],
    ['the longest', '食'.repeat(20_000)],
    ['control characters', 'a\u0000b\u0007\u200b'],
  ])('%s', async (_name, text) => {
    const reply = await ask([{ text }]);
    expect(reply.status).toBe(200);
    const [item] = JudgeAnswer.parse(reply.json).items;
    expect(item).not.toHaveProperty('error');
  });

  test.each<[string, unknown, string]>([
    ['nothing to judge', [], 'items'],
    ['more than a hundred', Array.from({ length: 101 }, () => ({ text: 'a' })), 'items'],
    ['a number for a text', [{ text: 'a' }, { text: 5 }], 'items.1.text'],
    ['one that is too long', [{ text: 'a' }, { text: 'a'.repeat(20_001) }], 'items.1.text'],
    ['an unknown kind', [{ text: 'a', kind: 'novel' }], 'items.0.kind'],
    ['reactions below zero', [{ text: 'a', metrics: { likes: -1 } }], 'items.0.metrics.likes'],
    ['no list', { text: 'a' }, 'items'],
  ])('refuses %s and names the field', async (_name, items, field) => {
    const reply = await ask(items);
    expect(reply.status).toBe(400);
    expect(reply.json).toMatchObject({ code: 'invalid-input', field });
  });

  test('takes a body that other routes would not, up to a megabyte', async () => {
    const many = Array.from({ length: 100 }, () => ({ text: '食堂的饭菜'.repeat(300) }));
    expect((await ask(many)).status).toBe(200);
    const tooMany = Array.from({ length: 100 }, () => ({ text: '食堂的饭菜'.repeat(1000) }));
    expect((await ask(tooMany)).status).toBe(413);
  });

  test('stores and logs nothing of a text', async () => {
    const canary = '甲乙丙丁戊己庚辛壬癸八六四二';
    expect((await ask([{ text: canary }])).status).toBe(200);
    expect(office.log()).not.toContain(canary);
    expect(findInRawFiles(office.folder, canary)).toEqual([]);
  });

  test.each(Role.options)('%s: as the table of rights says', async (role) => {
    const reply = await ask([{ text: 'a' }], await office.visitAs(role));
    expect(reply.status).toBe(rightsFor([role], 'text.judge').permitted ? 200 : 403);
  });

  test('nobody without an account', async () => {
    expect((await ask([{ text: 'a' }], office.visit())).status).toBe(401);
  });
});
