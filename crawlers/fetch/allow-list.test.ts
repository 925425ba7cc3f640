import { describe, expect, it } from 'vitest';
import { assertUrlAllowed, isUrlAllowed } from './allow-list.ts';

const allowance = {
  hosts: [
    { host: 'www.canglan.example', paths: ['/'] },
    { host: 'jwc.canglan.example:8080', paths: ['/info/', '/tzgg', '/通知/'] },
  ],
};
const allowed = (url: string) => isUrlAllowed(new URL(url), allowance);

describe('isUrlAllowed', () => {
  it.each([
    'http://www.canglan.example/a.htm',
    'https://www.canglan.example/',
    'https://WWW.canglan.example:443/x',
    'http://jwc.canglan.example:8080/info/1001/2.htm',
    'http://jwc.canglan.example:8080/tzgg.htm',
    'http://jwc.canglan.example:8080/tzgg/3.htm',
    'http://jwc.canglan.example:8080/通知/3.htm',
    'http://jwc.canglan.example:8080/%E9%80%9A%E7%9F%A5/3.htm',
  ])('admits %s', (url) => expect(allowed(url)).toBe(true));

  it.each([
    'http://canglan.example/',
    'http://www.canglan.example.evil.example/',
    'http://www.canglan.example:81/',
    'http://www.canglan.example./',
    'http://jwc.canglan.example/info/1.htm',
    'http://jwc.canglan.example:8080/admin',
    'http://jwc.canglan.example:8080/info/../admin',
    'http://jwc.canglan.example:8080/info/%2e%2e/admin',
    'http://jwc.canglan.example:8080/info/..%2fadmin',
    'http://jwc.canglan.example:8080/info/..%252fadmin',
    'http://jwc.canglan.example:8080/info/..%5cadmin',
    'http://user@www.canglan.example/',
    'http://www.canglan.example@evil.example/',
    'ftp://www.canglan.example/',
    'file:///etc/passwd',
  ])('refuses %s', (url) => expect(allowed(url)).toBe(false));
});

describe('assertUrlAllowed', () => {
  it.each([
    ['http://evil.example/', /host evil\.example is not on/],
    ['http://jwc.canglan.example:8080/admin', /path \/admin/],
    ['http://a:b@www.canglan.example/', /user name or password/],
    ['javascript:alert(1)', /only http and https/],
  ])('says why %s is refused', (url, why) => {
    expect(() => assertUrlAllowed(new URL(url), allowance)).toThrow(why);
  });
  it('does not repeat a password', () => {
    expect(() => assertUrlAllowed(new URL('http://a:secret@www.canglan.example/'), allowance)).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('secret') }),
    );
  });
});
