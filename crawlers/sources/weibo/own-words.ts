import { maskAccountAddresses } from '../account-addresses.ts';

/** `@name` is somebody's name wherever it stands; an address of mail is none. */
const mention = /[@＠](?![\w-]{1,63}(?:\.[\w-]{1,63})*\.[a-z]{2,})[\p{L}\p{N}\p{M}_·-]{1,30}/giu;

/** What a link to somebody's film or broadcast is called: the name goes, what it is stays. */
const titledByName = /^.{1,40}?的((?:微博)?(?:视频|直播|故事|快拍)|微博)$/su;

/** Names of persons in text, as written or within an address, masked. */
export function maskNames(text: string): string {
  return maskAccountAddresses(text).replace(mention, '@…');
}

export function maskLinkTitle(title: string): string {
  return title.trim().replace(titledByName, '$1');
}

/** Stored text: no invisible characters, blanks collapsed, lines kept, no more than one empty line at a time. */
export function tidy(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u200b\u200c\u2060\ufeff\u00ad]/g, '')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/[^\P{Cc}\n]/gu, '')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Words with which the platform stands in for what was taken away. */
export function saysGone(text: string): boolean {
  return /^(?:抱歉|对不起|该微博|此微博|此条微博|原微博|该账号).{0,40}(?:不可见|删除|无法查看|无法访问|没有权限|权限|不存在|被投诉|不能查看)/.test(
    text.trim(),
  );
}
