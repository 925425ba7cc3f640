import { describe, expect, it } from 'vitest';
import { CredentialExpired, PageChanged, Permanent, RetryLater } from '../../../pipeline/domain/errors.ts';
import { TokenStale } from '../../source.ts';
import { refusalOf, refusedAddress } from './api-errors.ts';

const at = { url: 'https://api.weixin.qq.com/cgi-bin/comment/list', keeper: '宣传部' };
const refusal = (errcode: number, errmsg = 'said by the platform') => refusalOf({ errcode, errmsg }, at);

describe('errors of the interface', () => {
  it.each([-1, 45009, 45011])('%i: come back later', (code) => {
    expect(refusal(code)).toBeInstanceOf(RetryLater);
  });

  it.each([40001, 40014, 42001])('%i: a new token', (code) => {
    expect(refusal(code)).toBeInstanceOf(TokenStale);
  });

  it.each([40013, 40125, 40164, 40243, 48001])('%i: a person must act', (code) => {
    expect(refusal(code)).toMatchObject({ who: '宣传部' });
    expect(refusal(code)).toBeInstanceOf(CredentialExpired);
  });

  it.each([88000, 88001, 88002, 88004, 88010])('%i: trying again cannot help', (code) => {
    expect(refusal(code)).toBeInstanceOf(Permanent);
  });

  it('unknown ones are a change of the interface', () => {
    expect(refusal(123_456)).toBeInstanceOf(PageChanged);
  });

  it('the daily limit is waited for longer than that of a minute', () => {
    const [day, minute] = [refusal(45009), refusal(45011)];
    if (!(day instanceof RetryLater) || !(minute instanceof RetryLater)) throw new Error('not to be retried');
    expect(day.delayMs).toBeGreaterThan(minute.delayMs);
  });

  it('all name their number, and none repeats the platform’s words', () => {
    const ranges = [-3, 39_990, 44_990, 47_990, 49_990, 53_490, 61_000, 87_990, 89_480];
    for (const code of ranges.flatMap((from) => Array.from({ length: 300 }, (_, i) => from + i))) {
      const { message } = refusal(code, 'CANARY rid: 65');
      expect(message).toContain(String(code));
      if (message.includes('CANARY')) throw new Error(`${code} quotes the answer`);
    }
  });

  it('an address that is not on the list is named, and where to put it', () => {
    const { message } = refusal(
      40164,
      'invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist rid: 65f0-1',
    );
    expect(message).toContain('203.0.113.7');
    expect(message).toContain('IP白名单');
    expect(refusedAddress('invalid ip 2001:db8::7, not in whitelist')).toBe('2001:db8::7');
    expect(refusedAddress('not in whitelist')).toBeNull();
  });
});
