import { expect, test } from 'vitest';
import { nameDevice } from './device.ts';

const like = 'AppleWebKit/537.36 (KHTML, like Gecko)';

test.each([
  [
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${like} Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0`,
    'Edge · Windows',
  ],
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${like} Chrome/131.0.0.0 Safari/537.36`, 'Chrome · Windows'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0', 'Firefox · Linux'],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Safari/605.1.15',
    'Safari · macOS',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 wxwork/4.1.30 MicroMessenger/7.0.1',
    '企业微信 · iOS',
  ],
  [
    `Mozilla/5.0 (Linux; Android 14; Pixel 8) ${like} Version/4.0 Chrome/126.0 Mobile Safari/537.36 MicroMessenger/8.0.50`,
    '微信 · Android',
  ],
  ['curl/8.5.0', '其他'],
  ['', '其他'],
  [undefined, '其他'],
  [`Mozilla/5.0 (Windows NT 10.0) ${'A'.repeat(5000)} Firefox/1`, '其他 · Windows'],
])('%s', (userAgent, device) => {
  expect(nameDevice(userAgent)).toBe(device);
});
