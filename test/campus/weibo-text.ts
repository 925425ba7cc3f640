import { plainText, readTokens, type Token } from './spoken-text.ts';

/** Characters of a status that a list shows; the rest must be asked for. */
const shownLength = 140;

/** The three ways of quoting that mentions are found in. */
const mentionShapes = [
  (name: string) => `<a href='/n/${name}'>@${name}</a>`,
  (name: string) => `<a href="https://m.weibo.cn/n/${name}">@${name}</a>`,
  (name: string) => `<a href=/n/${name}>@${name}</a>`,
] as const;

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function renderTopic(topic: string): string {
  const query = encodeURIComponent(`231522type=1&t=10&q=${topic}`);
  return `<a  href="https://m.weibo.cn/search?containerid=${query}&extparam=${encodeURIComponent(topic)}&luicode=10000011" data-hide=""><span class="surl-text">${topic}</span></a>`;
}

function renderLink(url: string): string {
  const icon =
    "<span class='url-icon'><img style='width: 1rem;height: 1rem' src='https://h5.sinaimg.cn/upload/2015/09/25/3/timeline_card_small_web_default.png'></span>";
  return `<a data-url="http://t.cn/A6campus" href="https://weibo.cn/sinaurl?u=${encodeURIComponent(url)}" data-hide="">${icon}<span class="surl-text">网页链接</span></a>`;
}

function renderToken(token: Token, position: number): string {
  switch (token.kind) {
    case 'words':
      return escapeText(token.text);
    case 'topic':
      return renderTopic(token.text);
    case 'mention':
      return mentionShapes[position % mentionShapes.length]?.(token.name) ?? '';
    case 'emoji':
      return `<span class="url-icon"><img alt=${token.text} src="https://h5.sinaimg.cn/m/emoticon/icon/default/d_campus-2x.png" style="width:1em; height:1em;" /></span>`;
    case 'link':
      return renderLink(token.text);
    case 'break':
      return '<br />';
  }
}

/** As the mobile site writes a text. */
export function renderWeiboHtml(text: string): string {
  return readTokens(text).map(renderToken).join('');
}

/** Whether lists show its beginning only. */
export function isLong(text: string): boolean {
  return [...plainText(readTokens(text))].length > shownLength;
}

/** The beginning of a long text, cut between pieces or inside words, and the link to the rest. */
export function renderCutHtml(text: string, id: string): string {
  let left = shownLength;
  const shown: Token[] = [];
  for (const token of readTokens(text)) {
    if (left <= 0) break;
    const length = token.kind === 'words' ? [...token.text].length : 4;
    shown.push(token.kind === 'words' ? { ...token, text: [...token.text].slice(0, left).join('') } : token);
    left -= length;
  }
  return `${shown.map(renderToken).join('')}...<a href="/status/${id}">全文</a>`;
}

/** As the Open Platform writes a text: plain, and with an invisible space at the end of many. */
export function renderPlain(text: string, position: number): string {
  const plain = plainText(readTokens(text)).replaceAll(/https?:\/\/\S+/g, 'http://t.cn/A6campus');
  return position % 2 === 0 ? `${plain} \u200b` : plain;
}
