import { describe, expect, it } from 'vitest';
import { InvalidInput } from './errors.ts';
import { buildLead, documentKeyOf, type LeadContent, parseLeadContent } from './lead.ts';
import { maskNicknames } from './mentions.ts';

const now = '2026-11-20T01:00:00.000Z';
const content = (more: Partial<LeadContent> = {}): LeadContent => ({
  source: 'superior-letter',
  documentNumber: null,
  deadline: null,
  receivedAt: '2026-11-19T08:30:00.000Z',
  summary: '家长反映南区三号楼暖气不热。',
  link: null,
  ...more,
});

function refusedField(more: Partial<LeadContent>): string {
  try {
    parseLeadContent(content(more), now);
    return 'none';
  } catch (error) {
    return error instanceof InvalidInput ? error.field : 'other';
  }
}

describe('what a person registers as a lead', () => {
  it.each([
    ['link', { link: 'ftp://a.example/x' }],
    ['link', { link: 'javascript:alert(1)' }],
    ['link', { link: 'https://weibo.com/u/1234567890' }],
    ['link', { link: 'https://weibo.com/1234567890' }],
    ['link', { link: 'https://weibo.com/somebody?is_all=1' }],
    ['link', { link: 'https://m.weibo.cn/somebody' }],
    ['link', { link: 'https://user.qzone.qq.com/123456' }],
    ['link', { link: 'https://www.douban.com/people/somebody/' }],
    ['link', { link: 'https://www.toutiao.com/c/user/token/abc/' }],
    ['link', { link: 'https://x.com/somebody' }],
    ['link', { link: 'https://space.bilibili.com/1234/dynamic' }],
    ['link', { link: 'https://www.zhihu.com/people/somebody' }],
    ['summary', { summary: '暖气' }],
    ['documentNumber', { documentNumber: '见附件；请速办!' }],
    ['receivedAt', { receivedAt: '2026-11-20T02:00:00.000Z' }],
    ['receivedAt', { receivedAt: '2025-11-01T00:00:00.000Z' }],
    ['deadline', { deadline: '2026-11-19T08:00:00.000Z' }],
    ['deadline', { deadline: '2036-11-19T08:00:00.000Z' }],
  ] as const)('is refused, naming %s: %o', (field, more) => {
    expect(refusedField(more)).toBe(field);
  });

  it('keeps a link to what was said, without who shared it and without a password', () => {
    const kept = (link: string) => parseLeadContent(content({ link }), now).link;
    expect(kept('https://weibo.com/detail/4990001112223334')).toBe(
      'https://weibo.com/detail/4990001112223334',
    );
    expect(kept(' https://u:p@bbs.example/t/1?page=2&share_uid=99&openid=x ')).toBe(
      'https://bbs.example/t/1?page=2',
    );
    expect(kept('https://x.com/somebody/status/12')).toBe('https://x.com/somebody/status/12');
    expect(kept('https://video.weibo.com/show?fid=1034:1')).toBe('https://video.weibo.com/show?fid=1034:1');
    expect(kept('')).toBeNull();
  });

  it('keeps no number of the author in a link to a status', () => {
    const { link } = parseLeadContent(
      content({ link: 'https://weibo.com/1234567890/PabcD1234?refer_flag=1001030103_' }),
      now,
    );
    expect(link).toBe('https://m.weibo.cn/status/PabcD1234');
  });

  it('is late already, and may be: a letter can lie', () => {
    const late = content({ deadline: '2026-11-19T12:00:00.000Z' });
    expect(parseLeadContent(late, now).deadline).toBe(late.deadline);
  });

  it('masks mentions and names that are said to be somebody’s', () => {
    const summary = '网友“小桥流水”在 @沧澜校园墙 留言，昵称：北方的狼，微博名为风吹麦浪，称食堂涨价。';
    expect(parseLeadContent(content({ summary }), now).summary).toBe(
      '网友“…”在 @… 留言，昵称：…，微博名为…，称食堂涨价。',
    );
  });

  it.each([
    '联系邮箱 office@canglan.example 已公布',
    '请用户“自行”登记',
    '用户名称以系统为准',
    '网友反映食堂涨价',
  ])('leaves alone what names nobody by a handle: %s', (text) => {
    const masked = maskNicknames(text);
    expect(masked.startsWith(text.slice(0, 4))).toBe(true);
    if (!text.includes('“')) expect(masked).toBe(text);
  });

  it('takes one number in several spellings for the same', () => {
    const spellings = ['沧教函〔2026〕 18 号', '沧教函[2026]18号', '沧教函（２０２６）18号'];
    const keys = spellings.map(
      (documentNumber) => parseLeadContent(content({ documentNumber }), now).documentNumber,
    );
    expect(new Set(keys.map(documentKeyOf)).size).toBe(1);
    expect(buildLead(content({ documentNumber: spellings[1] ?? null }), 'u1')).toMatchObject({
      documentKey: '沧教函202618号',
      revision: 1,
    });
  });
});
