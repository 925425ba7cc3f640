import type { DocketEntry } from './docket.ts';
import { escapeHtml } from './escape-html.ts';
import type { Post, PostText } from './post.ts';
import { storedText } from './post.ts';
import { describeBasis } from './statute.ts';
import { shanghaiClock } from './time.ts';

export interface DisclosedPost {
  post: Post;
  text: PostText;
}

interface FileContent {
  entry: DocketEntry<'lawful-request'>;
  posts: readonly DisclosedPost[];
  /** Asked for and not in it. */
  withheld: readonly string[];
  at: string;
}

const seatNames = {
  director: '宣传部负责人',
  leadership: '分管领导或书记、校长',
  safety: '值班部门',
} as const;

const row = (name: string, value: string) =>
  `<tr><th>${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`;

function describePost({ post, text }: DisclosedPost): string {
  return [
    `<section><h2>${escapeHtml(post.id)}</h2><table>`,
    row('公开地址', post.url === '' ? '无' : post.url),
    row('发布时间', post.publishedAt === null ? '不详' : `${shanghaiClock(post.publishedAt)}（北京时间）`),
    row('采集时间', `${shanghaiClock(text.gatheredAt)}（北京时间）`),
    row('文本版本', String(text.textVersion)),
    `</table><pre>${escapeHtml(storedText(text))}</pre></section>`,
  ].join('\n');
}

/** Pure: a page to be printed, with the items that were approved and nothing else. It says that no identity is in it, for none is kept. */
export function buildDisclosureFile({ entry, posts, withheld, at }: FileContent): string {
  const { organ, documentNumber, basis, approvals } = entry.facts;
  const approved = approvals.map(
    ({ seat, at: when }) => `${seatNames[seat]} ${shanghaiClock(when).slice(0, 16)}`,
  );
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>${escapeHtml(entry.number)}</title>
<style>body{font:12pt/1.6 serif;max-width:46em;margin:2em auto;padding:0 1em}th{text-align:left;padding-right:1em;white-space:nowrap;vertical-align:top;font-weight:normal}td{overflow-wrap:anywhere}pre{white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid;padding:.6em;font:inherit}section{break-inside:avoid}</style>
</head><body>
<h1>依法调取提供材料</h1>
<table>
${row('登记编号', entry.number)}
${row('调取机关', organ)}
${row('文书编号', documentNumber)}
${row('法律依据', describeBasis(basis))}
${row('审批', approved.join('；'))}
${row('生成时间', `${shanghaiClock(at)}（北京时间）`)}
${row('提供条数', String(posts.length))}
</table>
<p>本系统不收集、不保存发布者的任何身份信息（昵称、头像、账号、性别、地区、简介等），本材料不含身份信息，也无法据本系统查明发布者。文中对他人的提及在采集时已经遮盖。</p>
${posts.map(describePost).join('\n')}
${withheld.length === 0 ? '' : `<h2>无可提供内容</h2><p>下列各项不存在、已按保存期限清除，或不在可提供范围：</p><ul>${withheld.map((id) => `<li>${escapeHtml(id)}</li>`).join('')}</ul>`}
</body></html>
`;
}
