import { createHash } from 'node:crypto';
import { escapeHtml } from '../../pipeline/domain/escape-html.ts';

/** Stands inside every public page, so that one file is the whole page, on paper too. */
const style = `:root{color-scheme:light dark}
body{margin:0;background:#f6f3ec;color:#1c2526;font:1rem/1.7 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",system-ui,sans-serif}
main{max-width:46rem;margin:0 auto;padding:1.5rem 1rem 3rem}
h1{font-size:1.5rem;line-height:1.3;margin:0 0 .5rem}
h2{font-size:1.125rem;margin:2rem 0 .5rem}
nav{display:flex;flex-wrap:wrap;gap:0 1.25rem;margin:0 0 1.5rem}
a{color:#0b5c5e;display:inline-block;min-height:2.75rem;line-height:2.75rem}
table{width:100%;border-collapse:collapse}
th,td{padding:.4rem .6rem .4rem 0;border-bottom:1px solid #ddd6c8;text-align:start;vertical-align:top;font-weight:400;overflow-wrap:anywhere}
th{width:40%;color:#4c585a}
form{display:grid;gap:1rem}
label{display:grid;gap:.25rem;font-weight:600}
label small,fieldset small{font-weight:400;color:#4c585a}
input,select,textarea{font:inherit;color:inherit;width:100%;box-sizing:border-box;min-height:2.75rem;padding:.5rem .7rem;border:1px solid #8c8c82;border-radius:8px;background:#fffdf9}
textarea{min-height:7rem}
button{font:inherit;font-weight:600;min-height:2.75rem;padding:0 1.5rem;border:0;border-radius:8px;background:#0b5c5e;color:#fff;justify-self:start;cursor:pointer}
:focus-visible{outline:3px solid #0b5c5e;outline-offset:2px}
.note{padding:.75rem 1rem;border-inline-start:4px solid #8c8c82;background:#efebe1}
.wrong{border-color:#a3152c;background:#fbe8e8;color:#a3152c}
.code{font:700 1.375rem/1.5 ui-monospace,Consolas,monospace;letter-spacing:.05em}
.says{margin:.25rem 0 0;color:#a3152c;font-weight:600}
.wrong p{margin:0}
.wrong ul{margin:.25rem 0 0;padding-inline-start:1.25rem}
.wrong a{color:inherit}
[aria-invalid]{border-color:#a3152c}
.trap{position:absolute;left:-200vw}
footer{margin-top:2.5rem;color:#4c585a;font-size:.875rem}
@media (prefers-color-scheme:dark){body{background:#151a1b;color:#e8e4da}a{color:#6fc3bf}th,label small,fieldset small,footer{color:#b9bcb6}th,td{border-color:#323c3d}input,select,textarea{background:#1c2324;border-color:#6f7b7b}button{background:#6fc3bf;color:#0c2526}.note{background:#12171a}.wrong{background:#43191f;color:#ff8f97}.says{color:#ff8f97}[aria-invalid]{border-color:#ff8f97}:focus-visible{outline-color:#6fc3bf}}
@media print{nav,form,.screen{display:none}body{background:#fff;color:#000}}`;

const styleHash = createHash('sha256').update(style).digest('base64');

/** Nothing runs, nothing is loaded, nothing is framed; forms go nowhere but here. */
export const publicPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${styleHash}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

export interface PageLink {
  href: string;
  name: string;
}

/** @param body markup, whatever was typed in it escaped already */
export function buildPage(page: {
  title: string;
  school: string;
  links: readonly PageLink[];
  body: string;
  foot: string;
  /** Of the page's own words. Chinese where it is not given. */
  language?: { tag: string; nav: string };
}): string {
  const links = page.links.map(({ href, name }) => `<a href="${escapeHtml(href)}">${escapeHtml(name)}</a>`);
  return `<!doctype html>
<html lang="${page.language?.tag ?? 'zh-CN'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(page.title)} · ${escapeHtml(page.school)}</title>
<style>${style}</style>
</head>
<body>
<main>
${links.length === 0 ? '' : `<nav aria-label="${page.language?.nav ?? '公开页面'}">${links.join('')}</nav>`}
<h1>${escapeHtml(page.title)}</h1>
${page.body}
<footer>${escapeHtml(page.foot)}</footer>
</main>
</body>
</html>
`;
}

export const paragraph = (text: string) => `<p>${escapeHtml(text)}</p>`;

export function buildTable(rows: readonly (readonly [string, string])[]): string {
  if (rows.length === 0) return '';
  const lines = rows.map(
    ([name, value]) => `<tr><th scope="row">${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`,
  );
  return `<table><tbody>${lines.join('')}</tbody></table>`;
}
