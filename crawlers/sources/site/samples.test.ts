import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodePage } from './decode.ts';
import { parseSitePage } from './parse.ts';

// Recorded pages of other schools are kept beside the checkout where there are any; they are never part of it.
const folder = new URL('../../../../shared/formats/samples/site/', import.meta.url);
const present = existsSync(folder);

const articles: [
  file: string,
  url: string,
  title: RegExp,
  published: string | null,
  start: string,
  end: string,
  files: RegExp[],
][] = [
  [
    'vsb_hcdd_article_1883.html',
    'info/1050/1883.htm',
    /^图书馆设备使用指南$/,
    '2018-12-17T16:00:00.000Z',
    '',
    '',
    [/\.mp4\?e=\.mp4$/],
  ],
  [
    'vsb_henu-rsc_article_1031-3084.htm',
    'info/1031/3084.htm',
    /^关于做好2022年度博士后.+申报工作的通知$/,
    '2022-02-10T06:21:25.000Z',
    '为加强博士后创新能力建设',
    '2022年2月10日',
    [/wbfileid=5252845$/],
  ],
  [
    'vsb_henu-rsc_article_attach_1014-1177.htm',
    'info/1014/1177.htm',
    /教职工考勤暂行规定$/,
    '2019-05-20T03:20:46.000Z',
    '附件：',
    '考勤暂行规定的通知.pdf',
    [/wbfileid=1772010$/],
  ],
  [
    'webplus_nju-itsc_article1.html',
    '28/e4/c21558a536579/page.htm',
    /^江南大学来我校调研信息化工作$/,
    '2021-07-15T16:00:00.000Z',
    '7月6日上午',
    '进行了深入交流。',
    [],
  ],
  [
    'webplus_nju-itsc_article2.html',
    '1c/e6/c21476a514925/page.htm',
    /^我校召开.+答疑会$/,
    '2021-04-08T16:00:00.000Z',
    '为全面推广使用好',
    '平台的推广使用工作。',
    [],
  ],
  [
    'gne_gsc_article.html',
    'content.aspx?id=1004',
    /^2019年中国人文地理学术年会/,
    '2019-05-17T16:00:00.000Z',
    '5月10-12日',
    '最新研究成果和学科发展盛况。',
    [],
  ],
];
const lists: [file: string, url: string, count: number, first: string | null, next: string | null][] = [
  ['vsb_hcdd_list_fgfxwj.html', 'a/b/c/fgfxwj.htm', 20, '2014-10-15T02:54:11.000Z', null],
  ['vsb_henu-rsc_list_bsh-tzgg.htm', 'bsh/tzgg.htm', 1, '2022-02-09T16:00:00.000Z', 'bsh/tzgg/5.htm'],
  ['vsb_henu-rsc_list_fwzn_paged.htm', 'fwzn.htm', 1, '2023-03-01T16:00:00.000Z', 'fwzn/2.htm'],
  ['webplus_nju-itsc_list.html', 'wlyxqk/list.htm', 14, '2021-07-04T16:00:00.000Z', 'wlyxqk/list2.htm'],
];
const root = 'https://site.example/';

function parse(file: string, url: string | null) {
  const { html } = decodePage(readFileSync(new URL(file, folder)));
  return parseSitePage({ url, html, fetchedAt: '2026-03-20T04:00:00.000Z' });
}

describe.skipIf(!present)('recorded pages', () => {
  for (const origin of [root, null]) {
    const at = (url: string) => (origin === null ? null : origin + url);
    for (const [file, url, title, published, start, end, files] of articles) {
      it(`${file} ${origin === null ? 'from a file' : 'with its address'}`, () => {
        const { state, role, items, next } = parse(file, at(url));
        expect({ state, role, next, count: items.length }).toEqual({
          state: 'ok',
          role: 'article',
          next: null,
          count: 1,
        });
        const [item] = items;
        expect(item?.title).toMatch(title);
        expect(item?.publishedAt).toBe(published);
        expect(item?.text.startsWith(start)).toBe(true);
        expect(item?.text.endsWith(end)).toBe(true);
        if (start.length > 5) expect(item?.text.split(start).length).toBe(2);
        expect(item?.attachments.length).toBe(files.length);
        for (const [place, pattern] of files.entries())
          expect(item?.attachments[place]?.url).toMatch(pattern);
      });
    }
    for (const [file, url, count, first, next] of lists) {
      it(`${file} ${origin === null ? 'from a file' : 'with its address'}`, () => {
        const parsed = parse(file, at(url));
        expect(parsed.role).toBe('list');
        expect(parsed.items.length).toBe(count);
        expect(parsed.items[0]?.publishedAt).toBe(first);
        if (origin !== null) expect(parsed.next).toBe(next === null ? null : origin + next);
        else expect(parsed.next === null).toBe(next === null);
      });
    }
  }
});
