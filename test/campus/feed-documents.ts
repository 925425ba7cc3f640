import { dashedDate, shanghaiClock, shanghaiDay } from './calendar.ts';
import { escapeHtml } from './html.ts';

export interface FeedEntry {
  id: string;
  url: string;
  title: string;
  /** Plain; paragraphs by line. */
  text: string;
  at: Date;
}

const paragraphs = (text: string) =>
  text
    .split('\n')
    .map((line) => `<p>${escapeHtml(line)}</p>`)
    .join('');

const cdata = (html: string) => `<![CDATA[${html}]]>`;

/** 2026-11-03T09:00:00+08:00 */
function offsetDate(at: Date): string {
  return `${dashedDate(shanghaiDay(at))}T${shanghaiClock(at)}+08:00`;
}

/** As an old news system writes it: a comment first, dates without a zone, markup escaped, no guid. */
export function renderOldRss(entries: readonly FeedEntry[], homeUrl: string): string {
  const items = entries.map(
    ({ url, title, text, at }) => `  <item>
    <title>${cdata(title)}</title>
    <link>${escapeHtml(url)}</link>
    <author>党委宣传部</author>
    <pubDate>${dashedDate(shanghaiDay(at))} ${shanghaiClock(at).slice(0, 5)}</pubDate>
      <description>${escapeHtml(paragraphs(text))}</description>
  </item>`,
  );
  return `<?xml version="1.0" encoding="gb2312"?>
<!-- made by the news system -->
<rss version="2.0">
<channel>
  <title>学校要闻</title>
  <link>${homeUrl}</link>
  <description>沧澜师范学院</description>
${items.join('\n')}
</channel>
</rss>`;
}

/** RSS 1.0. */
export function renderRdf(entries: readonly FeedEntry[], homeUrl: string): string {
  const items = entries.map(
    ({ url, title, text, at }) => `<item rdf:about="${escapeHtml(url)}">
<title>${escapeHtml(title)}</title><link>${escapeHtml(url)}</link>
<description>${escapeHtml(text.slice(0, 60))}</description>
<content:encoded>${cdata(paragraphs(text))}</content:encoded>
<dc:date>${offsetDate(at)}</dc:date></item>`,
  );
  const list = entries.map(({ url }) => `<rdf:li rdf:resource="${escapeHtml(url)}"/>`).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel rdf:about="${homeUrl}"><title>图书馆动态</title><link>${homeUrl}</link><description/><items><rdf:Seq>${list}</rdf:Seq></items></channel>
${items.join('\n')}
</rdf:RDF>`;
}

export function renderAtom(entries: readonly FeedEntry[], homeUrl: string): string {
  const items = entries.map(
    ({ id, url, title, text, at }) => `<entry>
<id>tag:canglan.example,2026:${id}</id><title type="text">${escapeHtml(title)}</title>
<link rel="alternate" href="${escapeHtml(url)}"/>
<published>${at.toISOString()}</published><updated>${at.toISOString()}</updated>
<content type="html">${escapeHtml(paragraphs(text))}</content></entry>`,
  );
  return `\uFEFF<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="${homeUrl}"><title>通知公告</title><id>${homeUrl}</id><updated>${(entries[0]?.at ?? new Date(0)).toISOString()}</updated>
${items.join('\n')}
</feed>`;
}

/** As an RSSHub writes it: guid without permanence, RFC 822 dates, the text as markup in CDATA. */
export function renderHubRss(entries: readonly FeedEntry[], about: { title: string; link: string }): string {
  const items = entries.map(
    ({ id, url, title, text, at }) => `<item><title>${escapeHtml(title)}</title>
<description>${cdata(paragraphs(text))}</description>
<link>${escapeHtml(url)}</link><guid isPermaLink="false">${id}</guid>
<pubDate>${at.toUTCString()}</pubDate></item>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss xmlns:atom="http://www.w3.org/2005/Atom" version="2.0"><channel>
<title>${escapeHtml(about.title)}</title><link>${escapeHtml(about.link)}</link>
<description>${escapeHtml(about.title)} - Powered by RSSHub</description><generator>RSSHub</generator><ttl>5</ttl>
${items.join('\n')}
</channel></rss>`;
}
