import { describe, expect, it } from 'vitest';
import { DraftSource } from '../../../pipeline/domain/draft-content.ts';
import { LinkHref } from '../../../pipeline/domain/draft-document.ts';
import {
  dropControls,
  findAddressFault,
  findPageFault,
  fromLocalField,
  toLocalField,
} from './draft-fields.ts';

describe('fields of a draft', () => {
  it('take no address that the document would refuse', () => {
    const addresses = [
      'https://a.edu.cn/x',
      'mailto:a@b.cn',
      'tel:0571-1',
      '#top',
      'javascript:alert(1)',
      'a.cn',
    ];
    for (const one of addresses)
      expect(findAddressFault(one) === null, one).toBe(LinkHref.safeParse(one).success);
    expect(findAddressFault('  ')).not.toBeNull();
    for (const url of ['https://a.edu.cn/x', 'ftp://a.cn', 'www.a.cn', 'https://', 'http://校.cn/']) {
      const isTaken = DraftSource.safeParse({ kind: 'reprint', from: null, url }).success;
      expect(findPageFault(url) === null, url).toBe(isTaken);
    }
    expect(findPageFault('')).toBeNull();
  });

  it('drop what the document takes no text with, and nothing else', () => {
    expect(dropControls('一\u000b二\n三\t四\u0000\u200b')).toBe('一二\n三\t四\u200b');
  });

  it('tell a moment on a Shanghai clock', () => {
    expect(toLocalField('2026-05-01T00:30:00.000Z')).toBe('2026-05-01T08:30');
    expect(fromLocalField('2026-05-01T08:30')).toBe('2026-05-01T00:30:00.000Z');
    expect([toLocalField(null), fromLocalField('')]).toEqual(['', null]);
  });
});
