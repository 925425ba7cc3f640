import { strFromU8, unzipSync } from 'fflate';
import { afterAll, expect, it } from 'vitest';
import { findBrowser } from '../crawlers/fetch/browser-program.ts';
import { findChartFont } from '../pipeline/adapters/chart-font.ts';
import { buildBriefDocument } from '../pipeline/domain/brief-document.ts';
import { buildReviewForm } from '../pipeline/domain/review-form.ts';
import { extractText } from '../pipeline/extract/extract-text.ts';
import { briefPrinting, buildBrief } from '../test/builders/printed-brief.ts';
import { buildFormFacts } from '../test/builders/review-form.ts';
import { openPrinter } from './open-printer.ts';

const choice = { named: null, path: process.env.PATH ?? '', sandbox: false };
const hasBrowser = (await findBrowser(choice)) !== null;
const printer = openPrinter(choice);
afterAll(() => printer.close());
const forms = [buildReviewForm(buildFormFacts()), buildReviewForm(buildFormFacts({ unitName: '教务处' }))];
const plain = (words: string) => words.replace(/\s/g, '');
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
  for (const part of shown) expect(plain(text)).toContain(plain(part));
  expect(plain(text)).toMatch(/第1页共\d页/);
});

const hostile = { remarks: '\u202e食堂<b>涨价</b>\u0008\ud800=1+1' };
const brief = buildBriefDocument(buildBrief({ words: hostile }), briefPrinting);
const draft = buildBriefDocument(buildBrief({ state: 'draft', hash: null, number: null }), briefPrinting);
const said = ['网络舆情周报', '一、数字概览', '不足10', '签发', '附录　数字出处', '期末超期未答复的转办单'];

it('writes a brief for Word, its charts as pictures with words beside them', async () => {
  const bytes = await printer.docx([brief]);
  const { text, unread } = await extractText(bytes);
  expect(unread).toEqual([]);
  for (const part of [...said, '食堂<b>涨价</b>', '采集缺口：11月19日']) expect(text).toContain(part);
  const files = unzipSync(bytes);
  const pictures = Object.keys(files).filter((name) => /^word\/media\/.+\.png$/.test(name));
  const font = await findChartFont(null);
  expect(pictures).toHaveLength(font === null ? 0 : 2);
  const body = strFromU8(files['word/document.xml'] ?? new Uint8Array());
  expect(body).toContain('<w:tblHeader/>');
  expect(body).not.toMatch(/\u202e|\ud800/);
  const running = Object.keys(files).filter((name) => /^word\/(header|footer)\d+\.xml$/.test(name));
  const words = running.map((name) => strFromU8(files[name] ?? new Uint8Array())).join('');
  for (const part of ['〔2026〕第12期', buildBrief().hash ?? '-']) expect(words).toContain(part);
  expect(words).not.toContain('未经审定');
});

it('writes a brief as one page that brings everything along', async () => {
  const html = new TextDecoder().decode(await printer.html([draft]));
  expect(html.match(/<svg /g)).toHaveLength(2);
  expect(html).not.toMatch(/<script|<link|<img|\ssrc=|url\((?!#)/);
  const ids = [...html.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
  expect(new Set(ids).size).toBe(ids.length);
  expect(html).toContain('未经审定');
});

it.skipIf(!hasBrowser)('prints a brief with its head and hash on every page', async () => {
  const { text } = await extractText(await printer.pdf([brief]));
  const printed = plain(text);
  for (const part of said) expect(printed).toContain(plain(part));
  const pages = Number(/第1页共(\d)页/.exec(printed)?.[1]);
  expect(printed.split(buildBrief().hash ?? '-')).toHaveLength(pages + 1);
  expect(printed).not.toContain('未经审定');
});
