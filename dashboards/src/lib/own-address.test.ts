import { expect, test } from 'vitest';
import { ownAddress } from './own-address.ts';

test.each([
  ['https://guanlan.example.edu.cn/', '/api/session', '/api/session'],
  ['https://guanlan.example.edu.cn/#/review', '/api/cases?queue=review', '/api/cases?queue=review'],
  ['https://xcb.example.edu.cn/guanlan/#/leads', '/api/session', '/guanlan/api/session'],
  ['https://xcb.example.edu.cn/a/guanlan/index.html', '/api/search?q=a%2Fb', '/a/guanlan/api/search?q=a%2Fb'],
  [
    'https://xcb.example.edu.cn/guanlan/',
    '/api/cases/site%3Aarticle%2F1/claim',
    '/guanlan/api/cases/site%3Aarticle%2F1/claim',
  ],
])('on %s, %s is %s', (page, path, address) => {
  expect(ownAddress(path, page)).toBe(address);
});
