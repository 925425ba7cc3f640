import { expect, it } from 'vitest';
import { InvalidInput } from '../domain/errors.ts';
import { assertNoSecrecyMark } from './assert-no-secrecy-mark.ts';

it('names field, place and mark, and where to take it', () => {
  const parts = [
    { field: 'title', called: '标题', text: '关于某事的通知' },
    { field: 'document', called: '正文', text: '第一行\n机密★1年\n第三行' },
  ];
  expect(() => assertNoSecrecyMark(parts)).toThrow(InvalidInput);
  expect(() => assertNoSecrecyMark(parts)).toThrow(/正文第 2 行.*“机密★1年”.*没有保存.*保密办公室/);
  expect(() => assertNoSecrecyMark(parts)).toThrow(expect.objectContaining({ field: 'document' }));
});

it('lets be stored what is clean, or given on request', () => {
  assertNoSecrecyMark([
    { field: 'title', called: '标题', text: '学校召开保密工作会议' },
    { field: 'document', called: '正文', text: '（此件依申请公开）' },
  ]);
});
