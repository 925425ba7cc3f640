import { describe, expect, it } from 'vitest';
import { readAlbumAddress, readArticleAddress } from './address.ts';
import { callBody, commentsAddress, publishedAddress, readCall } from './calls.ts';
import { biz, ids, sn } from './fixtures/pages.ts';

const address = `https://mp.weixin.qq.com/s?__biz=${biz}&mid=2650001234&idx=2&sn=${sn}`;

describe('an article’s address', () => {
  it.each([
    [`${address}&chksm=1&scene=21&key=secret&uin=secret&pass_ticket=secret#wechat_redirect`],
    [address.replaceAll('&', '&amp;')],
    [address.replaceAll('&', '\\x26amp;')],
    [address.replaceAll('&', '&amp;amp;')],
    [address.replace('https', 'http').replace('==', '%3D%3D')],
    [` //mp.weixin.qq.com/mp/appmsg/show?__biz=${biz}&appmsgid=2650001234&itemidx=2&sign=${sn}`],
  ])('in long form: %s', (text) => {
    expect(readArticleAddress(text)).toEqual({ kind: 'long', url: address, ids, sn });
  });

  it('in short form has no parts that tell who copied it', () => {
    expect(readArticleAddress('http://mp.weixin.qq.com/s/AbCdEfGhIjKl_-MnOp?from=x&key=secret')).toEqual({
      kind: 'short',
      url: 'https://mp.weixin.qq.com/s/AbCdEfGhIjKl_-MnOp',
    });
  });

  it('of a search result works for hours only', () => {
    expect(
      readArticleAddress('https://mp.weixin.qq.com/s?src=11&timestamp=1&ver=1&signature=a*b')?.kind,
    ).toBe('temporary');
    expect(readArticleAddress(`https://mp.weixin.qq.com/s?__biz=${biz}&tempkey=abc`)?.kind).toBe('temporary');
  });

  it.each([
    'https://mp.weixin.qq.com.evil.example/s/AbCdEfGhIjKlMn',
    'https://user@mp.weixin.qq.com:8443/s/AbCdEfGhIjKlMn',
    'https://mp.weixin.qq.com/mp/profile_ext?action=home',
    'https://mp.weixin.qq.com/s?__biz=short&mid=1&idx=1',
    'javascript:alert(1)',
    'not an address',
    `https://mp.weixin.qq.com/s?${'a'.repeat(5000)}`,
  ])('is not %s', (text) => {
    expect(readArticleAddress(text)).toBeNull();
  });
});

it('an album’s address is asked for as JSON, without who shared it', () => {
  const album = `https://mp.weixin.qq.com/mp/appmsgalbum?__biz=${biz}&amp;action=getalbum&amp;album_id=1645521656368381958&amp;uin=secret#wechat_redirect`;
  expect(readAlbumAddress(album)).toMatchObject({ biz, albumId: '1645521656368381958' });
  expect(readAlbumAddress(album)?.url).not.toContain('secret');
  expect(readAlbumAddress(address)).toBeNull();
});

describe('calls as addresses of the ledger', () => {
  it('are read back, and their body holds what the address says', () => {
    const call = readCall(publishedAddress(40, 57));
    expect(call).toEqual({ is: 'published', offset: 40, total: 57 });
    expect(JSON.parse(call === null ? '' : callBody(call))).toEqual({ offset: 40, count: 20, no_content: 0 });
    const comments = readCall(
      commentsAddress({ ...ids, biz: 'MzA5+AAAAA/w==' }, { sn, publishedAt: '2024-03-14T00:00:00.000Z' }, 49),
    );
    expect(comments).toMatchObject({ is: 'comments', msgDataId: '2650001234', index: 1, begin: 49 });
    expect(comments).toMatchObject({ facts: { sn, publishedAt: '2024-03-14' } });
    expect(comments).toMatchObject({ article: { id: 'MzA5+AAAAA/w==:2650001234:2' } });
    expect(JSON.parse(comments === null ? '' : callBody(comments))).toMatchObject({
      msg_data_id: 2650001234,
      index: 1,
      begin: 49,
    });
  });

  it('are of this interface only', () => {
    for (const url of [
      'https://api.weixin.qq.com/cgi-bin/user/get',
      'https://api.weixin.qq.com.evil.example/cgi-bin/comment/list',
      address,
      'x',
    ]) {
      expect(readCall(url)).toBeNull();
    }
  });
});
