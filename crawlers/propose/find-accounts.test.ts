import { describe, expect, it } from 'vitest';
import { findAccounts } from './find-accounts.ts';

const read = (url: string) => findAccounts([{ url, text: '', inMenu: false }])[0] ?? null;

describe('findAccounts', () => {
  it.each([
    ['https://weibo.com/u/1234567890', 'weibo', '1234567890'],
    ['https://weibo.com/1234567890?refer_flag=1', 'weibo', '1234567890'],
    ['https://weibo.com/1234567890/', 'weibo', '1234567890'],
    ['http://www.weibo.com/u/1234567890', 'weibo', '1234567890'],
    ['https://m.weibo.cn/u/1234567890', 'weibo', '1234567890'],
    ['https://m.weibo.cn/profile/1234567890', 'weibo', '1234567890'],
    ['https://weibo.com/canglan', 'weibo', null],
    ['https://mp.weixin.qq.com/s?__biz=MzA3NDUxOTk2Nw==&mid=1&idx=1&sn=a', 'wechat', 'MzA3NDUxOTk2Nw=='],
    ['http://mp.weixin.qq.com/s?__biz=MzA3NDUxOTk2Nw%3D%3D&mid=1', 'wechat', 'MzA3NDUxOTk2Nw=='],
    ['https://mp.weixin.qq.com/s/AbCdEfGh', 'wechat', null],
    ['https://space.bilibili.com/12345', 'bilibili', '12345'],
    ['https://www.douyin.com/user/MS4wLjABAAAA_x-y', 'douyin', 'MS4wLjABAAAA_x-y'],
  ])('%s', (url, platform, id) => expect(read(url)).toMatchObject({ platform, id }));

  it.each([
    'https://weibo.com/',
    'https://weibo.com/login.php',
    'https://service.weibo.com/share/share.php?url=x',
    'https://mp.weixin.qq.com/',
    'https://www.bilibili.com/video/BV1',
    'https://weibo.com.evil.example/u/1234567890',
  ])('%s is nobody’s account', (url) => expect(read(url)).toBeNull());

  it('takes each account once', () => {
    const links = ['https://weibo.com/u/1234567890', 'https://m.weibo.cn/u/1234567890'];
    expect(findAccounts(links.map((url) => ({ url, text: '', inMenu: true })))).toHaveLength(1);
  });
});
