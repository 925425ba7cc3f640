import { expect, it } from 'vitest';
import { findWebLink } from './web-link.ts';

it.each([
  ['https://www.example.edu.cn/info/1.htm', 'https://www.example.edu.cn/info/1.htm'],
  ['http://xww.example.edu.cn/食堂', 'http://xww.example.edu.cn/%E9%A3%9F%E5%A0%82'],
  ['javascript:alert(1)', null],
  [' JaVaScRiPt:alert(1)', null],
  ['data:text/html,x', null],
  ['/relative', null],
  ['', null],
])('%s becomes %s', (address, link) => {
  expect(findWebLink(address)).toBe(link);
});
