import { afterAll, expect, it } from 'vitest';
import { findBrowser } from '../crawlers/fetch/browser-program.ts';
import { buildReviewForm } from '../pipeline/domain/review-form.ts';
import { extractText } from '../pipeline/extract/extract-text.ts';
import { buildFormFacts } from '../test/builders/review-form.ts';
import { openPrinter } from './open-printer.ts';

const choice = { named: null, path: process.env.PATH ?? '', sandbox: false };
const hasBrowser = (await findBrowser(choice)) !== null;
const printer = openPrinter(choice);
afterAll(() => printer.close());
const forms = [buildReviewForm(buildFormFacts()), buildReviewForm(buildFormFacts({ unitName: '教务处' }))];
const shown = ['信息发布审核登记表', '关于2026年国家奖学金拟推荐名单的公示', '王丽华（代孙敏）', '教务处'];

it('writes a form for Word that other programs read', async () => {
  const { kind, text, unread } = await extractText(await printer.docx(forms));
  expect({ kind, unread }).toEqual({ kind: 'docx', unread: [] });
  for (const part of shown) expect(text).toContain(part);
});

it('writes what XML cannot hold without it', async () => {
  const facts = buildFormFacts();
  const content = { ...facts.content, title: '通\u0000知\u0008\ufffe' };
  const { text } = await extractText(await printer.docx([buildReviewForm({ ...facts, content })]));
  expect(text).toContain('通知');
});

it.skipIf(!hasBrowser)('prints it, with its characters and page numbers', async () => {
  const { kind, text } = await extractText(await printer.pdf(forms));
  expect(kind).toBe('pdf');
  const plain = (words: string) => words.replace(/\s/g, '');
  for (const part of shown) expect(plain(text)).toContain(plain(part));
  expect(plain(text)).toMatch(/第1页共\d页/);
});
